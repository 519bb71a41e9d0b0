"""Finds a trigger that ECS target tracking does not offer.

## What it does
Looks for a trigger on latency or queue length on ECS.

## Why it matters
Target tracking has CPU, memory and requests per target; anything else needs a metric of your own.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "auto-scale from 2 to 6 instances when p95 latency > 800 ms"
```

## Instead
Use CPU, memory or requests per target, or publish a custom metric.

## Sources
Application Auto Scaling service model.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("aws.fargate.metric") if case.plan else None
    if served:
        yield say(
            case,
            f"{quote(case, 'scaling.triggers', served.intent)} is no metric that ECS can track by itself",
            why="no scaling policy can be made from it without a metric of your own",
            fix="state CPU, memory or requests per instance, or publish the metric yourself",
            at="scaling.triggers",
            claim="aws.fargate.metric",
            served_by=served.served_by,
        )


RULE = Rule(
    code="GP306",
    name="fargate-metric",
    severity="warning",
    covers=("aws.fargate.metric",),
    platforms=("aws",),
    needs=("substitution=aws.fargate.metric",),
    check=check,
)
