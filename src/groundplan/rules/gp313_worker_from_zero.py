"""Finds background work on a service that only a request can start.

## What it does
Looks for a worker beside Cloud Run or Container Apps with a minimum of zero.

## Why it matters
At zero nobody looks at the queue.

## Example
```toml
hosting = "Google Cloud Run with a Celery worker"
scaling = "scale to zero, up to 5 instances"
```

## Instead
A minimum of one for the worker, a job on a schedule, or a rule on the queue.
```toml
scaling = "1 to 5 instances"
```

## Sources
Cloud Run, instance autoscaling; Container Apps, scaling rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services, triggers, zero
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    service = next((s for s in ("cloud_run", "container_apps") if s in services(case)), "")
    place = find(
        case,
        r"\b(?:celery|sidekiq|bullmq|resque|rq|background (?:jobs?|workers?|work)|workers?)\b",
        "hosting",
        "scaling",
    )
    if service and place and zero(case) and not triggers(case, "queue"):
        yield say(
            case,
            f"{quote(case, place, 'a worker')} is not started from zero: only a request or a rule on a queue does that",
            why="jobs wait until somebody visits the site",
            fix="a minimum of 1 for the worker, or a scheduled job",
            at=place,
            claim="gcp.run.background" if service == "cloud_run" else "azure.aca.noingress",
        )


RULE = Rule(
    code="GP313",
    name="worker-from-zero",
    severity="warning",
    covers=("gcp.run.background", "azure.aca.noingress"),
    platforms=("gcp", "azure"),
    words=("celery", "sidekiq", "bullmq", "resque", "rq", "background", "worker"),
    check=check,
)
