"""Finds production on a tier without a service level agreement.

## What it does
Looks for the Free and Shared plans of App Service (F1, D1) and for the Free tier of AKS.

## Why it matters
Nobody is bound to bring it back, and F1 stops after 60 CPU minutes a day.

## Example
```toml
hosting = "Azure App Service on the F1 plan"
```

## Instead
B1 or larger; the Standard tier of AKS.
```toml
hosting = "Azure App Service on the B1 plan"
```

## Sources
Azure service level agreements and AKS pricing tiers.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, production, services
from groundplan.rules._finding import quote, say

ROWS = (
    (
        "app_service",
        r"\b(F1|D1|free (?:tier|plan)|shared plan)\b",
        "azure.app.free.sla",
        "answer with a B1 plan or larger",
    ),
    (
        "aks",
        r"\bfree (?:tier|plan|control plane)\b",
        "azure.aks.free",
        "answer with the Standard tier, 0.10 USD an hour",
    ),
)


def check(case: Case) -> Iterator[Diagnostic]:
    if not production(case):
        return
    for service, pattern, claim, fix in ROWS:
        place = find(case, pattern, "hosting", "scaling", "budget") if service in services(case) else None
        if place:
            yield say(
                case,
                f"{quote(case, place, 'the free tier')} has no service level agreement",
                why="an outage has no end date, and nobody owes you one",
                fix=fix,
                at=place,
                claim=claim,
            )


RULE = Rule(
    code="GP108",
    name="free-tier-in-production",
    severity="error",
    covers=("azure.app.free.sla", "azure.aks.free"),
    platforms=("azure", "kubernetes"),
    words=("f1", "d1", "free"),
    check=check,
)
