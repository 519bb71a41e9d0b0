"""Instances billed by the second, dearer while busy than while they wait, as Cloud Run and Container Apps do."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Sku
from groundplan.model.plan import Draft, Load, Meter, Place
from groundplan.model.quantity import Range
from groundplan.platforms._lines import SECONDS, spread
from groundplan.platforms._sizing import Counts

_FREE_VCPU, _FREE_GIB, _FREE_MILLIONS = 180_000, 360_000, 2
"""Both vendors give the same allowance: one for an account, so it counts in the first region."""


def meters(draft: Draft, place: Place, size: Sku, many: Counts, prefix: str) -> tuple[Meter, ...]:
    """vCPU while busy and while waiting, memory, requests; `prefix` is that of the price ids."""
    load, parts = draft.load, len(draft.places)
    busy, idle = _seconds(load, many)
    memory = Decimal(size.memory_mib) / 1024
    free = 1 if place is draft.places[0] else 0
    return (
        Meter(
            name="vCPU while busy",
            price=f"{prefix}.vcpu",
            quantity=busy.times(size.cpu),
            assumption=f"instances are busy {spread(load.busy_percent)} % of the time",
            free=Decimal(_FREE_VCPU * free),
        ),
        Meter(name="vCPU of waiting instances", price=f"{prefix}.vcpu_idle", quantity=idle.times(size.cpu)),
        Meter(
            name="Memory",
            price=f"{prefix}.gib",
            quantity=(busy + idle).times(memory),
            free=Decimal(_FREE_GIB * free),
        ),
        Meter(
            name="Requests",
            price=f"{prefix}.requests",
            quantity=load.requests_millions.share(parts),
            assumption=f"{spread(load.requests_millions)} million a month in all",
            free=Decimal(_FREE_MILLIONS * free),
        ),
    )


def _seconds(load: Load, many: Counts) -> tuple[Range, Range]:
    """Seconds a month of busy instances, and of the minimum ones that wait. From zero, one works part of the time."""
    share, low = load.busy_percent.times(Decimal("0.01")), Decimal(many.minimum)
    busy = Range(
        share.floor * max(many.minimum, 1), share.expected * many.initial, share.ceiling * many.maximum
    )
    idle = Range(low * (1 - share.floor), low * (1 - share.expected), low * (1 - share.ceiling))
    return busy.times(SECONDS), idle.times(SECONDS)
