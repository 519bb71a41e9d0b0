"""Finds the built-in monitoring of a platform that is not used.

## What it does
Compares CloudWatch, Cloud Monitoring, Azure Monitor, Fly metrics and Heroku metrics with the platform.

## Why it matters
Nothing would be collected there, so no alarm would come from it.

## Example
```toml
hosting = "Fly.io"
monitoring = "CloudWatch for metrics, email for downtime"
```

## Instead
The monitoring of the platform, or a tool that joins any platform.
```toml
monitoring = "Fly.io metrics, UptimeRobot for uptime, email for downtime"
```

## Sources
By definition of the products.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home
from groundplan.rules._finding import quote, say

OWNERS = {"cloudwatch": "aws", "xray": "aws", "stackdriver": "gcp", "azure_monitor": "azure", "fly_metrics": "fly",
          "heroku_metrics": "heroku", "vercel_analytics": "vercel"}  # fmt: skip
NAMES = {
    "aws": "AWS",
    "gcp": "Google Cloud",
    "azure": "Azure",
    "fly": "Fly.io",
    "heroku": "Heroku",
    "vercel": "Vercel",
}
OWN = {
    "aws": "CloudWatch",
    "gcp": "Cloud Monitoring",
    "azure": "Azure Monitor",
    "fly": "Fly.io metrics",
    "heroku": "Heroku metrics",
}


def check(case: Case) -> Iterator[Diagnostic]:
    for n, tool in enumerate(case.decisions.monitoring.tools):
        owner = OWNERS.get(tool)
        if owner and home(case) and home(case) != owner and owner not in case.decisions.hosting.platforms:
            at = f"monitoring.tools.{n}"
            yield say(
                case,
                f"{quote(case, at, tool)} watches {NAMES[owner]}, and nothing is hosted there",
                why="nothing would be collected, and no alarm would come from it",
                fix=f"answer with {OWN.get(home(case), 'Prometheus with Alertmanager')}, or with a tool for any platform, such as Datadog",
                at=at,
            )


RULE = Rule(
    code="GP404",
    name="monitoring-of-another-platform",
    severity="warning",
    covers=("onprem.monitor",),
    platforms=(),
    needs=("monitoring.tools",),
    check=check,
)
