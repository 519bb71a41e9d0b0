"""Finds a threshold that is met when it is too late.

## What it does
Looks for a CPU or memory threshold of 90 % and more.

## Why it matters
A new instance needs a minute or more; at 90 % the old ones have no minute left.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "auto-scale from 4 to 8 instances when CPU > 92%"
```

## Instead
60 to 75 %.
```toml
scaling = "auto-scale from 4 to 8 instances when CPU > 65%"
```

## Sources
Common practice; the target of ECS examples is 70 to 75 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    for n, trigger in enumerate(case.decisions.scaling.triggers):
        if (
            trigger.metric in ("cpu", "memory")
            and trigger.unit == "%"
            and trigger.value
            and 90 <= trigger.value <= 100
        ):
            at = f"scaling.triggers.{n}"
            yield say(
                case,
                f"{quote(case, at, f'{trigger.value} %')} leaves no time: a new instance needs a minute or more to serve",
                why="requests queue up before help arrives",
                fix="a threshold of 60 to 75 %",
                at=at,
            )


RULE = Rule(
    code="GP341",
    name="trigger-too-late",
    severity="note",
    covers=(),
    platforms=(),
    needs=("scaling.triggers",),
    check=check,
)
