"""Finds a maximum that the default Fargate quota does not allow.

## What it does
Compares maximum tasks x vCPU, doubled for a rolling deploy, with 6 vCPU in each region.

## Why it matters
A new account stops at the quota: the peak, or the deploy during the peak, fails.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "auto-scale from 2 to 20 instances with 1 vCPU and 2 GB each when CPU > 60%"
```

## Instead
Ask for a higher quota before go-live.

## Sources
AWS service quotas, Fargate on-demand vCPU.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say, web

QUOTA = 6


def check(case: Case) -> Iterator[Diagnostic]:
    for component in web(case.plan) if case.plan and case.plan.service == "fargate" else ():
        used = component.maximum * (component.cpu or Decimal(0)) * 2
        if used > QUOTA:
            yield say(
                case,
                f"{quote(case, 'scaling.max_instances', str(component.maximum))} needs up to {used.normalize():f} vCPU in each region "
                f"during a deploy, and a new account has {QUOTA}",
                why="scaling out or deploying at the peak stops at the quota",
                fix="ask for a higher `Fargate On-Demand vCPU resource count` before go-live",
                at="scaling.max_instances",
                claim="aws.fargate.quota",
            )
            return


RULE = Rule(
    code="GP307",
    name="fargate-quota",
    severity="warning",
    covers=("aws.fargate.quota",),
    platforms=("aws",),
    needs=("service=fargate",),
    check=check,
)
