"""Says that automatic scaling of App Service takes no CPU rule.

## What it does
Looks for the words automatic scaling beside a CPU or memory threshold on App Service, where they name another thing than autoscale rules.

## Why it matters
Automatic scaling counts requests and is for Premium plans; a CPU threshold belongs to autoscale, from Standard on. Both at once are refused.

## Example
```toml
hosting = "Azure App Service on P1v3"
scaling = "App Service automatic scaling, 2 to 8 instances when CPU > 60%"
```

## Instead
Autoscale with a rule, or automatic scaling without a threshold.
```toml
scaling = "autoscale rule, 2 to 8 instances when CPU > 60%"
```

## Sources
MicrosoftDocs/azure-docs, automatic scaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services, triggers
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if "app_service" not in services(case) or not triggers(case, "cpu", "memory"):
        return
    place = find(case, r"\bautomatic scaling\b", "scaling", "hosting")
    if place:
        yield say(
            case,
            f"{quote(case, place, 'automatic scaling')} of App Service counts requests; {quote(case, 'scaling.triggers', 'the CPU')} belongs to autoscale rules",
            why="the two cannot be on together, and the threshold would do nothing",
            fix='answer with "autoscale rule" and the threshold, or with automatic scaling and no threshold',
            at=place,
            claim="azure.app.automatic",
        )


RULE = Rule(
    code="GP343",
    name="azure-automatic-scaling",
    severity="note",
    covers=("azure.app.automatic",),
    platforms=("azure",),
    words=("automatic scaling",),
    check=check,
)
