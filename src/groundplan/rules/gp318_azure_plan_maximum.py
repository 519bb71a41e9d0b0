"""Finds more instances than an App Service plan takes.

## What it does
Compares the maximum with 3 on Basic, 10 on Standard, 30 on Premium.

## Why it matters
The peak stops at the plan's limit.

## Example
```toml
hosting = "Azure App Service, S1 plan"
scaling = "auto-scale from 2 to 20 instances when CPU > 70%"
```

## Instead
A larger plan, or a lower maximum.
```toml
scaling = "auto-scale from 2 to 10 instances when CPU > 70%"
```

## Sources
microsoft/azure-skills, SKU selection.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, maximum, services
from groundplan.rules._finding import quote, say

MOST = {"B": 3, "S": 10, "P": 30}


def check(case: Case) -> Iterator[Diagnostic]:
    place = (
        find(case, r"\b(?:B[123]|S[123]|P[0-5](?:m)?v[2-4])\b", "hosting", "scaling", "budget")
        if "app_service" in services(case)
        else None
    )
    most = MOST[place.quote[0].upper()] if place else 0
    if place and (maximum(case) or 0) > most:
        yield say(
            case,
            f"{quote(case, 'scaling.max_instances', str(maximum(case)))} is more than the {most} instances of {quote(case, place, 'this plan')}",
            why="the peak stops at the limit of the plan",
            fix=f"a maximum of {most}, or a larger plan" + (" (Premium takes 30)" if most < 30 else ""),
            at="scaling.max_instances",
            claim="azure.app.max",
        )


RULE = Rule(
    code="GP318",
    name="azure-plan-maximum",
    severity="error",
    covers=("azure.app.max",),
    platforms=("azure",),
    words=("b1", "b2", "b3", "s1", "s2", "s3", "v2", "v3", "v4"),
    check=check,
)
