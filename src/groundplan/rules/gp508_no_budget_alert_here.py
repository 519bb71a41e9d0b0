"""Finds a budget alert on a platform that sends none.

## What it does
Looks for a stated alert threshold where the platform is Heroku or own servers.

## Why it matters
The invoice would be the first to tell.

## Example
```toml
hosting = "Heroku"
budget = "$300/month, alert at $240"
```

## Instead
A monthly look at the usage page, a script over the invoices, and a fixed number of dynos as the cap.
```toml
budget = "$300/month"
```

## Sources
Heroku Dev Center, usage and billing; the absence is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home
from groundplan.rules._finding import quote, say

OWN = r"\b(?:scripts?|cron\w*|scheduled|accounting|spreadsheet|by hand)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget
    if find(case, OWN, "budget"):
        return
    if said.alert_threshold_amount is None and said.alert_threshold_percent is None:
        return
    at = (
        "budget.alert_threshold_amount"
        if said.alert_threshold_amount is not None
        else "budget.alert_threshold_percent"
    )
    own = home(case) == "onprem"
    yield say(
        case,
        f"{quote(case, at, 'the alert')} cannot be set: "
        + ("nobody bills your own servers by the hour" if own else "Heroku documents no budget alert"),
        why="the invoice would be the first to tell",
        fix="put a date into the calendar for the invoice"
        if own
        else "cap the cost with a fixed number of dynos, and look at the usage page on the 15th",
        at=at,
        claim="" if own else "heroku.budget.none",
    )


RULE = Rule(
    code="GP508",
    name="no-budget-alert-here",
    severity="note",
    covers=("heroku.budget.none",),
    platforms=("heroku", "onprem"),
    check=check,
)
