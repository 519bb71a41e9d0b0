"""Finds a tool that is priced by the host beside instances that come and go.

## What it does
Multiplies the maximum with 15 USD and compares it with the budget: more than a fifth is reported. APM is added where it is named.

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
from groundplan.rules._case import budget, find, maximum, regions
from groundplan.rules._finding import quote, say

PRICES = {"datadog": "datadog.infrastructure.host"}
TRACING = {"datadog": "datadog.apm.host"}
SHARE = Decimal("0.2")


def check(case: Case) -> Iterator[Diagnostic]:
    limit, most = budget(case), (maximum(case) or 0) * max(len(regions(case)), 1)
    for n, tool in enumerate(case.decisions.monitoring.tools):
        each = _each(case, tool)
        if each and limit and most * each > limit * SHARE:
            at = f"monitoring.tools.{n}"
            yield say(
                case,
                f"{quote(case, at, tool)} is priced by the host: {most} instances are up to {most * each:f} USD a month",
                why=f"that is {100 * most * each / limit:.0f} % of {quote(case, 'budget.amount', str(limit))}, at list prices of the smallest plan",
                fix="answer with the platform's own metrics, or with a lower maximum",
                at=at,
            )


def _each(case: Case, tool: str) -> Decimal:
    """What the tool costs for one host a month, with its tracing where that was named; 0 where nobody knows."""
    ids = [PRICES.get(tool, "")]
    if ids[0] and find(case, r"\b(?:APM|tracing|traces)\b", "monitoring"):
        ids.append(TRACING[tool])
    known = [case.facts.price(i, None) for i in ids]
    return sum((price.amount for price in known if price), Decimal(0))


RULE = Rule(
    code="GP406",
    name="priced-by-the-host",
    severity="warning",
    covers=("x.monitor.cost",),
    platforms=(),
    needs=("monitoring.tools",),
    check=check,
)
