"""Finds a promised latency that no cable can keep.

## What it does
Looks for a latency in milliseconds in the regions answer, and compares it with the distance from the users to the nearest region: one millisecond for 100 km and back.

## Why it matters
The promise would be broken by physics, before the application does anything.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: Frankfurt. Users in Australia, latency below 50 ms"
```

## Instead
A region near those users, or another figure.
```toml
regions = "Single region: Sydney. Users in Australia, latency below 50 ms"
```

## Sources
Microsoft's published round trips between regions: none of 1226 pairs is faster.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.geography import centre, distance_km, latency_ms
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, near_home, regions
from groundplan.rules._finding import quote, say

SPREAD = 0.7
"""Users of a country live around its centre; only what fails for nearly all of them is reported."""


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"(?:<|under|below|less than|within|at most|max\w*)\s*(\d{1,4})\s*ms\b", "regions")
    here = regions(case)
    if place is None or not here:
        return
    promised = int("".join(c for c in place.quote if c.isdigit()))
    for user in case.decisions.regions.users:
        point = None if near_home(user, here) else centre(user)
        km = min(distance_km(point, (r.latitude, r.longitude)) for r in here) if point else 0
        if promised < km / 100 * SPREAD:
            yield say(
                case,
                f"{quote(case, place, f'{promised} ms')} is impossible over the {km:.0f} km to {quote(case, 'regions.users', user)}",
                why=f"light needs {km / 100:.0f} ms for that way and back, and real routes about {latency_ms(km)[1]:.0f} ms",
                fix="add a region near those users, or promise another figure",
                at=place,
                claim="x.latency.bound",
            )


RULE = Rule(
    code="GP209",
    name="faster-than-light",
    severity="error",
    covers=("x.latency.bound",),
    platforms=(),
    words=("ms",),
    check=check,
)
