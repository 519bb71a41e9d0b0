"""Finds a CPU or memory rule together with a minimum of zero on Container Apps.

## What it does
Looks for such a rule alone; a rule on requests or a queue beside it is enough.

## Why it matters
A replica that does not run uses no CPU, so nothing ever starts it.

## Example
```toml
hosting = "Azure Container Apps"
scaling = "auto-scale from 0 to 5 replicas when CPU > 70%"
```

## Instead
A rule on requests, or a minimum of one.
```toml
scaling = "auto-scale from 1 to 5 replicas when CPU > 70%"
```

## Sources
KEDA 2.21, CPU scaler.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import services, triggers, zero
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    at = zero(case)
    if (
        at
        and "container_apps" in services(case)
        and triggers(case, "cpu", "memory")
        and not triggers(case, "requests", "queue")
    ):
        yield say(
            case,
            f"{quote(case, 'scaling.triggers', 'a CPU rule')} cannot start the first replica, and {quote(case, at, 'zero')} is stated",
            why="after the first quiet period the service would stay down",
            fix='a minimum of 1, or a rule on requests: "above 50 concurrent requests"',
            at="scaling.triggers",
            claim="azure.aca.cpuzero",
        )


RULE = Rule(
    code="GP312",
    name="cpu-cannot-wake",
    severity="error",
    covers=("azure.aca.cpuzero",),
    platforms=("azure",),
    check=check,
)
