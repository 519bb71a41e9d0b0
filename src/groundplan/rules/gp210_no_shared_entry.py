"""Finds several regions without one address before them.

## What it does
Looks for two or more regions on a platform whose services live in one region each, where the plan makes no records
for one name and the answers name nothing that stands before them.

## Why it matters
Users need one name. Something must send them to the nearest region that works: a global balancer or DNS with health checks.

## Example
```toml
hosting = "Google Cloud Run"
regions = "Multi-region: Frankfurt and Virginia"
```

## Instead
Add the entry yourself (a global balancer, Front Door, DNS with health checks), or take one region.
```toml
regions = "Multi-region: Frankfurt and Virginia, behind a global external load balancer"
```

## Sources
By construction; the services' own pages for their scope.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.entries import FRONTS
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, regions
from groundplan.rules._finding import quote, say

KNOWN = rf"{FRONTS}|\broute ?53\b"
ENTRIES = {
    "aws": "Route 53 records with health checks, or Global Accelerator,",
    "gcp": "a global external load balancer",
    "azure": "Front Door or Traffic Manager",
    "heroku": "a second app and a CDN or DNS with health checks",
}
CLAIMS = {"gcp": "gcp.run.region", "heroku": "heroku.multiregion"}


def check(case: Case) -> Iterator[Diagnostic]:
    codes = list(dict.fromkeys(r.code for r in regions(case)))
    entry = ENTRIES.get(home(case), "")
    if (
        len(codes) < 2
        or (case.plan and case.plan.role("dns"))
        or find(case, KNOWN, "hosting", "regions", "monitoring", "scaling")
    ):
        return
    yield say(
        case,
        f"{' and '.join(codes)} ({quote(case, 'regions.topology', 'several regions')}) have one address each, and nothing stands before them",
        why="users are not sent to the nearest region, and nobody is sent away from one that is down",
        fix=f"add {entry} before them, or answer with one region",
        at="regions.topology",
        claim=CLAIMS.get(home(case), ""),
    )


RULE = Rule(
    code="GP210",
    name="no-shared-entry",
    severity="warning",
    covers=("heroku.multiregion", "gcp.run.region"),
    platforms=("heroku", "gcp", "azure", "aws"),
    needs=("places=several",),
    check=check,
)
