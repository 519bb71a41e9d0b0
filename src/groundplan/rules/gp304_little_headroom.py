"""Finds a CPU or memory target that leaves no room for a failed instance.

## What it does
Compares the target with 100 x (n - 1) / n for n instances at the minimum.

## Why it matters
If one of two instances at 80 % fails, the other gets 160 %.

## Example
```toml
hosting = "Fly.io"
scaling = "Start with 2 instances, auto-scale up to 5 when CPU > 80%"
```

## Instead
At most 50 % for two, 66 % for three, 75 % for four, or one instance more at the minimum.

## Sources
Arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    wish = case.plan.draft.scaling if case.plan else None
    if wish is None or wish.minimum < 2 or (case.plan and case.plan.service == "lambda"):
        return
    room = 100 * (wish.minimum - 1) // wish.minimum
    for trigger in wish.triggers:
        if trigger.metric in ("cpu", "memory") and trigger.unit == "%" and trigger.value > room:
            load = trigger.value * wish.minimum / (wish.minimum - 1)
            at = f"scaling.triggers.{wish.triggers.index(trigger)}"
            said = quote(case, at, f"{trigger.metric} {trigger.op} {trigger.value} %")
            yield say(
                case,
                f"{said} leaves no room at {wish.minimum} instances: if one fails, the rest carry {load:.0f} %",
                why="a single failure at the threshold becomes an outage until new instances are up",
                fix=f"a threshold of at most {room} %, or a minimum of {wish.minimum + 1} instances",
                at=at,
            )


RULE = Rule(
    code="GP304",
    name="little-headroom",
    severity="note",
    covers=("x.scale.headroom",),
    platforms=(),
    check=check,
)
