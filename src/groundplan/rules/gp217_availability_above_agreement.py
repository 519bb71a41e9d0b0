"""Finds a promised availability above what the platform agrees to.

## What it does
Looks for a percentage such as 99.99 % and compares it with the service level agreement of what is planned.

## Why it matters
You would promise more than you are promised.

## Example
```toml
hosting = "Google Cloud Run"
regions = "Single region: Iowa, 99.99% availability"
```

## Instead
Two instances in two zones, a second region, or a lower figure.
```toml
regions = "Single region: Iowa, 99.9% availability"
```

## Sources
The vendors' service level agreements.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, minimum, regions, services
from groundplan.rules._finding import quote, say

ONE_ZONE = r"\b(?:one|single|1)[- ](?:availability[- ]zone|AZ|zone)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b99\.\d{1,3} ?%", "regions", "scaling", "hosting", "monitoring")
    if place is None:
        return
    wanted = Decimal(place.quote.rstrip("% "))
    agreed, what, claim = _agreed(case)
    if agreed is not None and wanted > agreed:
        yield say(
            case,
            f"{quote(case, place, 'the availability')} is more than {agreed} %, which the vendor agrees to for {what}",
            why="the difference is downtime that you answer for alone",
            fix="add a second zone or region, or promise less",
            at=place,
            claim=claim,
        )


def _agreed(case: Case) -> tuple[Decimal | None, str, str]:
    """The agreed availability in per cent, of what, and the claim; None where no figure is known here."""
    running, places = services(case), len(regions(case))
    if running & {"fargate", "ecs", "ec2"}:
        alone = (minimum(case) or 1) < 2 or find(case, ONE_ZONE, "regions", "hosting", "scaling")
        return (
            (Decimal("99.5"), "one instance or one zone", "aws.sla.multiaz")
            if alone
            else (Decimal("99.99"), "two zones", "aws.sla.multiaz")
        )
    if "cloud_run" in running and places < 2:
        return Decimal("99.95"), "Cloud Run in one region", "gcp.run.sla"
    return None, "", ""


RULE = Rule(
    code="GP217",
    name="availability-above-agreement",
    severity="warning",
    covers=("aws.sla.multiaz", "gcp.run.sla"),
    platforms=(),
    words=("99.",),
    check=check,
)
