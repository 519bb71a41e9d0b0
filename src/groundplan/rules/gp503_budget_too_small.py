"""Finds a budget that the plan passes before any peak.

## What it does
Compares the estimate at the minimum and the expected load with the budget. Where prices are not known in the region, those
of the vendor's best known one stand in; what breaks only by them is a warning, and says "about".

## Why it matters
The foundation cannot be paid for as answered.

## Example
```toml
hosting = "Fly.io with PostgreSQL on Fly"
scaling = "Manual: 4 instances with 2GB each"
budget = "$20/month"
```

## Instead
A smaller size, fewer instances, a cheaper region or database, or a larger budget.

## Sources
The estimate.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import in_budget, quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    estimate = case.estimate
    if estimate is None or estimate.verdict.state not in ("over_at_minimum", "breaks_at_expected"):
        return
    minimum = estimate.verdict.state == "over_at_minimum"
    cost = estimate.judged.floor if minimum else estimate.judged.expected
    load = "the minimum" if minimum else "the expected load"
    about = "about " if estimate.like else ""
    yield say(
        case,
        f"{quote(case, 'budget.amount', 'the budget')} does not pay for {load}, which costs {about}{cost:,.2f} {estimate.currency} a month",
        why=estimate.verdict.breaks_first + (f"; {estimate.like_words}" if about else ""),
        fix=f"a budget of at least {about}{in_budget(case, cost)}, or {_less(case)}",
        at="budget.amount",
        severity="error" if minimum and not estimate.verdict.stand_in else "warning",
    )


def _less(case: Case) -> str:
    every = case.estimate.verdict.remedies if case.estimate else ()
    tried = [r for r in every if r.question != "hosting"]
    return tried[0].change if tried else "less of that line"


RULE = Rule(
    code="GP503",
    name="budget-too-small",
    severity="error",
    covers=("x.budget.max",),
    platforms=(),
    needs=("verdict=over_at_minimum", "verdict=breaks_at_expected"),
    check=check,
)
