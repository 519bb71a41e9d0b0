"""Finds a retention of logs that CloudWatch does not take.

## What it does
Compares a stated number of days or months for logs with the values that CloudWatch Logs accepts.

## Why it matters
The log group is refused, or keeps its logs for ever and bills them.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch logs kept 45 days, email for downtime"
```

## Instead
The next value that exists; the finding names it.
```toml
monitoring = "CloudWatch logs kept 60 days, email for downtime"
```

## Sources
Amazon CloudWatch Logs, PutRetentionPolicy.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    wanted = case.decisions.monitoring.log_days
    planned = case.plan.log_retention_days if case.plan else None
    if wanted is None or planned is None or planned <= wanted * CLOSE:
        return
    place = quote(case, "monitoring.log_days", f"{wanted} days")
    yield say(
        case,
        f"{place} is no value that CloudWatch Logs takes; the plan keeps the logs {planned} days, the next longer one",
        why="another value is refused when it is applied, and the days more are paid for",
        fix=f"answer with {planned} days",
        at="monitoring.log_days",
        claim="aws.cw.retention",
    )


CLOSE = 1.01
"""Ten years are 3,650 days to a person and 3,653 to CloudWatch."""


RULE = Rule(
    code="GP408",
    name="log-retention-not-offered",
    severity="warning",
    covers=("aws.cw.retention",),
    platforms=("aws",),
    needs=("monitoring.log_days",),
    check=check,
)
