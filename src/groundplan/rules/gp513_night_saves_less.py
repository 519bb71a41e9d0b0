"""Finds a saving at night on parts that are paid by the month.

## What it does
Looks for turning down at night, and names what of the plan, or of the platform, costs the same when it is off.

## Why it matters
The saving is smaller than the hours suggest.

## Example
```toml
hosting = "AWS ECS on Fargate with RDS PostgreSQL"
budget = "$300/month; scale down dev at night to save"
```

## Instead
A calculation from the lines that stop.
```toml
budget = "$300/month"
```

## Sources
The estimate; Amazon RDS documentation for the seven days; App Service billing, third-party.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home, services
from groundplan.rules._finding import quote, say

ROWS = {
    "app_service": ("App Service bills the plan, not the app", "azure.app.zero"),
    "aks": (
        "starting a stopped cluster can fail for want of capacity; set the user pools to zero nodes instead",
        "azure.aks.stop",
    ),
    "gke": ("the fee of the cluster stays", "gcp.gke.fee"),
}


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.budget.optimisations
    if "scale_down_off_hours" not in said:
        return
    at = f"budget.optimisations.{said.index('scale_down_off_hours')}"
    text, claim = next((ROWS[s] for s in ROWS if s in services(case)), ("", ""))
    if case.estimate and home(case) == "aws":
        stays = sum(
            (line.monthly.floor for line in case.estimate.lines if line.role not in ("web", "worker")),
            Decimal(0),
        )
        share = 100 * stays / case.estimate.total.floor if case.estimate.total.floor else Decimal(0)
        text, claim = (
            f"{stays:.0f} of {case.estimate.total.floor:.0f} USD a month ({share:.0f} %) are paid whether or not tasks run",
            "aws.rds.stop",
        )
    if text:
        yield say(
            case,
            f"{quote(case, at, 'at night')} saves less than the hours suggest: {text}",
            why="balancer, NAT, database and fees have no night; a stopped RDS database starts again after seven days"
            if home(case) == "aws"
            else "what is not billed by the running hour has no night",
            fix="count the saving from the lines that stop, or share one balancer and database among environments",
            at=at,
            claim=claim,
        )


RULE = Rule(
    code="GP513",
    name="night-saves-less",
    severity="note",
    covers=("x.night", "azure.aks.stop", "azure.app.zero"),
    platforms=("aws", "gcp", "azure"),
    needs=("budget.optimisations=scale_down_off_hours",),
    check=check,
)
