"""Finds a threshold that can never be met, or that always is.

## What it does
Looks for percentages above 100 and below 10, and for targets that Cloud Run does not take.

## Why it matters
Nothing scales, or everything always does.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale from 2 to 5 instances when CPU > 120%"
```

## Instead
A threshold between 10 and 95 %.
```toml
scaling = "auto-scale from 2 to 5 instances when CPU > 45%"
```

## Sources
By definition; Cloud Run, scaling controls.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    for n, trigger in enumerate(case.decisions.scaling.triggers):
        at = f"scaling.triggers.{n}"
        if trigger.metric not in ("cpu", "memory") or trigger.unit != "%" or trigger.value is None:
            continue
        run = "cloud_run" in services(case) and trigger.value > 95
        if trigger.value > 100 or run or (trigger.value < 10 and trigger.op in (">", ">=")):
            high = trigger.value >= 10
            yield say(
                case,
                f"{quote(case, at, str(trigger.value))} is " + ("never met" if high else "always met"),
                why="nothing is ever added" if high else "the maximum runs all the time",
                fix="a threshold between 10 and 95 %, such as 70 %",
                at=at,
                claim="gcp.run.cpu" if run else "",
            )


RULE = Rule(
    code="GP334",
    name="threshold-out-of-range",
    severity="error",
    covers=("gcp.run.cpu",),
    platforms=(),
    needs=("scaling.triggers",),
    check=check,
)
