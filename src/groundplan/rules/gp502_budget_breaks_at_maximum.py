"""Finds a budget that holds only while the system stays small.

## What it does
Compares the estimate at the maximum number of instances with the budget. Where prices are not known in the region, those
of the vendor's best known one stand in, and the finding says "about".

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

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import in_budget, quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    estimate = case.estimate
    if estimate and estimate.verdict.state == "breaks_at_maximum":
        at = estimate.verdict.breaks_at_instances
        where = f"at {at} instance{'' if at == 1 else 's'}{_in_all(case)}" if at else "at the maximum load"
        most = estimate.judged.ceiling
        about = "about " if estimate.like else ""
        yield say(
            case,
            f"{quote(case, 'budget.amount', 'the budget')} is passed {where}; the maximum costs "
            f"{about}{most:,.2f} {estimate.currency} a month",
            why=f"the busiest month is the one over budget: {estimate.verdict.breaks_first}"
            + (f"; {estimate.like_words}" if about else ""),
            fix=_lower(case, at) + f"a budget of {about}{in_budget(case, most)}",
            at="budget.amount",
        )


def _in_all(case: Case) -> str:
    return " in all" if case.plan and len(case.plan.places) > 1 else ""


def _lower(case: Case, at: int | None) -> str:
    """The change that was priced; else a maximum that fits, where it is not below the minimum."""
    every = case.estimate.verdict.remedies if case.estimate else ()
    tried = [r for r in every if r.question != "hosting"]
    if tried:
        return f"{tried[0].change}, or "
    least = sum(c.minimum for c in case.plan.role("web")) if case.plan else 0
    if at is None or at - 1 < max(least, 1):
        return "less of what grows most, or "
    return f"a maximum of {at - 1} instance{'' if at == 2 else 's'}, or "


RULE = Rule(
    code="GP502",
    name="budget-breaks-at-maximum",
    severity="warning",
    covers=("x.budget.max",),
    platforms=(),
    needs=("verdict=breaks_at_maximum",),
    check=check,
)
