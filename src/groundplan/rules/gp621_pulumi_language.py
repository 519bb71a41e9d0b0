"""Says that Pulumi is written in Python where another language was stated.

## What it does
Looks for Pulumi with TypeScript, Go, C# or another language that is not Python.

## Why it matters
The program is complete and works, but a team that reads another language has to maintain Python.

## Example
```toml
hosting = "AWS ECS on Fargate"
iac = "Pulumi in TypeScript"
```

## Instead
Python, or Terraform, which needs no general language.

## Sources
The targets that groundplan has.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    said, plan = case.decisions.iac, case.plan
    if plan is None or plan.target != "pulumi" or said.language in (None, "python"):
        return
    yield say(
        case,
        f"{quote(case, 'iac.language', str(said.language))} was stated; groundplan writes Pulumi in Python",
        why="the team would maintain a program in a language that it did not choose",
        fix='answer with "Pulumi in Python", or with terraform',
        at="iac.language",
    )


RULE = Rule(
    code="GP621",
    name="pulumi-language",
    severity="warning",
    covers=(),
    platforms=("aws",),
    needs=("iac.language",),
    check=check,
)
