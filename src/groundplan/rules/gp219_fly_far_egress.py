"""Finds a region whose traffic to the internet costs six times as much.

## What it does
Looks for Mumbai and Johannesburg among the planned regions.

## Why it matters
Traffic is 0.12 USD a GB there, against 0.02 in North America and Europe.

## Example
```toml
hosting = "Fly.io"
regions = "Single region: Mumbai"
```

## Instead
A cache in front, or another region.
```toml
regions = "Single region: Singapore"
```

## Sources
Fly.io documentation, about/pricing.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, regions
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    for region in regions(case):
        if region.code in ("bom", "jnb") and not find(
            case, r"\b(?:CDN|cloudflare|cloudfront|fastly|bunny)\b", "hosting", "regions", "budget"
        ):
            yield say(
                case,
                f"traffic from {region.city} (`{region.code}`) costs 0.12 USD a GB, six times as much as from Europe or North America",
                why="100 GB a month are 12 USD instead of 2",
                fix="put a CDN in front, and watch the egress line of the estimate",
                at="regions.regions",
                claim="fly.egress.far",
            )


RULE = Rule(
    code="GP219",
    name="fly-far-egress",
    severity="note",
    covers=("fly.egress.far",),
    platforms=("fly",),
    check=check,
)
