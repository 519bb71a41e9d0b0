"""Finds Aurora, where the plan holds an ordinary RDS instance.

## What it does
Looks for Aurora in the hosting answer beside a planned database of AWS.

## Why it matters
Aurora is another product with another price, storage that grows by itself and faster failover.

## Example
```toml
hosting = "AWS ECS on Fargate with Aurora PostgreSQL"
```

## Instead
RDS PostgreSQL, or Aurora in a file of your own.
```toml
hosting = "AWS ECS on Fargate with RDS PostgreSQL"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\baurora(?: serverless)?\b(?!\W+no\b)", "hosting")
    if (
        place
        and case.plan
        and any(c.sku.startswith("db.") or c.sku == "" for c in case.plan.role("database"))
    ):
        sku = case.plan.role("database")[0].sku
        yield say(
            case,
            f"{quote(case, place, 'Aurora')} is planned as an RDS instance ({sku}); groundplan does not build Aurora yet",
            why="price, storage and failover are those of RDS, in the estimate and in the code",
            fix='accept it with "RDS PostgreSQL", or write the Aurora cluster into a file of your own and set the secret',
            at=place,
            served_by=f"RDS, {sku}",
        )


RULE = Rule(
    code="GP119",
    name="aurora-becomes-rds",
    severity="warning",
    covers=(),
    platforms=("aws",),
    words=("aurora",),
    check=check,
)
