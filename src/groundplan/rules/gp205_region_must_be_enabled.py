"""Finds an AWS region that an account must enable first.

## What it does
Looks for planned regions that are not enabled by default.

## Why it matters
The first apply fails with an authorisation error that does not say why.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "Single region: eu-south-1"
```

## Instead
Enable the region on the account, or take one that is enabled.

## Sources
AWS Account Management, enable or disable Regions.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    known = case.facts.regions.get("aws", {})
    for place in case.plan.places if case.plan else ():
        region = known.get(place.code)
        if region and not region.default_enabled:
            yield say(
                case,
                f"region `{place.code}` ({place.city}) is not enabled on a new account",
                why="the first apply fails with an authorisation error",
                fix=f"`aws account enable-region --region-name {place.code}` before the first apply",
                at="regions.regions",
                claim="aws.region.enable",
            )


RULE = Rule(
    code="GP205",
    name="region-must-be-enabled",
    severity="warning",
    covers=("aws.region.optin",),
    platforms=("aws",),
    check=check,
)
