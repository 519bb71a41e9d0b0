"""Finds two tools that do the same.

## What it does
Looks for two complete monitoring suites, two error trackers or two outside checks.

## Why it matters
Two bills, two places to look, and alarms that come twice.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "Datadog and New Relic, email for downtime"
```

## Instead
One of them.
```toml
monitoring = "Datadog, email for downtime"
```

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

JOBS = {
    "metrics, logs and traces": frozenset(
        ("datadog", "new_relic", "dynatrace", "appdynamics", "instana", "splunk", "signoz")
    ),
    "error tracking": frozenset(
        ("sentry", "rollbar", "bugsnag", "bugsink", "glitchtip", "honeybadger", "airbrake", "raygun")
    ),
    "checks from outside": frozenset(
        ("uptimerobot", "pingdom", "statuscake", "freshping", "updown", "hetrixtools", "uptime_kuma")
    ),
}


def check(case: Case) -> Iterator[Diagnostic]:
    for job, tools in JOBS.items():
        both = [n for n, tool in enumerate(case.decisions.monitoring.tools) if tool in tools]
        if len(both) > 1:
            first, second = (quote(case, f"monitoring.tools.{n}", "a tool") for n in both[:2])
            yield say(
                case,
                f"{first} and {second} both do {job}",
                why="two bills, two places to look, and each alarm twice",
                fix=f"keep one of them for {job}",
                at=f"monitoring.tools.{both[1]}",
            )


RULE = Rule(
    code="GP407",
    name="two-tools-one-job",
    severity="note",
    covers=(),
    platforms=(),
    needs=("monitoring.tools",),
    check=check,
)
