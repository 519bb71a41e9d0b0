"""Finds a place that is served from another one, because the platform has no region there.

## What it does
Looks for a named city or country whose nearest region is in another country and more than 300 km away.

## Why it matters
The data lies, and the requests end, somewhere else than was said.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: Madrid"
```

## Instead
The region that the finding names, or a platform with a region there.
```toml
regions = "Single region: Paris"
```

## Sources
The platform's region list; `groundplan catalog regions`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.geography import centre, distance_km, resolve
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import closed_here, home
from groundplan.rules._finding import quote, say

FAR_KM = 300
AREAS = frozenset(("us", "eu", "na"))
"""Two letters that are not one place."""


def check(case: Case) -> Iterator[Diagnostic]:
    key = home(case)
    for n, place in enumerate(case.decisions.regions.regions if key in case.facts.regions else ()):
        area = place.country_or_area or ""
        hit = resolve(place, key, case.facts)
        point = centre(area)
        if place.provider_region or len(area) != 2 or area in AREAS or hit is None or point is None:
            continue
        if closed_here(case, place.text):
            continue
        region, exact = hit
        km = distance_km(point, (region.latitude, region.longitude))
        if not exact and region.country.lower() != area and km > FAR_KM:
            yield say(
                case,
                f"{quote(case, f'regions.regions.{n}', place.text)}: this platform has no region there; the nearest is {region.city} (`{region.code}`), {region.country}",
                why=f"data lies in another country, and requests travel about {km:.0f} km",
                fix=f"confirm it with `{region.code}`, or name a platform with a region there",
                at=f"regions.regions.{n}",
                served_by=f"{region.city} (`{region.code}`) is planned" if case.plan else "",
            )


RULE = Rule(
    code="GP223",
    name="no-region-there",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("regions.regions",),
    check=check,
)
