"""Finds a budget alert at or above the budget itself.

## What it does
Compares the stated alert threshold with the stated budget.

## Why it matters
The alert comes when the money is gone.

## Example
```toml
hosting = "Fly.io"
budget = "$100/month, alert at $120"
```

## Instead
An alert at 50, 80 and 100 %.

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
    amount, percent = said.alert_threshold_amount, said.alert_threshold_percent
    late = (amount is not None and said.amount is not None and amount > said.amount) or (percent or 0) > 100
    if late:
        field = "budget.alert_threshold_amount" if amount is not None else "budget.alert_threshold_percent"
        yield say(
            case,
            f"the alert at {quote(case, field, str(amount or percent))} is above the budget",
            why="it comes when the money is gone",
            fix="an alert at 80 % of the budget",
            at=field,
        )


RULE = Rule(
    code="GP504",
    name="alert-too-late",
    severity="error",
    covers=("x.budget.alert",),
    platforms=(),
    check=check,
)
