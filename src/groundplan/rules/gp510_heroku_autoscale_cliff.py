"""Finds a budget below what automatic scaling costs on Heroku.

## What it does
Looks for automatic scaling with a budget under 500 USD a month.

## Why it matters
The smallest pair of dynos that scales by itself costs 500 USD.

## Example
```toml
hosting = "Heroku"
scaling = "auto-scale from 2 to 4 dynos when p95 response time > 800 ms"
budget = "$200/month"
```

## Instead
Two Standard-2X dynos at a fixed number cost 100 USD.
```toml
scaling = "Manual: 2 dynos"
```

## Sources
Heroku Dev Center, usage and billing.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, budget
from groundplan.rules._finding import quote, say

CLIFF = 500


def check(case: Case) -> Iterator[Diagnostic]:
    limit = budget(case)
    if automatic(case) and limit is not None and limit < CLIFF:
        yield say(
            case,
            f"{quote(case, 'budget.amount', str(limit))} does not pay for automatic scaling, which begins at {CLIFF} USD a month (2 Performance-M dynos)",
            why="a smaller size cannot scale by itself",
            fix="a fixed number, such as 2 standard-2x dynos for 100 USD, or a larger budget",
            at="budget.amount",
            claim="heroku.cost.cliff",
        )


RULE = Rule(
    code="GP510",
    name="heroku-autoscale-cliff",
    severity="warning",
    covers=("heroku.cost.cliff",),
    platforms=("heroku",),
    check=check,
)
