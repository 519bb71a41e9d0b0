"""Says that Heroku is kept running and no longer developed.

## What it does
Fires where Heroku is the platform.

## Why it matters
A new system is likely to outlive the platform's roadmap.

## Example
```toml
hosting = "Heroku"
```

## Instead
Keep it, with the application as a plain container or twelve-factor app, so that it can move.
```toml
hosting = "Fly.io"
```

## Sources
Reports of “An Update on Heroku”, 2026-02-06.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if home(case) == "heroku":
        yield say(
            case,
            f"{quote(case, 'hosting.platforms', 'Heroku')} is in sustaining engineering since February 2026: supported, and no longer developed",
            why="new features and new enterprise contracts will not come",
            fix="fine for what it does today; keep the application portable, and write down when you would look again",
            at="hosting.platforms",
            claim="heroku.status",
        )


RULE = Rule(
    code="GP105",
    name="heroku-sustained",
    severity="note",
    covers=("heroku.status",),
    platforms=("heroku",),
    check=check,
)
