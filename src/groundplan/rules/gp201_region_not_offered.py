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

from collections.abc import Iterator, Mapping

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.infrastructure import Region
from groundplan.model.knowledge import Rule
from groundplan.rules._case import finds, home
from groundplan.rules._finding import say

SHAPES = {
    "aws": r"\b(?:us|eu|ap|sa|ca|me|af|il|mx)-(?:north|south|east|west|central)(?:east|west)?-\d\b",
    "gcp": r"\b(?:us|europe|asia|australia|southamerica|northamerica|me|africa)-(?:north|south|east|west|central)(?:east|west)?\d{1,2}\b",
}
"""What the codes of a platform look like."""


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
    yield from _codes(case, known)


def _codes(case: Case, known: Mapping[str, Region]) -> Iterator[Diagnostic]:
    """Codes beside a city, `Madrid (mad)`, and codes in the shape of the platform that it does not have."""
    read = {p.provider_region for p in case.decisions.regions.regions}
    for place in finds(case, SHAPES.get(home(case), r"\((?P<code>[a-z]{3})\)"), "regions"):
        code = place.quote.strip("()").lower()
        region = known.get(code)
        closed = region is not None and region.status == "closed"
        if code in read or (region is None and home(case) not in SHAPES) or (region and not closed):
            continue
        near = case.plan.places[0].code if case.plan and case.plan.places else ""
        yield say(
            case,
            f"region `{code}` {'was closed' if closed else 'is not offered'} by the platform",
            why="nothing can be created there",
            fix=f"the plan takes `{near}`; `groundplan catalog regions` lists what is open",
            at=place,
            claim="fly.region.removed" if home(case) == "fly" else "",
        )


RULE = Rule(
    code="GP201",
    name="region-not-offered",
    severity="error",
    covers=("fly.region.removed", "aws.region.announced"),
    platforms=(),
    check=check,
)
