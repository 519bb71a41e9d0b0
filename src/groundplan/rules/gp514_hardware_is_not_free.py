"""Finds own servers that are said to cost nothing.

## What it does
Looks for a budget of zero beside own servers.

## Why it matters
Hardware, power, space, bandwidth and the hours of people are costs.

## Example
```toml
hosting = "our own servers"
budget = "$0, we own the hardware"
```

## Instead
The monthly share of the purchase, colocation, power and hours.
```toml
budget = "400 USD a month for colocation and hardware"
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
    if case.decisions.budget.amount == 0 and "onprem" in case.decisions.hosting.platforms:
        yield say(
            case,
            f"{quote(case, 'budget.amount', 'nothing')} is not what own servers cost: hardware, power, space, bandwidth and hours of people",
            why="a comparison with a cloud comes out wrong, and nobody has money for a broken disk",
            fix="state the purchase price over 36 to 60 months, plus colocation and hours",
            at="budget.amount",
        )


RULE = Rule(
    code="GP514",
    name="hardware-is-not-free",
    severity="warning",
    covers=("onprem.cost",),
    platforms=("onprem", "kubernetes"),
    check=check,
)
