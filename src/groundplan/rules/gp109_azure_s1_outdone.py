"""Finds the S1 plan, which a newer plan outdoes.

## What it does
Looks for S1 on App Service.

## Why it matters
P0v3 has more memory and costs about a fifth less.

## Example
```toml
hosting = "Azure App Service, S1 plan"
```

## Instead
P0v3.
```toml
hosting = "Azure App Service, P0v3 plan"
```

## Sources
Infracost test data, service_plan_test.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\bS1\b", "hosting", "scaling", "budget") if "app_service" in services(case) else None
    if place:
        yield say(
            case,
            f"{quote(case, place, 'S1')} costs more than P0v3, which has more memory",
            why="about 13 USD a month for each instance on Linux in East US (69.35 against 56.58)",
            fix="answer with P0v3",
            at=place,
            claim="azure.app.s1",
        )


RULE = Rule(
    code="GP109",
    name="azure-s1-outdone",
    severity="note",
    covers=("azure.app.s1",),
    platforms=("azure",),
    words=("s1",),
    check=check,
)
