"""Finds a period of an alarm that CloudWatch does not take.

## What it does
Looks for an alarm that is looked at every so many seconds, which is not 10, 20, 30 or a multiple of 60.

## Why it matters
The alarm is refused when it is created. Periods below a minute need high-resolution metrics, which cost three times as much.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch alarm evaluated every 45 seconds, email for downtime"
```

## Instead
A period of 60 seconds, or of 30 with high-resolution metrics.
```toml
monitoring = "CloudWatch alarm evaluated every 60 seconds, email for downtime"
```

## Sources
Amazon CloudWatch, PutMetricAlarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

EVERY = r"\b(?:every|each|period(?: of)?) \d+ ?(?:s|secs?|seconds?)\b"
SHORT = frozenset((10, 20, 30))


def check(case: Case) -> Iterator[Diagnostic]:
    tools = case.decisions.monitoring.tools
    place = find(case, EVERY, "monitoring") if not tools or "cloudwatch" in tools else None
    seconds = int(re.findall(r"\d+", place.quote)[0]) if place else 0
    if place is None or seconds in SHORT or (seconds and seconds % 60 == 0):
        return
    yield say(
        case,
        f"{quote(case, place, 'this period')} is no period that CloudWatch takes: 10, 20, 30 or a multiple of 60 seconds",
        why="the alarm is refused when it is created",
        fix=f"answer with every {max(60, round(seconds / 60) * 60)} seconds",
        at=place,
        claim="aws.cw.period",
    )


RULE = Rule(
    code="GP409",
    name="alarm-period-not-offered",
    severity="warning",
    covers=("aws.cw.period",),
    platforms=("aws",),
    words=("every", "each", "period"),
    check=check,
)
