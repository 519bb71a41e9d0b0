"""Finds a budget alert in per cent without an amount.

## What it does
Looks for a percentage where no limit could be read.

## Why it matters
A share of nothing is nothing, so no alert can be made.

## Example
```toml
hosting = "Fly.io"
budget = "set an alert at 80%"
```

## Instead
The monthly amount.
```toml
budget = "$200 a month, set an alert at 80%"
```

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget
    if (
        said.alert_threshold_percent is not None
        and said.amount is None
        and said.alert_threshold_amount is None
    ):
        yield say(
            case,
            f"{quote(case, 'budget.alert_threshold_percent', '%')} of what? No monthly amount was stated",
            why="no alert can be made, and nobody is told",
            fix='state the amount: "$200 a month, alert at 80%"',
            at="budget.alert_threshold_percent",
        )


RULE = Rule(
    code="GP515",
    name="alert-without-limit",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("budget.alert_threshold_percent",),
    check=check,
)
