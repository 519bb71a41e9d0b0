"""Finds a stated EU duty and a region outside the EEA.

## What it does
Looks for GDPR or EU residency in the answer and places each planned region.

## Why it matters
The finding states where data would lie and what you asked for; whether that is lawful is for your counsel.

## Example
```toml
hosting = "Fly.io"
regions = "Multi-region: US East + EU West (GDPR compliance)"
```

## Instead
Keep personal data in the regions inside the EEA, or name the ground for the transfer.

## Sources
Region list; the duty is your own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import EEA_DUTIES, regions
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    duties = EEA_DUTIES & set(case.decisions.regions.residency)
    outside = [r for r in regions(case) if not r.eea]
    if duties and outside:
        names = " and ".join(f"{p.city} (`{p.code}`)" for p in outside)
        yield say(
            case,
            f"{quote(case, 'regions.residency', ', '.join(sorted(duties)))} is stated, and {names} lies outside the EEA",
            why="personal data that is served or stored there leaves the area that you named",
            fix="name regions inside the EEA only, or say which data may leave and on which ground",
            at="regions.residency",
        )


RULE = Rule(
    code="GP203",
    name="residency-outside-eea",
    severity="warning",
    covers=("x.gdpr.region", "x.gdpr.us"),
    platforms=(),
    needs=("regions.residency",),
    check=check,
)
