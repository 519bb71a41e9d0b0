"""Finds rules for scaling on an App Service plan without them.

## What it does
Looks for F1, D1 or B1 to B3 beside automatic scaling.

## Why it matters
Basic plans are scaled by hand.

## Example
```toml
hosting = "Azure App Service, B1 plan"
scaling = "auto-scale from 1 to 3 instances when CPU > 70%"
```

## Instead
P0v3, which costs less than S1, or a fixed number.
```toml
hosting = "Azure App Service, P0v3 plan"
```

## Sources
MicrosoftDocs/azure-docs, automatic scaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = (
        find(case, r"\b(?:F1|D1|B[123])\b", "hosting", "scaling", "budget")
        if "app_service" in services(case)
        else None
    )
    if place and automatic(case):
        yield say(
            case,
            f"{quote(case, place, 'this plan')} has no scaling by rules",
            why="the number of instances stays as it is until somebody changes it",
            fix="answer with a P0v3 plan (about 57 USD a month on Linux), or with a fixed number",
            at=place,
            claim="azure.app.autoscale.tier",
        )


RULE = Rule(
    code="GP317",
    name="azure-plan-cannot-autoscale",
    severity="error",
    covers=("azure.app.autoscale.tier",),
    platforms=("azure",),
    words=("f1", "d1", "b1", "b2", "b3"),
    check=check,
)
