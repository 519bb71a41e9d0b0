"""Finds lines of the estimate for which no price is known.

## What it does
Lists meters whose price is in no facts file for that region.

## Why it matters
The total leaves them out; the real bill does not.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "Single region: ap-southeast-5"
```

## Instead
Look the price up, and treat the total as a lower bound.

## Sources
The catalogue; `groundplan catalog prices`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    missing = case.estimate.missing if case.estimate else ()
    if missing:
        names = ", ".join(dict.fromkeys(f"{m.meter} ({m.component})" for m in missing))
        yield say(
            case,
            f"no price is known for {len(missing)} line{'s' if len(missing) > 1 else ''}: {names}",
            why="the total takes them from another region where that is known, and leaves the rest out; the bill will hold all",
            fix="`groundplan catalog refresh` reads the public lists of AWS and Azure; own prices go into a file named under `[facts] own`",
        )


RULE = Rule(
    code="GP505",
    name="prices-missing",
    severity="warning",
    covers=(),
    platforms=(),
    check=check,
)
