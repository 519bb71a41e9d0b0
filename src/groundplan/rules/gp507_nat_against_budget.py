"""Finds a NAT gateway that takes a large part of a small budget.

## What it does
Compares the NAT lines with the budget: more than a fifth is reported.

## Why it matters
A NAT gateway costs as much as several small tasks.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$150/month"
```

## Instead
Public tasks with tight security groups, or VPC endpoints.

## Sources
AWS VPC pricing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say

SHARE = Decimal("0.2")
_USUAL = "quality level `prototype` plans public tasks without one; or raise the budget"
_FIX = {
    "lambda": "a database that is reached without a network, such as Neon, needs none; or raise the budget"
}
"""A function in a public subnet has no address and no way out, at every quality level."""


def check(case: Case) -> Iterator[Diagnostic]:
    limit = case.plan.budget.limit if case.plan else None
    if limit is None or not limit.amount or case.estimate is None or limit.currency != case.estimate.currency:
        return
    nat = sum((line.monthly.expected for line in case.estimate.lines if "nat" in line.component), Decimal(0))
    if nat > limit.amount * SHARE:
        share = (100 * nat / limit.amount).quantize(Decimal(1))
        yield say(
            case,
            f"the NAT gateway takes {nat:f} of {limit.amount:f} {limit.currency} a month ({share} %)",
            why="it is paid whether or not anything uses it, often more than the tasks themselves",
            fix=_FIX.get(case.plan.service if case.plan else "", _USUAL),
            at="budget.amount",
            claim="aws.nat.cost",
        )


RULE = Rule(
    code="GP507",
    name="nat-against-budget",
    severity="warning",
    covers=("aws.nat.cost",),
    platforms=("aws",),
    check=check,
)
