"""Which Machine size covers what was asked for. Knows the presets through the facts; not how many are needed."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, ScalingWish

USUAL_MEMORY_MIB = 1024
HELPER = "shared-cpu-1x-256"
"""The smallest Machine; enough for the autoscaler and for the alert rules."""


def machines(facts: Facts) -> list[Sku]:
    """The presets of Machines; the sizes of stores stand beside them."""
    return [s for s in facts.skus["fly"].values() if s.kind in ("shared", "performance")]


class Size(msgspec.Struct, frozen=True):
    sku: Sku
    assumptions: tuple[Assumption, ...] = ()


def size(wish: ScalingWish, region: str, facts: Facts) -> Size:
    """Pick the cheapest preset in `region` with at least the stated memory and CPU; the largest where none has both."""
    memory = wish.memory_mib or USUAL_MEMORY_MIB
    skus = sorted(machines(facts), key=lambda sku: _rank(sku, region, facts))
    family = [s for s in skus if wish.size and s.id.startswith(f"{wish.size}-")]
    if family:
        fits = [s for s in family if s.memory_mib >= (wish.memory_mib or 0)]
        return Size((fits or family[-1:])[0])
    enough = [s for s in skus if s.memory_mib >= memory and s.cpu >= (wish.cpu or 0)]
    if not enough:
        return _largest(skus, wish, memory)
    chosen = enough[0]
    gaps = []
    if wish.memory_mib is None:
        gaps.append(_gap("memory_mb", f"{chosen.memory_mib} MB", "a usual start for a web application", True))
    elif chosen.memory_mib > memory:
        gaps.append(
            _gap("memory_mb", f"{chosen.memory_mib} MB", f"no preset has {memory} MB; this is the next one")
        )
    if wish.cpu is not None and chosen.cpu > wish.cpu:
        gaps.append(
            _gap("cpu", f"{chosen.cpu} {chosen.kind} vCPU", f"no preset has {wish.cpu} vCPU with this memory")
        )
    return Size(chosen, tuple(gaps))


def preset(sku_id: str) -> str:
    """The name that fly.toml uses: `shared-cpu-1x` of `shared-cpu-1x-1024`."""
    return sku_id.rpartition("-")[0]


def _largest(skus: list[Sku], wish: ScalingWish, memory: int) -> Size:
    chosen = max(skus, key=lambda s: (s.memory_mib, s.cpu))
    asked = f"{memory} MB and {wish.cpu or 1} vCPU"
    reason = f"no Machine has {asked}; this is the largest, so split the work over more Machines"
    return Size(chosen, (_gap("memory_mb", chosen.id, reason, True),))


def _rank(sku: Sku, region: str, facts: Facts) -> tuple[Decimal, Decimal, int]:
    price = facts.price(f"fly.machine.{sku.id}", region)
    return (price.amount if price else Decimal("Infinity"), sku.cpu, sku.memory_mib)


def _gap(field: str, value: str, reason: str, confirm: bool = False) -> Assumption:
    return Assumption(field=f"scaling.{field}", value=value, reason=reason, confirm=confirm)
