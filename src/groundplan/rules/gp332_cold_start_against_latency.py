"""Finds a latency promise beside a service that goes to zero.

## What it does
Looks for a stated zero beside a latency trigger or a latency alert.

## Why it matters
The request that wakes the service waits for a start, which is seconds and not milliseconds.

## Example
```toml
hosting = "Google Cloud Run"
scaling = "scale to zero, up to 5 instances"
monitoring = "Alert by email when p95 latency is above 500 ms"
```

## Instead
A minimum of one.
```toml
scaling = "1 to 5 instances"
```

## Sources
Cloud Run, instance autoscaling; Fly.io documentation, launch/autostop-autostart.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, triggers, zero
from groundplan.rules._finding import quote, say

PROMISE = r"\b(?:under|below|within|less than|at most)\W{1,2}\d+ ?(?:ms|milliseconds)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    at = zero(case)
    alert = next(
        (n for n, t in enumerate(case.decisions.monitoring.alert_triggers) if t.condition == "latency"), None
    )
    promise = (
        "scaling.triggers"
        if triggers(case, "p95_latency")
        else f"monitoring.alert_triggers.{alert}"
        if alert is not None
        else find(case, PROMISE, "scaling", "regions", "monitoring", "hosting") or ""
    )
    if at and promise and not (case.plan and case.plan.role("web") and case.plan.role("web")[0].minimum > 0):
        yield say(
            case,
            f"{quote(case, promise, 'the latency')} is watched, and {quote(case, at, 'zero')} makes the first request after a quiet time wait for a start",
            why="every cold start is an alarm, or a slow page",
            fix="a minimum of 1 instance, or a threshold that leaves cold starts out",
            at=promise,
            claim="gcp.run.cold" if home(case) == "gcp" else "",
        )


RULE = Rule(
    code="GP332",
    name="cold-start-against-latency",
    severity="warning",
    covers=("gcp.run.cold",),
    platforms=("gcp", "fly", "aws", "azure"),
    needs=("scaling.scale_to_zero", "scaling.min_instances"),
    check=check,
)
