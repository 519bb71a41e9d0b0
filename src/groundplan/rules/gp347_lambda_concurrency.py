"""Finds a maximum that an account cannot reserve for one function.

## What it does
Compares the maximum of a function with the 1,000 concurrent executions of an account in a region, less the 100 that AWS
keeps for other functions.

## Why it matters
The maximum is reserved concurrency, and a request to reserve more than there is fails when the code is applied.

## Example
```toml
hosting = "AWS Lambda"
scaling = "auto-scale from 2 to 1500 instances with 512 MB each"
```

## Instead
Ask for a higher quota before the first apply, or answer with a lower maximum.

## Sources
AWS Lambda quotas.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say, web

QUOTA, KEPT = 1000, 100


def check(case: Case) -> Iterator[Diagnostic]:
    for component in web(case.plan) if case.plan and case.plan.service == "lambda" else ():
        if component.maximum > QUOTA - KEPT:
            yield say(
                case,
                f"{quote(case, 'scaling.max_instances', str(component.maximum))} cannot be reserved for a function: "
                f"an account has {QUOTA} in each region, and AWS keeps {KEPT} for other functions",
                why="the first apply fails when it reserves the concurrency",
                fix=f"ask for more `Concurrent executions` in Service Quotas first, or at most {QUOTA - KEPT} instances",
                at="scaling.max_instances",
                claim="aws.lambda.concurrency",
            )
            return


RULE = Rule(
    code="GP347",
    name="lambda-concurrency",
    severity="warning",
    covers=(),
    platforms=("aws",),
    check=check,
)
