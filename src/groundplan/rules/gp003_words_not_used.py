"""Lists words that carry information and became no decision.

## What it does
Fires for remarks of the readers of the kind `unused`.

## Why it matters
What was not used is in no plan.

## Example
```toml
hosting = "Fly.io"
scaling = "2 instances with 1GB, and 40 GPUs"
```

## Instead
Say it in the words of the question, or leave it out.

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
        said = [" ".join(r.quote.split()).replace("`", "'") for r in reading.remarks if r.kind == "unused"]
        words = [f"`{s}`" for s in dict.fromkeys(said)]
        if words:
            yield say(
                case,
                f"{', '.join(words)} in the {key} answer {'was' if len(words) == 1 else 'were'} not used",
                why="what is in no decision is built by nobody",
                fix="say it in other words, or leave it out",
                at=key,
            )


RULE = Rule(
    code="GP003",
    name="words-not-used",
    severity="note",
    covers=(),
    platforms=(),
    needs=("reading=unused",),
    check=check,
)
