"""Finds automatic scaling between two equal numbers.

## What it does
Looks for a minimum that equals the maximum.

## Why it matters
The trigger has nothing to do.

## Example
```toml
hosting = "Fly.io"
scaling = "auto-scale when CPU > 45%, minimum 3 and maximum 3 instances"
```

## Instead
A range, or a fixed number.
```toml
scaling = "auto-scale from 3 to 6 instances above 50 concurrent requests"
```

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.scaling
    low = said.min_instances if said.min_instances is not None else said.initial_instances
    if automatic(case) and low is not None and low == said.max_instances:
        yield say(
            case,
            f"{quote(case, 'scaling.max_instances', str(low))} is both the least and the most, so nothing scales",
            why="at the peak there are as many as at night",
            fix=f'a range: "from {low} to {max(low, 1) * 2}", or "manual: {low} instances"',
            at="scaling.max_instances",
        )


RULE = Rule(
    code="GP335",
    name="nothing-to-scale",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("scaling.max_instances",),
    check=check,
)
