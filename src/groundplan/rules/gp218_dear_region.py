"""Finds a region where the same instances cost clearly more than in one nearby.

## What it does
Prices the web component in every open region within 1500 km and on the same side of the EEA border.

## Why it matters
The difference is paid every month, for about ten milliseconds.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: Chicago"
scaling = "Manual: 4 instances with 2GB each"
```

## Instead
The region that the finding names.
```toml
regions = "Single region: Secaucus"
```

## Sources
The price table; `groundplan catalog prices`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.facts.geography import distance_km
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.infrastructure import Region
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component
from groundplan.rules._finding import say

NEAR_KM = 1500
SAVING = Decimal("0.15")
WORTH = Decimal(5)
"""USD a month below which nobody moves."""


def check(case: Case) -> Iterator[Diagnostic]:
    for component in case.plan.role("web") if case.plan else ():
        here = _region(case, component)
        if here and not case.decisions.regions.residency:
            yield from _cheaper(case, component, here)


def _region(case: Case, component: Component) -> Region | None:
    own = case.facts.regions.get(case.plan.platform, {}) if case.plan else {}
    return own.get(component.region or "")


def _cheaper(case: Case, component: Component, here: Region) -> Iterator[Diagnostic]:
    now = _cost(case, component, here.code)
    best, least = here, now
    for there in case.facts.regions[here.provider].values():
        if there.status == "open" and there.default_enabled and there.eea == here.eea and _near(here, there):
            cost = _cost(case, component, there.code)
            if cost is not None and (least is None or cost < least):
                best, least = there, cost
    if now is None or least is None or now - least < max(now * SAVING, WORTH):
        return
    yield say(
        case,
        f"{component.name} in {here.city} (`{here.code}`) costs {now:.0f} USD a month for the same instances that cost {least:.0f} in {best.city} (`{best.code}`)",
        why=f"{now - least:.0f} USD a month for the distance alone",
        fix=f"answer with `{best.code}` if the distance does not matter",
        at="regions.regions",
        claim="fly.markup" if here.provider == "fly" else "",
    )


def _near(here: Region, there: Region) -> bool:
    return distance_km((here.latitude, here.longitude), (there.latitude, there.longitude)) <= NEAR_KM


def _cost(case: Case, component: Component, region: str) -> Decimal | None:
    total = Decimal(0)
    for meter in component.meters:
        price = case.facts.prices.get(meter.price, {}).get(region) or case.facts.prices.get(
            meter.price, {}
        ).get("*")
        if price is None:
            return None
        total += price.amount * meter.quantity.expected
    return total


RULE = Rule(
    code="GP218",
    name="dear-region",
    severity="note",
    covers=("fly.markup", "gcp.run.tier"),
    platforms=(),
    check=check,
)
