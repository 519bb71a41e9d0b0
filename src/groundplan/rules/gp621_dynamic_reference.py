"""Finds text that CloudFormation would read as a reference to a secret.

## What it does
Looks for `{{resolve:` in the application's image and health path where the target is CloudFormation.

## Why it matters
CloudFormation replaces such text by the value of a parameter or secret wherever it stands, and has no way to escape it.

## Example
```toml
hosting = "AWS ECS on Fargate"
iac = "CloudFormation"
app.health_path = "/{{resolve:ssm:name}}"
```

## Instead
A health path without it, or another tool.

## Sources
AWS CloudFormation user guide, “Get values stored in other services using dynamic references”.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say

RESOLVE = "{{resolve:"


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    if plan is None or plan.target != "cloudformation":
        return
    app = plan.draft.app
    for name, text in (("image", app.image or ""), ("health_path", app.health_path)):
        if RESOLVE in text:
            yield say(
                case,
                f"`{text}` as {name} would be resolved by CloudFormation as a reference, so it is left out",
                why="the template asks for the value as a parameter instead of using yours",
                fix=f"give {name} another value, or answer with terraform",
                at="iac.tool",
            )


RULE = Rule(
    code="GP621",
    name="dynamic-reference",
    severity="error",
    covers=(),
    platforms=("aws",),
    check=check,
)
