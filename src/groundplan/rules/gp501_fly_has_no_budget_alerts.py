"""Finds a budget alert that Fly.io does not offer.

## What it does
Looks for a stated budget where the platform is Fly.io. The plan then holds a scheduled check that prices the running Machines.

## Why it matters
The dashboard shows the month to date; nobody is told.

## Example
```toml
hosting = "Fly.io"
budget = "$100/month, set alert at $80 in the Fly.io dashboard"
```

## Instead
Schedule the check that the plan adds, or one of your own.
```toml
budget = "$100/month, a scheduled script alerts at $80"
```

## Sources
Fly.io documentation, about/cost-management.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

OWN = r"\b(?:scripts?|cron\w*|scheduled|(?:nightly|daily|own) \w*jobs?|(?:nightly|daily) check|github actions?|prepaid|accounting)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("fly.budget.none") if case.plan else None
    if served is None or find(case, OWN, "budget"):
        return
    percent = case.decisions.budget.alert_threshold_percent is not None
    at = "budget.alert_threshold_percent" if percent else "budget.alert_threshold_amount"
    said = quote(case, at, "the budget")
    yield say(
        case,
        f"an alert at {said} cannot be set at Fly.io: it has no billing alerts",
        why="the bill would be the first to tell that the budget is gone",
        fix="keep it, and schedule the budget check of the plan, or use prepaid credits",
        at=at,
        claim="fly.budget.none",
        served_by=served.served_by,
    )


RULE = Rule(
    code="GP501",
    name="fly-has-no-budget-alerts",
    severity="warning",
    covers=("fly.budget.none",),
    platforms=("fly",),
    check=check,
)
