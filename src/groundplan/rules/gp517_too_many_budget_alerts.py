"""Finds more alerts than one budget of AWS takes.

## What it does
Counts the stated thresholds, and the forecast that is added to them.

## Why it matters
A budget takes ten notifications; the eleventh is refused when it is applied.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$500 a month, alerts at 10%, 20%, 30%, 40%, 50%, 60%, 70%, 80%, 90% and 100%"
```

## Instead
The few thresholds at which somebody would do something.
```toml
budget = "$500 a month, alerts at 50%, 80% and 100%"
```

## Sources
Service model of AWS Budgets in botocore 1.44.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

MOST = 10


def check(case: Case) -> Iterator[Diagnostic]:
    wish = case.plan.budget if case.plan else None
    if wish is None:
        return
    count = len(wish.threshold_amounts or wish.thresholds_percent)
    if count + 1 <= MOST:
        return
    said = quote(case, "budget.alert_threshold_percent", "the first threshold")
    yield say(
        case,
        f"{count} thresholds ({said} and more) and the forecast are {count + 1} notifications, and a budget of AWS takes {MOST}",
        why="the apply is refused at the budget",
        fix=f"at most {MOST - 1} thresholds, such as 50, 80 and 100 %",
        at="budget.alert_threshold_percent",
        claim="aws.budget.limits",
    )


RULE = Rule(
    code="GP517",
    name="too-many-budget-alerts",
    severity="error",
    covers=("aws.budget.limits",),
    platforms=("aws",),
    check=check,
)
