"""Finds a CPU trigger on shared CPUs.

## What it does
Looks for a CPU threshold above the baseline of a shared vCPU.

## Why it matters
A shared vCPU may run at 6.25 % for ever; above that it spends a balance and is then throttled, so a high threshold on shared CPUs is met late or never.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale up to 5 instances when CPU > 80%"
```

## Instead
Use performance CPUs for steady load, or alert on throttling.

## Sources
Fly.io documentation, machines/cpu-performance.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say, web

BASELINE = Decimal("6.25")


def check(case: Case) -> Iterator[Diagnostic]:
    shared = [c for c in web(case.plan) if c.sku.startswith("shared")]
    for trigger in case.plan.draft.scaling.triggers if case.plan and shared else ():
        if trigger.metric == "cpu" and trigger.op in (">", ">=") and trigger.value > BASELINE:
            said = quote(case, "scaling.triggers", f"CPU {trigger.op} {trigger.value} %")
            yield say(
                case,
                f"{said} is watched on shared CPUs, whose steady share is {BASELINE} % of a vCPU",
                why="under steady load a Machine is throttled before it reaches the threshold for long",
                fix="fine for short peaks; for steady load answer with a performance CPU, or a lower threshold",
                at="scaling.triggers",
                claim="fly.shared.baseline",
            )


RULE = Rule(
    code="GP302",
    name="fly-shared-cpu-baseline",
    severity="note",
    covers=("fly.shared.baseline",),
    platforms=("fly",),
    check=check,
)
