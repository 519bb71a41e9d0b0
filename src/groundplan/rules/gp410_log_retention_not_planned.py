"""Finds a retention of logs that nothing in the plan holds.

## What it does
Looks for a number of days that logs are to be kept, where the plan keeps them shorter or keeps none.

## Why it matters
The log that an incident or an auditor asks for is gone.

## Example
```toml
hosting = "Fly.io"
monitoring = "Fly metrics, keep logs 90 days, email for downtime"
```

## Instead
A platform whose logs the plan keeps, or a log tool whose own retention is set to that.
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch, keep logs 90 days, email for downtime"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    wanted = case.decisions.monitoring.log_days
    planned = (case.plan.log_retention_days or 0) if case.plan else None
    if wanted is None or planned is None or planned >= wanted:
        return
    kept = f"keeps logs {planned} days" if planned else "keeps no logs"
    place = quote(case, "monitoring.log_days", f"{wanted} days")
    yield say(
        case,
        f"{place} is more than the plan holds: it {kept}",
        why="the log that an incident or an auditor asks for is gone",
        fix="set that retention in the log tool that you use, or at the platform, by hand",
        at="monitoring.log_days",
    )


RULE = Rule(
    code="GP410",
    name="log-retention-not-planned",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("monitoring.log_days",),
    check=check,
)
