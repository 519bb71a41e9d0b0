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
from groundplan.model.decision import AlertTrigger
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

OUTSIDE = {"uptimerobot", "better_stack", "pingdom", "statuscake", "checkly", "uptime_kuma"}
ERRORS = {"sentry", "rollbar", "bugsnag", "honeybadger"}
EVERYTHING = {"datadog", "new_relic", "honeycomb"}
OWN_RULES = r"\b(?:grafana cloud|alert rules|alertmanager)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("fly.alert.none") if case.plan else None
    if served is None:
        return
    stated = case.decisions.monitoring.alert_triggers
    left = [n for n, alert in enumerate(stated) if not _raised(case, alert)]
    if not left and (stated or _raised(case, AlertTrigger("downtime"))):
        yield _beside(case, served.served_by)
        return
    at = f"monitoring.alert_triggers.{left[0]}" if left else "monitoring.alert_triggers"
    said = quote(case, at, "an alarm") if stated else "alarms"
    yield say(
        case,
        f"{said} cannot come from Fly.io's built-in metrics: they have dashboards and no alerting",
        why="an outage would be seen when somebody looks",
        fix="keep it, and deploy the alert rules of the plan, or name a tool that alerts, such as UptimeRobot for downtime",
        at=at,
        claim="fly.alert.none",
        served_by=served.served_by,
    )


def _raised(case: Case, alert: AlertTrigger) -> bool:
    """Whether a stated tool raises it by itself. The Grafana that Fly.io hosts shows, and does not alert."""
    tools = set(case.decisions.monitoring.tools)
    if tools & EVERYTHING or find(case, OWN_RULES, "monitoring"):
        return True
    if alert.condition == "downtime":
        return bool(tools & OUTSIDE)
    new_errors = alert.condition in ("error_rate", "errors") and alert.threshold is None
    return new_errors and bool(tools & ERRORS)


def _beside(case: Case, served_by: str) -> Diagnostic:
    return say(
        case,
        "Fly.io raises no alarms by itself; beside the tools that you named the plan watches from inside too",
        why="a check from outside sees that the app is down, and not that it is slow or full",
        fix="keep it, or remove the alert app from what is deployed",
        at="monitoring.tools",
        claim="fly.alert.none",
        served_by=served_by,
        severity="note",
    )


RULE = Rule(
    code="GP401",
    name="fly-has-no-alerting",
    severity="warning",
    covers=("fly.alert.none",),
    platforms=("fly",),
    check=check,
)
