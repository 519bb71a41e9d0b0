"""Finds a minimum that holds in the primary region only.

## What it does
Looks for several regions with a minimum above zero where the proxy does the scaling.

## Why it matters
In every other region the last Machine may be stopped, and the next visitor waits for a start.

## Example
```toml
hosting = "Fly.io"
regions = "Multi-region: Frankfurt and Virginia"
scaling = "auto-scale from 1 to 4 instances above 50 concurrent requests"
```

## Instead
Accept the cold start there, or keep a fixed number.
```toml
scaling = "Manual: 1 instance"
```

## Sources
Fly.io documentation, launch/autostop-autostart.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, maximum, minimum
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    if plan is None or len(plan.places) < 2 or not minimum(case) or plan.role("autoscaler"):
        return
    if automatic(case) and (maximum(case) or 0) > (minimum(case) or 0):
        others = " and ".join(f"`{p.code}`" for p in plan.places[1:])
        yield say(
            case,
            f"the minimum of {minimum(case)} ({quote(case, 'scaling.min_instances', 'as at the start')}) holds in `{plan.places[0].code}` only; {others} may go to zero",
            why="the first visitor there after a quiet hour waits for a Machine to start",
            fix="accept it, or answer with a fixed number of instances",
            at="scaling.min_instances",
            claim="fly.min.primary",
            served_by="the other regions start a Machine on the first request",
        )


RULE = Rule(
    code="GP221",
    name="fly-minimum-in-primary",
    severity="warning",
    covers=("fly.min.primary",),
    platforms=("fly",),
    check=check,
)
