"""Says that an AWS budget notifies late and stops nothing.

## What it does
Fires where a budget is planned on AWS.

## Why it matters
Budgets are updated a few times a day; a runaway loop can spend for half a day unseen.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$500/month, alert at 80%"
```

## Instead
A low first threshold, and a limit on the maximum number of tasks, which the plan has.

## Sources
AWS Cost Management documentation, managing budgets.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    if case.plan and case.plan.budget.limit:
        yield say(
            case,
            "AWS Budgets updates a few times a day and notifies; it does not stop spending",
            why="a runaway cost is seen 8 to 12 hours late",
            fix="keep the maximum number of tasks low; that is the brake",
            at="budget.amount",
            claim="aws.budget.lag",
        )


RULE = Rule(
    code="GP506",
    name="aws-budget-lags",
    severity="note",
    covers=("aws.budget.lag", "aws.budget.forecast"),
    platforms=("aws",),
    check=check,
)
