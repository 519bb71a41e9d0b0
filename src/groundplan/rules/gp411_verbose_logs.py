"""Finds logs that are written without measure, where each gigabyte of them is billed.

## What it does
Looks for debug logs or logs of everything, without a number of gigabytes.

## Why it matters
Taking a gigabyte in costs more than ten times as much as keeping it for a month, and debug logs come in tens of them.

## Example
```toml
hosting = "AWS ECS on Fargate"
monitoring = "CloudWatch with debug logs of every request, email for downtime"
```

## Instead
A level for production, a sample, or the number of gigabytes, which is then priced.
```toml
monitoring = "CloudWatch with logs from info upwards, 30 GB of logs a month, email for downtime"
```

## Sources
Infracost test data, cloudwatch_log_group_test: 0.50 USD for a GB taken in, 0.03 for one kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home
from groundplan.rules._finding import quote, say

VERBOSE = (
    r"\b(?:debug|trace|verbose)(?:[- ]level)? logg?(?:s|ing)\b|\blog(?:s|ging)? (?:at|on) (?:debug|trace)\b"
    r"|\blog(?:ging)? (?:everything|all (?:requests|queries|bodies))\b|\bfull request logg?(?:s|ing)\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, VERBOSE, "monitoring")
    if place is None or case.plan is None or "log_gb" in case.plan.draft.load.stated:
        return
    assumed = case.plan.draft.load.log_gb
    yield say(
        case,
        f"{quote(case, place, 'the logs')} are counted as {assumed.expected:f} GB a month, which they may pass in a day",
        why="a GB taken in costs far more than a GB kept, and the estimate holds the usual amount",
        fix='say how much: "30 GB of logs a month"; or log from info upwards, and a sample of the rest',
        at=place,
        claim="aws.logs.ingest" if home(case) == "aws" else "",
    )


RULE = Rule(
    code="GP411",
    name="verbose-logs",
    severity="note",
    covers=("aws.logs.ingest",),
    platforms=(),
    words=(
        "debug",
        "trace",
        "verbose",
        "everything",
        "all requests",
        "all queries",
        "all bodies",
        "full request",
    ),
    check=check,
)
