"""Finds a schedule that the plan does not hold.

## What it does
Looks for hours or days in the scaling answer where no schedule is planned.

## Why it matters
The instances would run at night as by day.

## Example
```toml
hosting = "Fly.io"
scaling = "Manual: 3 instances by day, 1 instance at night"
```

## Instead
The commands of the runbook in a scheduled job, or a trigger.
```toml
scaling = "Manual: 3 instances"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if (
        case.plan
        and case.plan.draft.scaling.schedule
        and not any("schedule" in c.settings for c in case.plan.components)
    ):
        yield say(
            case,
            f"{quote(case, 'scaling.schedule', 'the schedule')} is in no generated file: only a number of instances at night or at weekends, on AWS, becomes a schedule",
            why="the estimate counts these hours in full, and nothing is turned down by itself",
            fix="run the scaling command from a scheduled job of your CI at those hours, or leave the schedule out",
            at="scaling.schedule",
        )


RULE = Rule(
    code="GP338",
    name="schedule-not-built",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("scaling.schedule",),
    check=check,
)
