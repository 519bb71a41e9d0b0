"""Says that a budget in another currency is not compared.

## What it does
Fires where the budget is in a currency that has no dated rate here.

## Why it matters
No verdict can be given without a dated rate.

## Example
```toml
hosting = "Fly.io"
budget = "30000 HUF per month, alert at 80%"
```

## Instead
The amount in USD, or a rate of your own: `--assume usd_per_huf=0.0028`.
```toml
budget = "90 USD per month, alert at 80%"
```

## Sources
The estimate.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if case.estimate and case.estimate.verdict.state == "other_currency":
        yield say(
            case,
            f"{quote(case, 'budget.amount', 'the budget')} is not compared with the estimate, which is in {case.estimate.currency}",
            why="nobody would be told that the plan is over budget",
            fix=f"state it in {case.estimate.currency} at a rate that you choose; the maximum of the plan is {case.estimate.judged.ceiling:.0f} {case.estimate.currency} a month",
            at="budget.amount",
        )


RULE = Rule(
    code="GP511",
    name="budget-in-another-currency",
    severity="note",
    covers=(),
    platforms=(),
    needs=("verdict=other_currency",),
    check=check,
)
