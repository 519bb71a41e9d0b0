"""Finds a single instance on spare capacity.

## What it does
Looks for Spot or preemptible capacity beside a minimum of one in production.

## Why it matters
Spare capacity is taken back with two minutes' notice, and the service is down until there is some again.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "auto-scale from 1 to 4 instances when CPU > 60%"
budget = "$200/month, use Fargate Spot"
```

## Instead
An ordinary base, and Spot for what comes on top.
```toml
budget = "$200/month"
```

## Sources
Amazon ECS, Fargate capacity providers, third-party copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, minimum, production
from groundplan.rules._finding import quote, say, where

ALONE = (
    r"\b(?:spot|preemptible)(?: instances?| VMs?| capacity)? only\b|\bonly (?:on )?(?:spot|preemptible)\b"
    r"|\b(?:all|everything) on (?:spot|preemptible)\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget.optimisations
    at = (
        where(case, f"budget.optimisations.{said.index('spot')}")
        if "spot" in said
        else find(case, r"\b(?:spot|preemptible)(?: instances?| VMs?| capacity)?\b", "hosting", "scaling")
    )
    alone = find(case, ALONE, "hosting", "scaling")
    if alone and production(case):
        yield say(
            case,
            f"{quote(case, alone, 'Spot')} leaves nothing running when the capacity is taken back",
            why="every instance may be taken at once with two minutes' notice, whatever their number",
            fix="an ordinary base of 2, and Spot for the rest",
            at=alone,
            claim="aws.fargate.spot.single" if home(case) == "aws" else "",
        )
    elif at and (minimum(case) or 0) <= 1 and production(case):
        yield say(
            case,
            f"{quote(case, at, 'Spot')} with a minimum of {minimum(case) or 0} leaves nothing running when the capacity is taken back",
            why="the service is down until spare capacity returns; nothing replaces it with an ordinary instance",
            fix="a minimum of 2 with an ordinary base, and Spot for the rest",
            at=at,
            claim="aws.fargate.spot.single" if home(case) == "aws" else "",
        )


RULE = Rule(
    code="GP321",
    name="spot-alone",
    severity="warning",
    covers=("aws.fargate.spot.single",),
    platforms=("aws", "gcp", "azure", "kubernetes"),
    check=check,
)
