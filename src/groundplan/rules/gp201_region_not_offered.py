"""Finds a region code that the platform does not offer, or no longer offers.

## What it does
Looks up every stated region code in the catalogue.

## Why it matters
Nothing can be created there.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: hkg"
```

## Instead
Take the nearest region that is open; the finding names it.

## Sources
The platforms' region lists; `groundplan catalog regions`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    known = case.facts.regions.get(case.plan.platform, {}) if case.plan else {}
    if not known:
        return
    for place in case.decisions.regions.regions:
        region = known.get(place.provider_region or "")
        if place.provider_region and (region is None or region.status not in ("open", "restricted")):
            state = "was closed" if region and region.status == "closed" else "is not offered"
            near = next((p.code for p in case.plan.places if p.said == place.text), "") if case.plan else ""
            yield say(
                case,
                f"region `{place.provider_region}` {state} by the platform",
                why="nothing can be created there",
                fix=f"the nearest open region is `{near}`"
                if near
                else "`groundplan catalog regions` lists what is open",
                at="regions.regions",
                claim="fly.region.removed" if case.plan and case.plan.platform == "fly" else "",
            )


RULE = Rule(
    code="GP201",
    name="region-not-offered",
    severity="error",
    covers=("fly.region.removed", "aws.region.announced"),
    platforms=(),
    check=check,
)
