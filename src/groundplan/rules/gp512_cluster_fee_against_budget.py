"""Finds a cluster whose fee takes a large part of a small budget.

## What it does
Compares the monthly fee of a managed cluster, 73 USD, with the budget: more than a third is reported.

## Why it matters
The fee is paid before the first pod runs.

## Example
```toml
hosting = "AWS EKS"
budget = "$150/month"
```

## Instead
Containers without a cluster: Fargate, Cloud Run, Container Apps.
```toml
hosting = "AWS ECS on Fargate"
```

## Sources
Infracost test data; AKS pricing tiers.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import budget, find, services
from groundplan.rules._finding import quote, say

FEE = 73
FREE = {"eks": "", "gke": r"\b(?:zonal|autopilot|free tier|credit)\b", "aks": r"\bfree tier\b"}
"""Service -> words that say the fee is not paid."""
CHEAPER = {"eks": "ECS on Fargate", "gke": "Cloud Run", "aks": "Container Apps"}


def check(case: Case) -> Iterator[Diagnostic]:
    limit = budget(case)
    service = next((s for s in FREE if s in services(case)), "")
    if (
        service
        and limit
        and limit / 3 < FEE
        and not (service != "eks" and find(case, FREE[service], "hosting", "budget"))
    ):
        yield say(
            case,
            f"the fee of a cluster is {FEE} USD a month, {100 * FEE / limit:.0f} % of {quote(case, 'budget.amount', str(limit))}",
            why="it is paid before the first pod runs; nodes, balancer and logs come on top",
            fix=f"answer with {CHEAPER[service]}, or with a larger budget",
            at="budget.amount",
            claim="gcp.gke.fee" if service == "gke" else "",
        )


RULE = Rule(
    code="GP512",
    name="cluster-fee-against-budget",
    severity="warning",
    covers=("gcp.gke.fee",),
    platforms=("aws", "gcp", "azure"),
    needs=("service=eks", "service=gke", "service=aks"),
    check=check,
)
