"""Finds scale to zero on ECS.

## What it does
Looks for a minimum of zero on Fargate; the plan keeps one task.

## Why it matters
No request can wake a service that has no task.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "auto-scale from 0 to 4 instances, scale to zero when idle"
```

## Instead
A minimum of one, or a service that starts on a request.

## Sources
Amazon ECS; the minimum of Express Mode is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    wish = case.plan.draft.scaling if case.plan else None
    what, parts, one = _ON.get(case.plan.service if case.plan else "", ("", "", ""))
    if wish and what and wish.minimum == 0:
        field = "scaling.scale_to_zero" if case.decisions.scaling.scale_to_zero else "scaling.min_instances"
        yield say(
            case,
            f"{quote(case, field, 'a minimum of 0')} cannot work on {what}: a request cannot wake a service without {parts}",
            why="the first visitor after a quiet hour gets an error",
            fix="a minimum of 1 instance",
            at=field,
            claim="aws.alb.empty",
            served_by=f"one {one} stays at the minimum",
        )


_ON = {
    "fargate": ("ECS", "tasks", "task"),
    "ec2": ("EC2", "instances", "instance"),
    "eks": ("EKS", "pods", "pod"),
}
"""Services that a request cannot start; a function is started by one."""


RULE = Rule(
    code="GP308",
    name="ecs-scale-to-zero",
    severity="warning",
    covers=("aws.fargate.zero",),
    platforms=("aws",),
    needs=("service=fargate", "service=ec2", "service=eks"),
    check=check,
)
