"""Finds a store at another vendor whose stated region lies outside the area where data must stay.

## What it does
Looks for a database or cache service with a place behind it, and a duty that names an area which that place is not in.

## Why it matters
The database is what the duty is about first, and its region is chosen when it is created.

## Example
```toml
hosting = "Fly.io with Postgres on Neon in us-east"
regions = "Frankfurt, data must stay in the EU"
```

## Instead
A region of that vendor inside the area.
```toml
hosting = "Fly.io with Postgres on Neon in eu-central-1"
```

## Sources
The catalogue's regions, and the answer itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.facts.names import countries_called
from groundplan.facts.residency import inside
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

STORES = r"\b(?:neon|upstash|planetscale|supabase|aiven|crunchy(?: bridge)?|mongodb atlas|redis cloud|timescale|tiger cloud)"
PLACED = (
    STORES
    + r"(?: (?:postgres\w*|redis|mysql|database|cache))?(?:,?\s*(?:\(|in |on |at |region |the )+|(?:'s)? (?=(?:us|eu|uk)\b))"
    r"(?P<place>[a-z][\w .-]{1,24})"
)


def check(case: Case) -> Iterator[Diagnostic]:
    duties = case.decisions.regions.residency
    place = find(case, PLACED, "hosting", "regions") if duties else None
    if place is None:
        return
    hit = re.search(PLACED, place.quote, re.IGNORECASE)
    countries = _countries(hit["place"].casefold(), case.facts) if hit else frozenset()
    if countries and all(inside(c, duties, case.facts) is False for c in countries):
        yield say(
            case,
            f"{quote(case, place, 'the store')} lies outside the area of {quote(case, 'regions.residency', 'the duty')}",
            why="the database is what the duty is about first, and its region is fixed when it is created",
            fix="create it in a region of that vendor inside the area, and say which",
            at=place,
        )


def _countries(said: str, facts: Facts) -> frozenset[str]:
    """A country or an area, or a region's code, its start or its city at the clouds that such vendors run on."""
    word = re.split(r"[ ,.)]", said)[0]
    if word in ("eu", "eea", "europe"):
        return frozenset(c.code for c in facts.countries.values() if c.eea)
    called = countries_called()
    found = {called[w] for w in (word, " ".join(said.split()[:2]).rstrip(".")) if w in called}
    for platform in ("aws", "gcp", "azure"):
        for code, region in facts.regions.get(platform, {}).items():
            if (
                code == word
                or code.startswith(f"{word}-")
                or any(part in said for part in region.city.casefold().split(", "))
            ):
                found.add(region.country)
    return frozenset(found)


RULE = Rule(
    code="GP224",
    name="outside-store-region",
    severity="warning",
    covers=(),
    platforms=(),
    words=(
        "neon", "upstash", "planetscale", "supabase", "aiven", "crunchy", "atlas", "redis cloud", "timescale", "tiger",
    ),
    check=check,
)  # fmt: skip
