"""Finds alarms that are expected from Fly.io's own metrics.

## What it does
Looks for alarms where the platform is Fly.io and no stated tool raises them. The plan then holds alert rules with their route, and an outside check for downtime.

## Why it matters
Fly.io gives metrics and a hosted dashboard, but nothing that notifies.

## Example
```toml
hosting = "Fly.io"
monitoring = "Fly.io built-in metrics, email alerts for downtime"
```

## Instead
Use the alert rules that the plan adds, or a monitoring tool that alerts.

## Sources
Fly.io documentation, monitoring/metrics.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("fly.alert.none") if case.plan else None
    if served is None:
        return
    stated = case.decisions.monitoring.alert_triggers
    said = quote(case, "monitoring.alert_triggers", "an alarm") if stated else "alarms"
    yield say(
        case,
        f"{said} cannot come from Fly.io's built-in metrics: they have dashboards and no alerting",
        why="an outage would be seen when somebody looks",
        fix="keep it, and deploy the alert rules of the plan, or name a tool that alerts, such as UptimeRobot for downtime",
        at="monitoring.alert_triggers",
        claim="fly.alert.none",
        served_by=served.served_by,
    )


RULE = Rule(
    code="GP401",
    name="fly-has-no-alerting",
    severity="warning",
    covers=("fly.alert.none",),
    platforms=("fly",),
    check=check,
)
