"""Finds several Eco or Basic dynos of one kind.

## What it does
Looks for Eco or Basic beside more than one instance.

## Why it matters
These sizes run one dyno of each process type.

## Example
```toml
hosting = "Heroku on basic dynos"
scaling = "2 web dynos"
```

## Instead
Standard-1X or larger.
```toml
hosting = "Heroku on standard-1x dynos"
```

## Sources
Heroku Dev Center, dyno scaling and process limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, maximum
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b(?:eco|basic)\b(?! auth)", "hosting", "scaling", "budget")
    if place and (maximum(case) or 1) > 1:
        yield say(
            case,
            f"{quote(case, place, 'this size')} runs one dyno of each process type, and {maximum(case)} are wanted",
            why="the second dyno is refused",
            fix="answer with standard-1x dynos (25 USD a month each), or with one dyno",
            at=place,
            claim="heroku.basic.scale",
        )


RULE = Rule(
    code="GP314",
    name="heroku-one-dyno",
    severity="error",
    covers=("heroku.basic.scale",),
    platforms=("heroku",),
    words=("eco", "basic"),
    check=check,
)
