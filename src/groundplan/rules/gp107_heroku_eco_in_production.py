"""Finds production on Eco dynos.

## What it does
Looks for Eco dynos where the quality level is production or secure.

## Why it matters
They sleep after half an hour, share their hours with every other app of the account, and have no metrics.

## Example
```toml
hosting = "Heroku on eco dynos"
```

## Instead
Basic for a small service, Standard-1X for one with metrics and more than one dyno.
```toml
hosting = "Heroku on standard-1x dynos"
```

## Sources
Heroku Dev Center, application metrics, usage and billing.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, production
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = (
        find(case, r"\beco(?= dynos?\b| plan\b|\b)", "hosting", "scaling", "budget")
        if production(case)
        else None
    )
    if place:
        yield say(
            case,
            f"{quote(case, place, 'eco')} dynos sleep after 30 minutes without a request, and have no metrics",
            why="the first visitor after a quiet half hour waits, and 1000 shared hours end a month early with two apps",
            fix="answer with Basic (7 USD) or Standard-1X dynos (25 USD a month each)",
            at=place,
            claim="heroku.eco.limits",
        )


RULE = Rule(
    code="GP107",
    name="heroku-eco-in-production",
    severity="error",
    covers=("heroku.eco.limits",),
    platforms=("heroku",),
    words=("eco",),
    check=check,
)
