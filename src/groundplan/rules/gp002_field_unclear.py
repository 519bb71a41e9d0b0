"""Lists what an answer left unclear, and what was taken instead.

## What it does
Fires for every field that a reader marked unclear.

## Why it matters
A default is in its place until somebody says.

## Example
```toml
hosting = "Fly.io"
scaling = "a few instances, more when it gets busy"
```

## Instead
Answer the question in the finding, or set the field.

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
        skip = key == "hosting" and not case.decisions.hosting.primary
        for field in () if skip else reading.unclear:
            asked = next((f.text for f in reading.follow_ups if f.field == field), "")
            taken = _taken(case, f"{key}.{field}")
            yield say(
                case,
                f"`{field}` of the {key} answer is not clear" + (f": {asked}" if asked else ""),
                why=taken or "nothing was taken for it",
                fix=f"answer {key} again with it, or set it: groundplan change {key}.{field} …",
                at=f"{key}.{field}",
            )


def _taken(case: Case, field: str) -> str:
    gaps = case.plan.assumptions if case.plan else ()
    gap = next((a for a in gaps if a.field == field), None)
    return f"`{gap.value}` was taken: {gap.reason}" if gap else ""


RULE = Rule(
    code="GP002",
    name="field-unclear",
    severity="warning",
    covers=(),
    platforms=(),
    check=check,
)
