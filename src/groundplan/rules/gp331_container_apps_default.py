"""Says what Container Apps does when no trigger is stated.

## What it does
Fires for Container Apps without a trigger and without counts.

## Why it matters
The default goes to zero, and adds a replica for every ten requests in flight.

## Example
```toml
hosting = "Azure Container Apps"
scaling = "auto-scale"
```

## Instead
State the range and the trigger.
```toml
scaling = "auto-scale from 1 to 6 replicas above 50 concurrent requests"
```

## Sources
Container Apps, set scaling rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, services
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.scaling
    if (
        "container_apps" in services(case)
        and automatic(case)
        and not said.triggers
        and said.max_instances is None
    ):
        yield say(
            case,
            "without a trigger Container Apps adds a replica for every 10 concurrent requests, from 0 to 10 replicas",
            why="the first visitor after a quiet hour waits, and the peak stops at ten",
            fix='state it: "from 1 to 6 replicas above 50 concurrent requests"',
            at="scaling.mode",
            claim="azure.aca.default",
        )


RULE = Rule(
    code="GP331",
    name="container-apps-default",
    severity="note",
    covers=("azure.aca.default",),
    platforms=("azure",),
    check=check,
)
