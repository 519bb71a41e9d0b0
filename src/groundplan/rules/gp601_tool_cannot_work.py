"""Finds an IaC tool that cannot manage the platform.

## What it does
Looks for Terraform, OpenTofu or Pulumi on Fly.io, and CloudFormation off AWS.

## Why it matters
No maintained provider exists, so the code could not be applied.

## Example
```toml
hosting = "Fly.io"
iac = "Terraform"
```

## Instead
The tool that the platform is built with: fly.toml on Fly.io.

## Sources
The providers' own repositories.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

NEVER = {"fly": ("terraform", "opentofu", "pulumi", "cloudformation")}
NEAREST = {"fly": "fly.toml with flyctl"}


def check(case: Case) -> Iterator[Diagnostic]:
    tool, plan = case.decisions.iac.tool, case.plan
    if plan is None or tool is None or tool not in NEVER.get(plan.platform, ()):
        return
    nearest = NEAREST[plan.platform]
    yield say(
        case,
        f"{quote(case, 'iac.tool', tool)} cannot manage this platform: no maintained provider exists",
        why="code for it could not be applied",
        fix=f"answer with {nearest}",
        at="iac.tool",
        claim=f"{plan.platform}.iac.{tool}",
        served_by=nearest,
    )


RULE = Rule(
    code="GP601",
    name="tool-cannot-work",
    severity="warning",
    covers=("fly.iac.terraform", "fly.iac.pulumi", "x.iac.cfn"),
    platforms=(),
    check=check,
)
