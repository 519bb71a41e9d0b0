"""Finds a budget that holds only while the system stays small.

## What it does
Compares the estimate at the maximum number of instances with the budget.

## Why it matters
The month with the most visitors is the month over budget.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale from 1 to 20 instances with 2GB each above 100 concurrent requests"
budget = "$100/month"
```

## Instead
A lower maximum, a smaller size, or a budget for the maximum.

## Sources
The estimate; `groundplan estimate` shows each line.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import Estimate
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def _fewer(case: Case, at: int | None) -> str:
    """A smaller maximum, where the minimum leaves room for one."""
    least = sum(c.minimum for c in case.plan.role("web")) if case.plan else 0
    return f"a maximum of {at - 1}, or " if at and at - 1 >= max(least, 1) else ""


def _largest(estimate: Estimate) -> str:
    """What breaks it, where one line grows with the load more than any other."""
    grows = [(line.monthly.ceiling - line.monthly.floor, line) for line in estimate.lines]
    more, line = max(grows, key=lambda pair: pair[0], default=(Decimal(0), None))
    return f"; {line.meter} ({line.component}) grows most, by {more:.0f}" if line and more else ""


def check(case: Case) -> Iterator[Diagnostic]:
    estimate = case.estimate
    if estimate and estimate.verdict.state == "breaks_at_maximum":
        at = estimate.verdict.breaks_at_instances
        yield say(
            case,
            f"{quote(case, 'budget.amount', 'the budget')} is passed with {at} instance{'' if at == 1 else 's'} at full load; the maximum costs "
            f"{estimate.judged.ceiling:f} {estimate.currency} a month",
            why=f"the busiest month is the one over budget{_largest(estimate)}",
            fix=f"{_fewer(case, at)}a budget of {estimate.judged.ceiling:.0f}",
            at="budget.amount",
        )


RULE = Rule(
    code="GP502",
    name="budget-breaks-at-maximum",
    severity="warning",
    covers=("x.budget.max",),
    platforms=(),
    check=check,
)
