"""Finds an outside check beside a service that should sleep.

## What it does
Looks for a stated zero beside a tool that asks the service whether it is up.

## Why it matters
Each look is a request, so the service never sleeps, or the check reports every cold start.

## Example
```toml
hosting = "Fly.io"
scaling = "from 0 to 3 instances above 50 concurrent requests, scale to zero when idle"
monitoring = "UptimeRobot for uptime, email for downtime"
```

## Instead
A look once an hour, or a minimum of one.
```toml
scaling = "from 1 to 3 instances above 50 concurrent requests"
```

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import zero
from groundplan.rules._finding import quote, say

CHECKS = (
    "uptimerobot",
    "better_stack",
    "pingdom",
    "statuscake",
    "checkly",
    "uptime_kuma",
    "freshping",
    "updown",
    "hetrixtools",
    "site24x7",
)


def check(case: Case) -> Iterator[Diagnostic]:
    at = zero(case)
    said = case.decisions.monitoring.tools
    check_by = next((n for n, tool in enumerate(said) if tool in CHECKS), None)
    if at and check_by is not None:
        yield say(
            case,
            f"{quote(case, f'monitoring.tools.{check_by}', 'the check')} asks every few minutes, and each look wakes what {quote(case, at, 'zero')} should let sleep",
            why="nothing is saved: an instance runs all day for the check",
            fix="let it look once an hour, or answer with a minimum of 1",
            at=f"monitoring.tools.{check_by}",
        )


RULE = Rule(
    code="GP340",
    name="check-keeps-it-awake",
    severity="note",
    covers=(),
    platforms=("fly", "gcp", "azure"),
    check=check,
)
