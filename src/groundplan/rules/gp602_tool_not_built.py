"""Says that the IaC tool of the answer is understood but not written yet.

## What it does
Looks for a tool that could manage the platform and for which no target exists here.

## Why it matters
No file is written in it; another tool's code in its place would be a surprise.

## Example
```toml
hosting = "AWS ECS on Fargate"
iac = "Ansible"
```

## Instead
The tool that is written for this platform.

## Sources
The table of platforms in the README.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.platforms import platforms
from groundplan.rules._finding import quote, say
from groundplan.rules.gp601_tool_cannot_work import cannot


def check(case: Case) -> Iterator[Diagnostic]:
    tool, plan = case.decisions.iac.tool, case.plan
    if plan is None or tool is None:
        return
    platform = platforms()[plan.platform]
    if tool in platform.iac or cannot(tool, plan.platform):
        return
    if not platform.writes(plan.service):
        return  # GP110 has said that no code is written for it at all
    first = next(iter(platform.iac))
    yield say(
        case,
        f"{quote(case, 'iac.tool', tool)} on {platform.name} is understood, and groundplan does not write it yet",
        why="no code can be written as answered",
        fix=f"answer with {first}, or `groundplan apply --only documents`",
        at="iac.tool",
        answer=first,
    )


RULE = Rule(
    code="GP602",
    name="tool-not-built",
    severity="error",
    covers=(),
    platforms=(),
    needs=("iac.tool",),
    check=check,
)
