"""Finds a retention of logs that CloudWatch does not take.

## What it does
Compares a stated number of days or months for logs with the values that CloudWatch Logs accepts.

## Why it matters
The log group is refused, or keeps its logs for ever and bills them.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch logs kept 45 days, email for downtime"
```

## Instead
The next value that exists; the finding names it.
```toml
monitoring = "CloudWatch logs kept 60 days, email for downtime"
```

## Sources
Amazon CloudWatch Logs, PutRetentionPolicy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

DAYS = (
    1,
    3,
    5,
    7,
    14,
    30,
    60,
    90,
    120,
    150,
    180,
    365,
    400,
    545,
    731,
    1096,
    1827,
    2192,
    2557,
    2922,
    3288,
    3653,
)
KEPT = r"\blogs?\b[^.;]{0,30}?\b(?:kept|keep|retained|retention|for)\b[^.;\d]{0,12}\d+ ?days?\b"


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, KEPT, "monitoring")
    days = int(re.findall(r"\d+", place.quote)[-1]) if place else 0
    if place is None or days in DAYS or days > DAYS[-1]:
        return
    near = next(d for d in DAYS if d > days)
    yield say(
        case,
        f"{quote(case, place, 'this retention')} is no value that CloudWatch Logs takes",
        why="the setting is refused when it is applied, and a group without one keeps its logs for ever",
        fix=f"answer with {near} days",
        at=place,
        claim="aws.cw.retention",
    )


RULE = Rule(
    code="GP408",
    name="log-retention-not-offered",
    severity="warning",
    covers=("aws.cw.retention",),
    platforms=("aws",),
    words=("day",),
    check=check,
)
