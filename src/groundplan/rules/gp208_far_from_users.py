"""Finds regions that are far from the users, while the platform has nearer ones.

## What it does
Compares the nearest planned region with the nearest that the platform has, for each stated group of users.

## Why it matters
Every request waits for the distance: about 1.5 ms for each 100 km and back.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: Frankfurt. Our users are in Australia."
```

## Instead
The region that the finding names, or a cache near the users.
```toml
regions = "Single region: Sydney. Our users are in Australia."
```

## Sources
The distance; the latency model of `groundplan catalog regions`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.geography import centre, distance_km, latency_ms, resolve
from groundplan.model.case import Case
from groundplan.model.decision import NamedPlace
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.infrastructure import Region
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home, near_home, regions
from groundplan.rules._finding import quote, say

FAR_KM = 3000


def check(case: Case) -> Iterator[Diagnostic]:
    here = regions(case)
    for user in case.decisions.regions.users if here and not case.decisions.regions.residency else ():
        point = None if near_home(user, here) else centre(user)
        best = _nearest(case, user) if point else None
        if point and best:
            km = min(distance_km(point, (r.latitude, r.longitude)) for r in here)
            nearer = distance_km(point, (best.latitude, best.longitude))
            if km - nearer > FAR_KM:
                yield say(
                    case,
                    f"{quote(case, 'regions.users', user)} are about {km:.0f} km from the nearest planned region; {best.city} (`{best.code}`) is {nearer:.0f} km away",
                    why=f"each request waits about {latency_ms(km)[1] - latency_ms(nearer)[1]:.0f} ms longer",
                    fix=f"answer with `{best.code}`, or put a cache near the users",
                    at="regions.users",
                )


def _nearest(case: Case, user: str) -> Region | None:
    hit = resolve(NamedPlace(user, user), home(case), case.facts)
    return hit[0] if hit else None


RULE = Rule(
    code="GP208",
    name="far-from-users",
    severity="note",
    covers=(),
    platforms=(),
    needs=("regions.users",),
    check=check,
)
