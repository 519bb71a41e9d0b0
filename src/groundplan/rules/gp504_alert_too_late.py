"""Finds a budget alert at the budget itself, or above it.

## What it does
Compares the stated alert threshold with the stated budget; an alert at exactly the budget is a note.

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
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget
    amount, percent = said.alert_threshold_amount, said.alert_threshold_percent
    share = (
        Decimal(percent or 0) if amount is None else 100 * amount / said.amount if said.amount else Decimal(0)
    )
    if share >= 100:
        field = "budget.alert_threshold_amount" if amount is not None else "budget.alert_threshold_percent"
        yield say(
            case,
            f"the alert at {quote(case, field, str(amount or percent))} is {'above' if share > 100 else 'at'} the budget itself",
            why="it comes when the money is gone",
            fix="alerts at 50 and 80 % of the budget",
            at=field,
            severity="warning" if share > 100 else "note",
        )


RULE = Rule(
    code="GP504",
    name="alert-too-late",
    severity="warning",
    covers=("x.budget.alert",),
    platforms=(),
    needs=("budget.alert_threshold_amount", "budget.alert_threshold_percent"),
    check=check,
)
