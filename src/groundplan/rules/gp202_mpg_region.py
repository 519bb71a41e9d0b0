"""Finds an app in a Fly.io region without Managed Postgres.

## What it does
Compares the region of the app with that of the database in the plan.

## Why it matters
Every query crosses to another region.

## Example
```toml
hosting = "Fly.io with PostgreSQL on Fly"
regions = "Single region: Stockholm"
```

## Instead
Put the app where the database is, or choose another database provider.

## Sources
Fly.io documentation, Managed Postgres regions.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    for database in plan.role("database") if plan else ():
        if plan and database.provider == "fly" and database.region and database.region != plan.places[0].code:
            home = plan.places[0]
            yield say(
                case,
                f"Managed Postgres is not offered in `{home.code}` ({home.city}); the nearest that has it is `{database.region}`",
                why="every query crosses to another region, which costs latency on each request",
                fix=f"put the app in `{database.region}`, or name another database provider",
                at="regions.regions",
                claim="fly.mpg.region",
                served_by=f"the database is planned in {database.region}",
            )


RULE = Rule(
    code="GP202",
    name="managed-postgres-region",
    severity="warning",
    covers=("fly.mpg.region",),
    platforms=("fly",),
    check=check,
)
