"""Finds a downtime alarm that only the platform itself would raise.

## What it does
Looks for a downtime alarm without an uptime check that runs elsewhere.

## Why it matters
When the platform or its region is down, its alarms are down too.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch, email for downtime"
```

## Instead
Add a check from outside, for instance UptimeRobot.

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

OUTSIDE = (
    "uptimerobot",
    "better_stack",
    "pingdom",
    "statuscake",
    "datadog",
    "new_relic",
    "checkly",
    "uptime_kuma",
)


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    if plan is None or not any(a.condition == "downtime" for a in plan.alarms):
        return
    if not plan.role("uptime") and not set(OUTSIDE) & set(plan.draft.tools):
        yield say(
            case,
            f"{quote(case, 'monitoring.alert_triggers', 'downtime')} would be noticed only by the platform itself",
            why="when the platform or its region is down, its alarms are down too",
            fix='add a check from outside: "UptimeRobot for uptime"',
            at="monitoring.alert_triggers",
        )


RULE = Rule(
    code="GP403",
    name="no-outside-check",
    severity="warning",
    covers=("x.monitor.outside",),
    platforms=(),
    check=check,
)
