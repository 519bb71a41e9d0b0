"""Finds a copy in the paired region where there is no pair, or where it lies abroad.

## What it does
Looks for words such as geo-redundant or paired region, and looks the region up.

## Why it matters
Without a pair nothing is copied; with a pair abroad the data leaves the country.

## Example
```toml
hosting = "Azure App Service"
regions = "Poland Central with geo-redundant backups in the paired region"
```

## Instead
Name the second region yourself, or keep copies inside the region (ZRS).
```toml
regions = "Poland Central, with backups copied to Sweden Central"
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

NONE = frozenset(
    (
        "israelcentral",
        "italynorth",
        "mexicocentral",
        "newzealandnorth",
        "polandcentral",
        "qatarcentral",
        "spaincentral",
    )
)
ABROAD = {
    "brazilsouth": "South Central US",
    "southeastasia": "East Asia, Hong Kong",
    "eastasia": "Southeast Asia, Singapore",
    "northeurope": "West Europe, the Netherlands",
    "westeurope": "North Europe, Ireland",
}


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b(?:geo-?redundan\w+|paired region|region pair|GRS)\b", "regions", "hosting")
    for region in regions(case) if place else ():
        if region.code in NONE:
            text, claim = f"{region.city} (`{region.code}`) has no paired region", "azure.pair.none"
        elif region.code in ABROAD and case.decisions.regions.residency:
            text, claim = (
                f"the pair of {region.city} lies in another country: {ABROAD[region.code]}",
                "azure.pair.border",
            )
        else:
            continue
        yield say(
            case,
            f"{quote(case, place, 'geo-redundant')}: {text}" if place else text,
            why="the copy is not made, or it is made where you did not want it",
            fix="name the second region, or answer with copies inside the region (zone-redundant storage)",
            at=place or "",
            claim=claim,
        )


RULE = Rule(
    code="GP214",
    name="azure-pair",
    severity="warning",
    covers=("azure.pair.none", "azure.pair.border"),
    platforms=("azure",),
    words=("geo", "pair", "grs"),
    check=check,
)
