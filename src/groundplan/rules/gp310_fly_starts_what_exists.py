"""Says that the proxy of Fly.io starts Machines and creates none.

## What it does
Fires where the proxy scales and the maximum is above the minimum.

## Why it matters
The maximum is what was created beforehand; scaling in takes minutes, so the peak is paid longer than it lasts.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale from 2 to 6 instances above 50 concurrent requests"
```

## Instead
Nothing: the plan creates them all, and stopped ones cost their disk image.
```toml
scaling = "Manual: 2 instances"
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
    if plan is None or plan.role("autoscaler") or not automatic(case) or "max_instances" not in _stated(case):
        return
    idle = (maximum(case) or 0) - (minimum(case) or 0)
    if idle > 0:
        yield say(
            case,
            f"up to {maximum(case)} ({quote(case, 'scaling.max_instances', str(maximum(case)))}): the proxy of Fly.io starts Machines that exist and creates none",
            why=f"{idle} of them are created stopped and cost their disk image; at most one is stopped every few minutes, so budget for the peak",
            fix="nothing to change: the deploy script of the plan creates them",
            at="scaling.max_instances",
            claim="fly.scale.pool",
            served_by="all Machines are created at the first deploy",
        )


def _stated(case: Case) -> set[str]:
    reading = case.decisions.readings.get("scaling")
    return {s.field.split(".")[0] for s in reading.spans} if reading else set()


RULE = Rule(
    code="GP310",
    name="fly-starts-what-exists",
    severity="note",
    covers=("fly.scale.pool", "fly.stop.slow"),
    platforms=("fly",),
    check=check,
)
