"""Lists questions that were not answered, or answered with “don't know yet”, or left to the tool.

## What it does
Fires for readings of status unknown or default, and for empty answers.

## Why it matters
A sensible default is in the plan and marked to be confirmed.

## Example
```toml
hosting = "Fly.io"
monitoring = "don't know yet"
```

## Instead
Answer when it is decided.

## Sources
The answer itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    for key, reading in case.decisions.readings.items():
        empty = not reading.text.strip() and not reading.corrected
        if empty or reading.status in ("unknown", "default"):
            left = "was left to groundplan" if reading.status == "default" else "is not decided yet"
            left = "was not answered" if empty else left
            yield say(
                case,
                f"{key} {left}; a default is in the plan",
                why="the documents mark it with a TODO to confirm",
                fix=f'`groundplan interview` asks again, or --data {key}="…"',
                at=key,
            )


RULE = Rule(
    code="GP005",
    name="not-decided",
    severity="note",
    covers=(),
    platforms=(),
    needs=("reading=open",),
    check=check,
)
