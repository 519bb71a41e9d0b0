"""Finds an Azure region that ordinary subscriptions cannot use.

## What it does
Looks for stated regions whose status is restricted.

## Why it matters
The first deployment is refused.

## Example
```toml
hosting = "Azure App Service"
regions = "Single region: germanynorth"
```

## Instead
The open region of the same country.
```toml
regions = "Single region: germanywestcentral"
```

## Sources
MicrosoftDocs/azure-docs, list of regions.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import closed_here
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    known = case.facts.regions.get("azure", {})
    for n, place in enumerate(case.decisions.regions.regions):
        region = known.get(place.provider_region or "") or closed_here(case, place.text)
        if region and region.status == "restricted":
            same = next(
                (r.code for r in known.values() if r.country == region.country and r.status == "open"), ""
            )
            yield say(
                case,
                f"region `{region.code}` is kept for customers who already use the region beside it",
                why="an ordinary subscription cannot deploy there",
                fix=f"answer with `{same}`" if same else "name another region, or ask Microsoft for access",
                at=f"regions.regions.{n}",
                claim="azure.pair.restricted",
            )


RULE = Rule(
    code="GP213",
    name="azure-restricted-region",
    severity="error",
    covers=("azure.pair.restricted",),
    platforms=("azure",),
    check=check,
)
