"""Finds a load balancer that takes a large part of a small budget.

## What it does
Compares the balancer's lines, public addresses included, with the budget: more than a quarter is reported.

## Why it matters
They are paid before the first request.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$80/month"
```

## Instead
A platform whose entry is included, or one balancer for several services.
```toml
budget = "$300/month"
```

## Sources
Infracost test data.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import budget
from groundplan.rules._finding import quote, say

SHARE = Decimal("0.25")


def check(case: Case) -> Iterator[Diagnostic]:
    limit = budget(case)
    lines = [line for line in case.estimate.lines if line.role == "balancer"] if case.estimate else []
    cost = sum((line.monthly.expected for line in lines), Decimal(0))
    if limit and cost > limit * SHARE:
        yield say(
            case,
            f"the balancer and its public addresses take {cost:f} USD a month, {100 * cost / limit:.0f} % of {quote(case, 'budget.amount', str(limit))}",
            why="they cost the same without a single visitor",
            fix="share one balancer among services, or compare with Fly.io in `groundplan review`, where the entry is included",
            at="budget.amount",
            claim="aws.alb.floor",
        )


RULE = Rule(
    code="GP516",
    name="balancer-against-budget",
    severity="note",
    covers=("aws.alb.floor", "aws.ipv4.cost"),
    platforms=("aws",),
    check=check,
)
