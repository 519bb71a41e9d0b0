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
    plan = case.plan
    for name in case.decisions.iac.files if plan else ():
        reader = READERS.get(name.lower())
        if plan and reader and reader != plan.platform:
            yield say(
                case,
                f"{quote(case, 'iac.files', name)} is not read by this platform",
                why="it would lie in the repository and change nothing",
                fix="name the tool that this platform is built with: "
                + next(iter(platforms()[plan.platform].iac), "the vendor's own"),
                at="iac.files",
            )


RULE = Rule(
    code="GP604",
    name="file-of-another-platform",
    severity="error",
    covers=("x.iac.platformfile", "gcp.gae.yaml"),
    platforms=(),
    check=check,
)
