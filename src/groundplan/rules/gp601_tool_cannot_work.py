"""Finds an IaC tool that cannot manage the platform.

## What it does
Looks for Terraform, OpenTofu or Pulumi on Fly.io, and for the tools of one cloud on another: CloudFormation, CDK, SAM, Copilot and eksctl off AWS, Bicep and ARM off Azure, Deployment Manager off Google Cloud.

## Why it matters
No maintained provider exists, or the tool knows another cloud only; the code could not be applied.

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
from groundplan.rules._case import home
from groundplan.rules._finding import quote, say

NEVER = {"fly": ("terraform", "opentofu", "pulumi")}
"""Platform -> tools without a maintained provider for it."""
OWNERS = {"cloudformation": "aws", "cdk": "aws", "sam": "aws", "copilot": "aws", "eksctl": "aws", "bicep": "azure", "arm": "azure",
          "deployment_manager": "gcp"}  # fmt: skip
"""Tools that know one cloud."""
NEAREST = {
    "fly": "fly.toml with flyctl",
    "heroku": "Terraform, or app.json",
    "kubernetes": "Kubernetes manifests",
    "onprem": "Ansible",
}
NAMES = {"aws": "AWS", "azure": "Azure", "gcp": "Google Cloud"}


def check(case: Case) -> Iterator[Diagnostic]:
    tool, key = case.decisions.iac.tool, home(case)
    if not key or tool is None or not cannot(tool, key):
        return
    nearest = NEAREST.get(key, "Terraform")
    reason = f"it knows {NAMES[OWNERS[tool]]} only" if tool in OWNERS else "no maintained provider exists"
    yield say(
        case,
        f"{quote(case, 'iac.tool', tool)} cannot manage this platform: {reason}",
        why="code for it could not be applied",
        fix=f"answer with {nearest}",
        at="iac.tool",
        claim=f"{key}.iac.{tool}",
        served_by=nearest if case.plan else "",
        severity="warning" if case.plan else "error",
    )


def cannot(tool: str, platform: str) -> bool:
    """Whether `tool` can never manage `platform`."""
    return tool in NEVER.get(platform, ()) or OWNERS.get(tool, platform) != platform


RULE = Rule(
    code="GP601",
    name="tool-cannot-work",
    severity="warning",
    covers=("fly.iac.terraform", "fly.iac.pulumi", "x.iac.cfn"),
    platforms=(),
    needs=("iac.tool",),
    check=check,
)
