"""Finds “Postgres on Fly”, which is two products.

## What it does
Looks for PostgreSQL at Fly.io. The plan takes Managed Postgres and says so.

## Why it matters
The unmanaged product is cheaper and unsupported; the price of the two differs by an order of magnitude.

## Example
```toml
hosting = "Fly.io with PostgreSQL on Fly"
```

## Instead
Say which of the two it is, or name another database provider.
```toml
hosting = "Fly.io with Managed Postgres"
```

## Sources
Fly.io documentation, about/pricing, and Managed Postgres.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

MANAGED = r"\b(?:managed postgres\w*|postgres\w* managed|mpg)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("fly.postgres.kind") if case.plan else None
    if served is None or find(case, MANAGED, "hosting"):
        return
    said = quote(case, "hosting.addons", served.intent)
    yield say(
        case,
        f"{said} names two products of Fly.io: Managed Postgres, and the older Fly Postgres that is no longer supported",
        why="the cheaper one has no support and no managed backups; the managed one costs from 38 USD a month",
        fix='say "Managed Postgres", or name another provider: "PostgreSQL on Neon"',
        at="hosting.addons",
        claim="fly.postgres.kind",
        served_by=served.served_by,
    )


RULE = Rule(
    code="GP103",
    name="fly-postgres-kind",
    severity="warning",
    covers=("fly.postgres.kind",),
    platforms=("fly",),
    check=check,
)
