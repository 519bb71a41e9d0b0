"""Finds production on a single instance.

## What it does
Looks for one web instance at the minimum where the quality level is production or secure, and the service does
not replace it by itself. A wish to scale to zero is told by other rules.

## Why it matters
Every deploy and every failed host is downtime.

## Example
```toml
hosting = "Fly.io"
scaling = "Manual: 1 instance with 512 MB"
```

## Instead
Two instances.

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import zero
from groundplan.rules._finding import quote, say, web

REPLACED = ("cloud_run", "lambda")
"""Regional services, spread over zones, whose lost instance is started again (cloud.google.com/run/docs/locations and
docs.aws.amazon.com/lambda/latest/dg/security-resilience.html)."""


def check(case: Case) -> Iterator[Diagnostic]:
    components = web(case.plan)
    if case.answers.project.quality not in ("production", "secure") or not components:
        return
    if zero(case) or (case.plan and case.plan.service in REPLACED):
        return
    if sum(c.minimum for c in components) == 1:
        at = "scaling.min_instances" if case.decisions.scaling.min_instances else "scaling.initial_instances"
        yield say(
            case,
            f"production runs on a single instance ({quote(case, at, 'minimum 1')})",
            why="every deploy and every failed host is downtime",
            fix="a minimum of 2 instances",
            at=at,
        )


RULE = Rule(
    code="GP305",
    name="single-instance",
    severity="warning",
    covers=("x.ha.single",),
    platforms=(),
    check=check,
)
