"""Finds a job that runs longer than Lambda lets it.

## What it does
Looks for a job of more than 15 minutes beside Lambda.

## Why it matters
The invocation is ended in the middle.

## Example
```toml
hosting = "AWS Lambda"
scaling = "serverless; the nightly export takes 40 minutes"
```

## Instead
A Fargate task, or steps of at most 15 minutes.
```toml
scaling = "serverless; the nightly export takes 10 minutes"
```

## Sources
botocore 1.44.5, service model of lambda.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import finds, services
from groundplan.rules._finding import quote, say

LIMIT_MIN = 15


def check(case: Case) -> Iterator[Diagnostic]:
    if "lambda" not in services(case):
        return
    for place in finds(
        case,
        r"\b(?:takes?|runs?|lasts?|needs?|for|up to|jobs? of) (?:about |around |up to |roughly )?(\d{1,3})[ -]?(min(?:ute)?s?|h(?:ou)?rs?|hours?)\b",
        "hosting",
        "scaling",
    ):
        digits = int("".join(c for c in place.quote if c.isdigit()))
        minutes = digits * (1 if "min" in place.quote.lower() else 60)
        if minutes > LIMIT_MIN:
            yield say(
                case,
                f"{quote(case, place, f'{minutes} minutes')} is longer than the {LIMIT_MIN} minutes of a Lambda invocation",
                why="the work is ended in the middle, and starts again from the beginning",
                fix="run that job as a Fargate task, or cut it into steps",
                at=place,
                claim="aws.lambda.timeout",
            )


RULE = Rule(
    code="GP320",
    name="lambda-too-long",
    severity="error",
    covers=("aws.lambda.timeout",),
    platforms=("aws",),
    words=("min", "hour", "hr"),
    check=check,
)
