"""Lists what an answer left unclear, and what was taken instead.

## What it does
Fires for every answer in which a reader marked fields as unclear, and names them all.

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
from groundplan.rules._finding import quote, say, where


def check(case: Case) -> Iterator[Diagnostic]:
    for key, reading in case.decisions.readings.items():
        skip = key == "hosting" and not case.decisions.hosting.primary
        if skip or not reading.unclear or not (reading.text.strip() or reading.corrected):
            continue
        first = reading.unclear[0]
        names = " and ".join(f"`{field}`" for field in reading.unclear)
        asked = " ".join(f.text for f in reading.follow_ups if f.field in reading.unclear)
        fields = [f"{key}.{field}" for field in reading.unclear]
        yield say(
            case,
            f"{names} of the {key} answer {'is' if len(reading.unclear) == 1 else 'are'} not clear"
            + (f": {asked}" if asked else ""),
            why=_taken(case, fields),
            fix=f"answer {key} again with it, or set it: groundplan change {key}.{first} …",
            at=f"{key}.{first}",
        )


def _taken(case: Case, fields: list[str]) -> str:
    """What stands in the plan until it is clear, and why; the person's own words where they were taken at all."""
    gaps = {a.field: a for a in case.plan.assumptions} if case.plan else {}
    reasons = [f"`{gaps[f].value}` was taken: {gaps[f].reason}" for f in fields if f in gaps]
    words = [quote(case, f, "") for f in fields if f not in gaps and where(case, f).quote]
    if words:
        said = " and ".join(dict.fromkeys(words))
        reasons.append(f"{said} {'was' if len(set(words)) == 1 else 'were'} taken until then")
    return "; ".join(reasons) or "nothing was taken for it"


RULE = Rule(
    code="GP002",
    name="field-unclear",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("reading=unclear",),
    check=check,
)
