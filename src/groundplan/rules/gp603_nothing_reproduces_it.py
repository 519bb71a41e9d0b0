"""Finds production without infrastructure as code.

## What it does
Looks for the answer “none” where the quality level is production or secure.

## Why it matters
Nothing but memory can rebuild the environment.

## Example
```toml
hosting = "Fly.io"
iac = "none"
```

## Instead
At least the platform's own file in git.

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
    if case.decisions.iac.tool == "none" and case.answers.project.quality in ("production", "secure"):
        yield say(
            case,
            f"{quote(case, 'iac.tool', 'none')}: nothing but memory could rebuild production",
            why="after a loss the environment is rebuilt by hand, hours or days later",
            fix='keep the platform\'s own file in git: "fly.toml in the repo"',
            at="iac.tool",
        )


RULE = Rule(
    code="GP603",
    name="nothing-reproduces-it",
    severity="warning",
    covers=("x.iac.none",),
    platforms=(),
    needs=("iac.tool=none",),
    check=check,
)
