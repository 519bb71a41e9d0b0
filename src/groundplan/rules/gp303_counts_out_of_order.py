"""Finds a minimum, start and maximum that are not in order.

## What it does
Compares the three stated counts.

## Why it matters
No platform accepts a maximum below the minimum; whichever wins is a surprise in capacity or in money.

## Example
```toml
hosting = "Fly.io"
scaling = "start with 4 instances, auto-scale up to 2 when CPU > 70%"
```

## Instead
Answer with minimum <= start <= maximum.

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.scaling
    pairs = (
        ("min_instances", said.min_instances, "initial_instances", said.initial_instances),
        ("initial_instances", said.initial_instances, "max_instances", said.max_instances),
        ("min_instances", said.min_instances, "max_instances", said.max_instances),
    )
    for low_name, low, high_name, high in pairs:
        if low is not None and high is not None and low > high:
            low_words, high_words = (
                quote(case, f"scaling.{low_name}", str(low)),
                quote(case, f"scaling.{high_name}", str(high)),
            )
            yield say(
                case,
                f"{low_words} is more than {high_words}",
                why="no platform accepts these counts",
                fix=f"state {_name(low_name)} of at most {high}, or {_name(high_name)} of at least {low}",
                at=f"scaling.{high_name}",
            )
            return


def _name(field: str) -> str:
    return {"min_instances": "a minimum", "initial_instances": "a start", "max_instances": "a maximum"}[field]


RULE = Rule(
    code="GP303",
    name="counts-out-of-order",
    severity="error",
    covers=("x.scale.order",),
    platforms=(),
    check=check,
)
