"""Finds a Redis with one primary region beside an application in several.

## What it does
Looks for Upstash Redis at Fly.io where more than one region is planned.

## Why it matters
Every write goes to the primary region, and that cannot be changed later.

## Example
```toml
hosting = "Fly.io with Redis on Upstash"
regions = "Multi-region: Frankfurt and Virginia"
```

## Instead
One database for each region where it is a cache.
```toml
regions = "Single region: Frankfurt"
```

## Sources
Fly.io documentation, upstash/redis.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, regions
from groundplan.rules._finding import quote, say

NAMED = r"\b(?:redis on upstash|upstash redis|upstash)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    if len(regions(case)) < 2 or not case.plan:
        return
    for component in case.plan.role("cache"):
        if component.provider == "upstash":
            yield say(
                case,
                f"{quote(case, find(case, NAMED, 'hosting') or 'hosting.addons', 'Upstash Redis')} has one primary region, here `{component.region}`, which cannot be changed later",
                why="writes from the other regions cross to it and back",
                fix="for a cache, create one database in each region; else choose the primary where most writes come from",
                at=find(case, NAMED, "hosting") or "hosting.addons",
                claim="fly.upstash.primary",
            )


RULE = Rule(
    code="GP220",
    name="upstash-primary-fixed",
    severity="warning",
    covers=("fly.upstash.primary",),
    platforms=("fly",),
    check=check,
)
