"""Finds redundancy over zones in a region that has none.

## What it does
Looks for stated zones where the Azure region has no availability zones.

## Why it matters
One building holds everything, whatever the number of instances.

## Example
```toml
hosting = "Azure App Service"
regions = "West US, zone redundant"
```

## Instead
The nearest region with zones.
```toml
regions = "West US 2, zone redundant"
```

## Sources
MicrosoftDocs/azure-docs, list of regions.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, regions
from groundplan.rules._finding import quote, say

ZONELESS = {
    "westus": "westus2",
    "northcentralus": "centralus",
    "westcentralus": "westus3",
    "canadaeast": "canadacentral",
    "ukwest": "uksouth",
    "australiasoutheast": "australiaeast",
    "southindia": "centralindia",
    "westindia": "centralindia",
}
"""Region without zones -> the nearest in the same country that has them."""


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case,
        r"\b(?:zone[- ]redundan\w+|availability zones?|multi-?AZ|(?:2|two|3|three) (?:zones|AZs))\b",
        "regions",
        "hosting",
        "scaling",
    )
    for region in regions(case) if place else ():
        if place and region.code in ZONELESS:
            yield say(
                case,
                f"{quote(case, place, 'zones')} cannot be had in {region.city} (`{region.code}`), which has no availability zones",
                why="the loss of one data centre takes every instance along",
                fix=f"answer with `{ZONELESS[region.code]}`",
                at=place,
                claim="azure.zones",
                severity="error",
            )


RULE = Rule(
    code="GP212",
    name="azure-zones",
    severity="warning",
    covers=("azure.zones",),
    platforms=("azure",),
    words=("zone", "az"),
    check=check,
)
