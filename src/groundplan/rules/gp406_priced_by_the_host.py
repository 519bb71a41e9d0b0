"""Finds a tool that is priced by the host beside instances that come and go.

## What it does
Multiplies the maximum with 15 USD and compares it with the budget: more than a fifth is reported.

## Why it matters
The bill of the tool follows the peak, and can pass that of the instances.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale from 2 to 10 instances above 50 concurrent requests"
monitoring = "Datadog, email for downtime"
budget = "$200/month"
```

## Instead
The platform's own monitoring, or a tool that is priced by data.
```toml
monitoring = "Fly.io metrics, UptimeRobot for uptime, email for downtime"
```

## Sources
Third-party summaries of Datadog's list prices.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import budget, maximum, regions
from groundplan.rules._finding import quote, say

PRICES = {"datadog": "datadog.infrastructure.host"}
SHARE = Decimal("0.2")


def check(case: Case) -> Iterator[Diagnostic]:
    limit, most = budget(case), (maximum(case) or 0) * max(len(regions(case)), 1)
    for n, tool in enumerate(case.decisions.monitoring.tools):
        price = case.facts.price(PRICES.get(tool, ""), None)
        if price and limit and most * price.amount > limit * SHARE:
            at = f"monitoring.tools.{n}"
            yield say(
                case,
                f"{quote(case, at, tool)} is priced by the host: {most} instances are up to {most * price.amount:f} USD a month",
                why=f"that is {100 * most * price.amount / limit:.0f} % of {quote(case, 'budget.amount', str(limit))}, for list prices of the smallest plan",
                fix="answer with the platform's own metrics, or with a lower maximum",
                at=at,
            )


RULE = Rule(
    code="GP406",
    name="priced-by-the-host",
    severity="warning",
    covers=("x.monitor.cost",),
    platforms=(),
    check=check,
)
