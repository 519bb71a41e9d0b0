"""How many and how large: what every platform decides alike. Knows no vendor; each passes its own sizes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Draft, Place, ScalingWish
from groundplan.model.quantity import Range

USUAL_MEMORY_MIB = 1024


class Counts(msgspec.Struct, frozen=True):
    """Instances in one region, in order."""

    minimum: int
    initial: int
    maximum: int

    @property
    def range(self) -> Range:
        return Range.of(self.minimum, self.initial, self.maximum)


def counts(wish: ScalingWish, zero: bool = False) -> Counts:
    """The stated counts in order; none of them zero unless the platform can start from `zero`."""
    least = 0 if zero else 1
    low = max(min(wish.minimum, wish.maximum), least)
    start = max(wish.initial, low, 1)
    if wish.mode == "manual":
        return Counts(start, start, start)
    return Counts(low, start, max(wish.maximum, start))


def named(every: Iterable[Sku], wish: ScalingWish) -> Sku | None:
    """The size that was stated by its name; of a family (`shared-cpu-1x`) the smallest that covers the memory."""
    if wish.size is None:
        return None
    name = wish.size.lower()
    family = [s for s in every if s.id.lower() == name or s.id.lower().startswith(f"{name}-")]
    fits = [s for s in family if s.memory_mib >= (wish.memory_mib or 0)]
    return min(fits or family, key=lambda s: (s.id.lower() != name, s.memory_mib), default=None)


def smallest(
    sizes: Iterable[Sku], wish: ScalingWish, usual_mib: int = USUAL_MEMORY_MIB
) -> tuple[Sku, tuple[Assumption, ...]]:
    """The size that was stated by name; else the smallest of `sizes` that covers the stated memory and CPU, the
    largest where none does; and why."""
    every = sorted(sizes, key=lambda s: (s.cpu, s.memory_mib, s.id))
    stated = named(every, wish)
    if stated is not None:
        return stated, ()
    memory, cpu = wish.memory_mib or usual_mib, wish.cpu or Decimal(0)
    enough = [s for s in every if s.memory_mib >= memory and s.cpu >= cpu]
    chosen = enough[0] if enough else every[-1]
    return chosen, tuple(_gaps(chosen, wish, bool(enough)))


def _gaps(chosen: Sku, wish: ScalingWish, enough: bool) -> Iterable[Assumption]:
    size = f"{chosen.memory_mib} MB, {chosen.cpu.normalize():f} vCPU"
    if not enough:
        reason = "nothing larger is offered, so split the work over more instances"
        yield Assumption(field="scaling.memory_mb", value=size, reason=reason, confirm=True)
    elif wish.memory_mib is None:
        reason = "a usual start for a web application"
        yield Assumption(field="scaling.memory_mb", value=size, reason=reason, confirm=True)
    elif (chosen.memory_mib, chosen.cpu) != (wish.memory_mib, wish.cpu or chosen.cpu):
        reason = "the smallest size that covers what was stated"
        yield Assumption(field="scaling.memory_mb", value=size, reason=reason)


def placed(draft: Draft, facts: Facts, home: str) -> Draft:
    """The draft with at least one place: where none could be resolved, the vendor's `home` region is assumed."""
    if draft.places:
        return draft
    region = facts.regions[draft.platform][home]
    place = Place(
        code=region.code, city=region.city, country=region.country, eea=region.eea, zones=region.zones
    )
    reason = "no region of this platform could be told from the answer"
    gap = Assumption(field="regions.regions", value=home, reason=reason, confirm=True)
    return msgspec.structs.replace(draft, places=(place,), assumptions=(*draft.assumptions, gap))
