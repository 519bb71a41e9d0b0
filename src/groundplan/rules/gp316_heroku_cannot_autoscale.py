"""Finds autoscaling of dynos that Heroku does not scale.

## What it does
Looks for automatic scaling beside a size below Performance, beside the Fir generation, or of workers.

## Why it matters
The switch does not exist, so somebody scales by hand.

## Example
```toml
hosting = "Heroku on standard-2x dynos"
scaling = "auto-scale from 2 to 4 dynos when p95 response time > 800 ms"
```

## Instead
Performance-M or larger, an add-on that scales, or a fixed number.
```toml
hosting = "Heroku on performance-m dynos"
```

## Sources
Heroku Dev Center, autoscaling; heroku/cli autoscale/enable.ts.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Where
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, find
from groundplan.rules._finding import quote, say

ROWS = (
    (
        r"\b(?:eco|basic|standard) dynos?\b|\bstandard-?[12]x\b(?: (?:web )?dynos?\b)?",
        "Heroku scales Performance, Private and Shield dynos only",
        "heroku.autoscale.tier",
        "answer with performance-m dynos (250 USD a month each), or with a fixed number: "
        "groundplan change scaling.mode manual",
    ),
    (
        r"\bfir\b",
        "apps of the Fir generation have no autoscaling",
        "heroku.autoscale.fir",
        "answer with Cedar, or with a fixed number",
    ),
    (
        r"\b(?:auto-?scal\w+|scale)\b[^.;,]{0,20}\bworkers?\b(?! threads)",
        "Heroku scales web dynos only",
        "heroku.autoscale.web",
        "a fixed number of workers, or an add-on that watches the queue",
    ),
)


def check(case: Case) -> Iterator[Diagnostic]:
    if not automatic(case):
        return
    for pattern, text, claim, fix in ROWS:
        place = find(case, pattern, "scaling", "hosting")
        if place and not _of_workers(case, place):
            yield say(
                case,
                f"{quote(case, place, 'these dynos')}: {text}",
                why="the number of dynos stays as it is until somebody changes it",
                fix=fix,
                at=place,
                claim=claim,
            )


def _of_workers(case: Case, place: Where) -> bool:
    """`2 standard-2x worker dynos`: nobody scales those."""
    behind = case.plan.draft.workers if case.plan else None
    return bool(behind and behind.size and behind.size.lower() in place.quote.lower())


RULE = Rule(
    code="GP316",
    name="heroku-cannot-autoscale",
    severity="error",
    covers=("heroku.autoscale.tier", "heroku.autoscale.web", "heroku.autoscale.fir"),
    platforms=("heroku",),
    words=("eco", "basic", "standard", "fir", "worker"),
    check=check,
)
