"""Finds data that is bound to one country and a region in another.

## What it does
Compares each stated country of residence with the countries of the planned regions.

## Why it matters
The finding states where the data would lie and what you asked for; whether that is lawful is for your counsel.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "Ireland, but data must stay in Germany"
```

## Instead
A region in that country, where the platform has one.
```toml
regions = "Frankfurt, data must stay in Germany"
```

## Sources
Region lists; the duty is your own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.names import place
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import EEA_DUTIES, home, regions
from groundplan.rules._finding import quote, say

COUNTRIES = {
    "uk": "gb",
    "ukgdpr": "gb",
    "bdsg": "de",
    "hds": "fr",
    "fadp": "ch",
    "lgpd": "br",
    "itar": "us",
    "fedramp": "us",
}


def check(case: Case) -> Iterator[Diagnostic]:
    duties = {
        COUNTRIES.get(d, d)
        for d in case.decisions.regions.residency
        if len(COUNTRIES.get(d, d)) == 2 and d not in EEA_DUTIES
    }
    for region in regions(case):
        if duties and region.country.lower() not in duties:
            named = " or ".join(sorted(place(d) for d in duties))
            inside = sorted(
                r.code
                for r in case.facts.regions.get(home(case), {}).values()
                if r.country.lower() in duties and r.status == "open"
            )
            yield say(
                case,
                f"{quote(case, 'regions.residency', named)} is stated, and {region.city} (`{region.code}`) lies in {place(region.country.lower())}",
                why="data that is served or stored there leaves the country that you named",
                fix=f"answer with `{inside[0]}`"
                if inside
                else f"this platform has no region in {named}; name another platform, or say which data may leave",
                at="regions.residency",
            )


RULE = Rule(
    code="GP207",
    name="residency-in-another-country",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("regions.residency",),
    check=check,
)
