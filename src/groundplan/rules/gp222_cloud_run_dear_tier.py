"""Finds Cloud Run in a region of the dearer tier.

## What it does
Looks for regions of the second price tier.

## Why it matters
The same instance costs 40 % more than in a region of the first tier, often a few hundred kilometres away.

## Example
```toml
hosting = "Google Cloud Run"
regions = "Frankfurt (europe-west3)"
```

## Instead
The region of the first tier that the finding names, where residency allows it.
```toml
regions = "Netherlands (europe-west4)"
```

## Sources
Cloud Run pricing.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import regions, services
from groundplan.rules._finding import say

SECOND_TIER = {
    "europe-west3": "europe-west4",
    "europe-west2": "europe-west4",
    "europe-west6": "europe-west1",
    "europe-central2": "europe-west1",
    "us-west2": "us-west1",
    "us-west3": "us-west1",
    "us-west4": "us-west1",
}
"""Region of the second tier -> the nearest of the first, in the same area."""


def check(case: Case) -> Iterator[Diagnostic]:
    if "cloud_run" not in services(case):
        return
    for region in regions(case):
        near = SECOND_TIER.get(region.code)
        if near:
            yield say(
                case,
                f"Cloud Run in {region.city} (`{region.code}`) costs 40 % more than in `{near}`",
                why="the second price tier applies to every vCPU second and GB second",
                fix=f"answer with `{near}` if the country does not matter",
                at="regions.regions",
                claim="gcp.run.tier",
            )


RULE = Rule(
    code="GP222",
    name="cloud-run-dear-tier",
    severity="note",
    covers=(),
    platforms=("gcp",),
    check=check,
)
