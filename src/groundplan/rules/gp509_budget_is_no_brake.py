"""Finds a hard limit on spending that the platform does not offer.

## What it does
Looks for words such as hard cap or must not exceed in the budget answer.

## Why it matters
A budget tells; it does not stop anything.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$200/month hard cap, must never exceed it"
```

## Instead
A low maximum of instances, which is the brake that works, and alerts well below the limit.
```toml
budget = "$200/month, alert at 50%"
```

## Sources
AWS Budgets, Cloud Billing and Cost Management documentation; Fly.io, about/cost-management.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, maximum
from groundplan.rules._finding import quote, say

BRAKES = {
    "aws": ("AWS Budgets notifies, 8 to 12 hours late, and stops nothing by itself", "aws.budget.lag"),
    "gcp": ("a budget of Google Cloud notifies, up to a day late, and stops nothing", "gcp.budget"),
    "azure": ("a budget of Azure notifies, 8 to 24 hours late, and stops nothing", "azure.budget"),
    "fly": ("Fly.io has no billing alerts and no cap; prepaid credits come closest", "fly.budget.none"),
}


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case,
        r"\b(?:hard (?:cap|limit|stop|ceiling)|absolute (?:max\w*|cap|limit)|(?:must|may|can|should) ?(?:not|never) (?:exceed|go over|be exceeded)|never exceed|kill ?switch|stops? (?:all |the )?(?:spending|resources|everything|services)|caps? (?:the )?(?:spending|costs?|bill)|harte (?:grenze|obergrenze))",
        "budget",
    )
    text, claim = BRAKES.get(home(case), ("", ""))
    if place and text:
        yield say(
            case,
            f"{quote(case, place, 'a hard limit')} does not exist here: {text}",
            why="a loop or an attack can spend far beyond the limit before anybody acts",
            fix=f"keep the maximum low ({maximum(case) or 'as few'} instances is the brake), and alert at 50 and 80 %",
            at=place,
            claim=claim,
        )


RULE = Rule(
    code="GP509",
    name="budget-is-no-brake",
    severity="warning",
    covers=("aws.spendlimit", "aws.budget.lag", "gcp.budget", "azure.budget"),
    platforms=("aws", "gcp", "azure", "fly"),
    words=("hard", "absolute", "exceed", "go over", "kill", "hart", "stop", "cap"),
    check=check,
)
