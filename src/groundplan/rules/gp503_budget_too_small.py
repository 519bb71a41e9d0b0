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
from decimal import ROUND_CEILING

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, budget, home
from groundplan.rules._finding import quote, say, web

CLIFF = 500
"""What two dynos cost that scale by themselves."""


def check(case: Case) -> Iterator[Diagnostic]:
    estimate = case.estimate
    if estimate is None or estimate.verdict.state not in ("over_at_minimum", "breaks_at_expected"):
        return
    limit = budget(case)
    if automatic(case) and home(case) == "heroku" and limit is not None and limit < CLIFF:
        return  # GP510 says why
    minimum = estimate.verdict.state == "over_at_minimum"
    cost = estimate.judged.floor if minimum else estimate.judged.expected
    load = "the minimum" if minimum else "the expected load"
    about = "about " if estimate.like else ""
    yield say(
        case,
        f"{quote(case, 'budget.amount', 'the budget')} does not pay for {load}, which costs {about}{cost:f} {estimate.currency} a month{_with(case)}",
        why=estimate.verdict.breaks_first + (f"; {estimate.like_words}" if about else ""),
        fix=f"a budget of at least {about}{cost.to_integral_value(ROUND_CEILING)}, or less of that line",
        at="budget.amount",
        severity="error" if minimum and not estimate.verdict.stand_in else "warning",
    )


def _with(case: Case) -> str:
    """The size it is computed with, where the plan had to take another than was said."""
    sku = next((c.sku for c in web(case.plan)), "")
    return f" with `{sku}`, as planned" if sku else ""


RULE = Rule(
    code="GP503",
    name="budget-too-small",
    severity="error",
    covers=("x.budget.max",),
    platforms=(),
    check=check,
)
