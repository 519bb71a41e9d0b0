"""Says what a minimum costs on Lambda.

## What it does
Looks for a minimum above zero, or for no cold starts, beside Lambda.

## Why it matters
Provisioned concurrency is billed while it waits.

## Example
```toml
hosting = "AWS Lambda"
scaling = "serverless, at least 2 instances always warm"
```

## Instead
Accept cold starts, or Fargate with a minimum of one.
```toml
scaling = "serverless"
```

## Sources
Infracost test data, lambda_provisioned_concurrency_config_test.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if "lambda" not in services(case):
        return
    place = find(
        case,
        r"\bno cold starts?\b|\bprovisioned concurrency\b|\b(?:always|kept?) warm\b",
        "scaling",
        "hosting",
    )
    if place or (case.decisions.scaling.min_instances or 0) > 0:
        yield say(
            case,
            f"{quote(case, place or 'scaling.min_instances', 'a minimum')} on Lambda is provisioned concurrency, which is billed while it waits",
            why="the saving of paying per request is gone for that part",
            fix="leave it out and accept cold starts, or answer with ECS on Fargate and a minimum of 1",
            at=place or "scaling.min_instances",
            claim="aws.lambda.provisioned",
        )


RULE = Rule(
    code="GP333",
    name="lambda-kept-warm",
    severity="note",
    covers=("aws.lambda.provisioned",),
    platforms=("aws",),
    needs=("service=lambda",),
    check=check,
)
