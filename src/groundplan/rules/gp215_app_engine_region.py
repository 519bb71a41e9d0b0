"""Says that the region of an App Engine app is chosen once.

## What it does
Fires for App Engine with several regions, or with a region that was not stated.

## Why it matters
A move means a new project, a new address and a second deployment.

## Example
```toml
hosting = "Google App Engine"
regions = "Multi-region: Iowa and Belgium"
```

## Instead
One project for each region, or Cloud Run.
```toml
regions = "Single region: Iowa"
```

## Sources
Remembered; the App Engine documentation describes one app and one region for a project.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if "app_engine" not in services(case):
        return
    move = find(case, r"\b(?:move|migrat\w+|relocate\w*)\b", "regions")
    if move is None and len(case.decisions.regions.regions) < 2:
        return
    yield say(
        case,
        f"{quote(case, move or 'regions.topology', 'several regions')}: an App Engine app has one region, chosen when it is created",
        why="a move, or a second region, is a second project with its own address",
        fix="answer with Cloud Run, or with one region that you will not change",
        at=move or "regions.topology",
        claim="gcp.gae.region",
    )


RULE = Rule(
    code="GP215",
    name="app-engine-region",
    severity="note",
    covers=("gcp.gae.region",),
    platforms=("gcp",),
    check=check,
)
