"""Finds a configuration file that the platform does not read.

## What it does
Looks for fly.toml, app.yaml, heroku.yml and the like beside another platform.

## Why it matters
The file would lie in the repository and change nothing.

## Example
```toml
hosting = "AWS ECS on Fargate"
iac = "fly.toml in the repo"
```

## Instead
The file that the platform reads.

## Sources
The platforms' documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.platforms import platforms
from groundplan.rules._case import CLUSTERS, home, services
from groundplan.rules._finding import quote, say

READERS = {
    "fly.toml": "fly",
    "app.yaml": "gcp",
    "heroku.yml": "heroku",
    "app.json": "heroku",
    "procfile": "heroku",
    "vercel.json": "vercel",
    "render.yaml": "render",
}


def check(case: Case) -> Iterator[Diagnostic]:
    key = home(case)
    for n, name in enumerate(case.decisions.iac.files if key else ()):
        base = name.lower().rpartition("/")[2]
        reader = READERS.get(base)
        other_service = base == "app.yaml" and bool(services(case) & {"cloud_run", "gke"})
        if reader and (reader != key or other_service):
            yield say(
                case,
                f"{quote(case, f'iac.files.{n}', name)} is not read by this platform",
                why="it would lie in the repository and change nothing",
                fix=f"name {_own(case, key)}",
                at=f"iac.files.{n}",
            )


def _own(case: Case, key: str) -> str:
    """What this platform is built with."""
    if services(case) & {"cloud_run"}:
        return "service.yaml, or Terraform"
    if services(case) & CLUSTERS or key == "kubernetes":
        return "Kubernetes manifests"
    known = platforms().get(key)
    tool = next(iter(known.iac), "") if known else ""
    return {"platform": "the platform's own file", "": "the platform's own tool"}.get(tool, tool.capitalize())


RULE = Rule(
    code="GP604",
    name="file-of-another-platform",
    severity="error",
    covers=("x.iac.platformfile", "gcp.gae.yaml"),
    platforms=(),
    needs=("iac.files",),
    check=check,
)
