"""Finds an instance class that belongs to another kind of scaling.

## What it does
Looks for F classes beside manual scaling and B classes beside automatic scaling on App Engine.

## Why it matters
The deployment is refused.

## Example
```toml
hosting = "Google App Engine standard, class F2"
scaling = "Manual: 2 instances"
```

## Instead
F1 to F4 for automatic scaling, B1 to B8 for manual and basic scaling.
```toml
hosting = "Google App Engine standard, class B2"
```

## Sources
App Engine API text, third-party.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = (
        find(case, r"\b(?:F[124]|F4_1G|B[1248])\b", "hosting", "scaling")
        if "app_engine" in services(case)
        else None
    )
    mode = case.decisions.scaling.mode
    if place and mode and (place.quote[0].upper() == "F") == (mode == "manual"):
        letter = "B" if mode == "manual" else "F"
        yield say(
            case,
            f"{quote(case, place, 'this class')} does not go with {quote(case, 'scaling.mode', mode)} scaling",
            why="the deployment is refused",
            fix=f"answer with {letter}2, or with another kind of scaling",
            at=place,
            claim="gcp.gae.class",
        )


RULE = Rule(
    code="GP336",
    name="app-engine-class",
    severity="error",
    covers=("gcp.gae.class",),
    platforms=("gcp",),
    words=("f1", "f2", "f4", "b1", "b2", "b4", "b8"),
    check=check,
)
