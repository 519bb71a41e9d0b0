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

import re
from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

SHARES = re.compile(r"\d[\d.,]*(?:\s*(?:,|and|or|&|/)\s*\d[\d.,]*)*\s*(?:%|per ?cent)", re.IGNORECASE)


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget
    if (
        said.alert_threshold_percent is not None
        and said.amount is None
        and said.alert_threshold_amount is None
        and not _another_sum(case)
    ):
        yield say(
            case,
            f"{quote(case, 'budget.alert_threshold_percent', '%')} of what? No monthly amount was stated",
            why="no alert can be made, and nobody is told",
            fix='state the amount: "$200 a month, alert at 80%"',
            at="budget.alert_threshold_percent",
        )


def _another_sum(case: Case) -> bool:
    """Whether the answer holds a number that is no share: its amount is then unclear, and was asked about."""
    reading = case.decisions.readings["budget"]
    return "amount" in reading.unclear and re.search(r"\d", SHARES.sub("", reading.text)) is not None


RULE = Rule(
    code="GP515",
    name="alert-without-limit",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("budget.alert_threshold_percent",),
    check=check,
)
