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
from groundplan.rules._case import find
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


BESIDE = r"\b(?:route ?53 health ?checks?|from (?:the )?outside|outside check|external (?:check|probe|uptime)|synthetics?)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    if plan is None or not any(a.condition == "downtime" for a in plan.alarms):
        return
    if find(case, BESIDE, "monitoring", "regions"):
        return
    if not plan.role("uptime") and not set(OUTSIDE) & set(plan.draft.tools):
        stated = [t.condition for t in case.decisions.monitoring.alert_triggers]
        at = f"monitoring.alert_triggers.{stated.index('downtime')}" if "downtime" in stated else "monitoring"
        yield say(
            case,
            f"{quote(case, at, 'downtime')} would be noticed only by the platform itself",
            why="when the platform or its region is down, its alarms are down too",
            fix='add a check from outside: "UptimeRobot for uptime"',
            at=at,
        )


RULE = Rule(
    code="GP403",
    name="no-outside-check",
    severity="warning",
    covers=("x.monitor.outside",),
    platforms=(),
    check=check,
)
