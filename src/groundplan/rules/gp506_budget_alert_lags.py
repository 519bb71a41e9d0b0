"""Says that a budget of a cloud notifies late and stops nothing.

## What it does
Fires where a budget is stated on AWS, Google Cloud or Azure.

## Why it matters
Costs arrive hours late; a runaway loop can spend for half a day unseen.

## Example
```toml
hosting = "AWS ECS on Fargate"
budget = "$500/month, alert at 80%"
```

## Instead
A low first threshold, and a low maximum of instances, which is the brake.

## Sources
AWS Cost Management, Cloud Billing and Azure Cost Management documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home
from groundplan.rules._finding import say

LAGS = {
    "aws": ("AWS Budgets updates a few times a day", "8 to 12 hours", "aws.budget.lag"),
    "gcp": ("a budget of Google Cloud is updated with the billing data", "up to a day", "gcp.budget"),
    "azure": ("a budget of Azure is updated with the cost data", "8 to 24 hours", "azure.budget"),
}
FORECAST = "; forecast alerts of AWS need about five weeks of history"


def check(case: Case) -> Iterator[Diagnostic]:
    lag = LAGS.get(home(case))
    if lag and case.decisions.budget.amount:
        text, late, claim = lag
        yield say(
            case,
            f"{text} and notifies; it does not stop spending",
            why=f"a runaway cost is seen {late} late{FORECAST if home(case) == 'aws' else ''}",
            fix="keep the maximum number of instances low; that is the brake",
            at="budget.amount",
            claim=claim,
        )


RULE = Rule(
    code="GP506",
    name="budget-alert-lags",
    severity="note",
    covers=("aws.budget.lag", "aws.budget.forecast", "gcp.budget", "azure.budget"),
    platforms=("aws", "gcp", "azure"),
    needs=("budget.amount",),
    check=check,
)
