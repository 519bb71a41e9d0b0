"""Finds a place that the Common Runtime of Heroku does not have.

## What it does
Looks up each stated region: the Common Runtime has us and eu, everything else is a Private Space.

## Why it matters
A Private Space needs an enterprise contract, which new customers no longer get.

## Example
```toml
hosting = "Heroku"
regions = "Singapore"
```

## Instead
us or eu, or another platform.
```toml
regions = "US"
```

## Sources
heroku/cli src/commands/regions.ts; Heroku Dev Center, Private Spaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.geography import resolve
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

COMMON = frozenset(("us", "eu", "ie", "eea", "emea", "na"))


def check(case: Case) -> Iterator[Diagnostic]:
    if find(case, r"\b(?:private space|shield|private dyno)", "hosting", "regions"):
        return
    for n, place in enumerate(case.decisions.regions.regions):
        area = place.country_or_area or ""
        if place.provider_region in ("us", "eu") or area in COMMON:
            continue
        hit = resolve(place, "heroku", case.facts)
        near = "eu" if hit and (hit[0].eea or hit[0].country == "GB") else "us"
        yield say(
            case,
            f"{quote(case, f'regions.regions.{n}', place.text)} is no region of Heroku's Common Runtime, which has `us` (Virginia) and `eu` (Ireland)",
            why="other places are Private Spaces, which come with an enterprise contract",
            fix=f"answer with `{near}`, or name another platform",
            at=f"regions.regions.{n}",
            claim="heroku.region",
        )


RULE = Rule(
    code="GP211",
    name="heroku-region",
    severity="error",
    covers=("heroku.region",),
    platforms=("heroku",),
    check=check,
)
