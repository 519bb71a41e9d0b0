"""Finds infrastructure state that lies on one machine.

## What it does
Looks for local state of Terraform, OpenTofu or Pulumi in production.

## Why it matters
A lost laptop is a lost map of everything that runs, and two people overwrite each other.

## Example
```toml
hosting = "AWS ECS on Fargate"
iac = "Terraform with local state"
```

## Instead
A bucket with locking, or the tool's own service.
```toml
iac = "Terraform with state in S3"
```

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home, production
from groundplan.rules._finding import quote, say

REMOTE = {"aws": '"state in S3"', "gcp": '"state in a GCS bucket"', "azure": '"state in Azure Blob Storage"'}


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.iac
    if (
        said.state.backend == "local"
        and said.tool in ("terraform", "opentofu", "pulumi")
        and production(case)
    ):
        yield say(
            case,
            f"{quote(case, 'iac.state.backend', 'local state')}: the state lies on one machine",
            why="with that disk the map of everything that runs is lost, and two people overwrite each other's changes",
            fix=f"answer with {REMOTE.get(home(case), 'a bucket with locking')}",
            at="iac.state.backend",
        )


RULE = Rule(
    code="GP605",
    name="state-on-one-machine",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("iac.state",),
    check=check,
)
