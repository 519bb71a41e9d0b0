"""Finds health data on a runtime that the vendor's agreement does not cover.

## What it does
Looks for HIPAA where the platform is Heroku without Shield.

## Why it matters
The vendor's agreement for health data covers its Shield tier only.

## Example
```toml
hosting = "Heroku"
regions = "US, patient data under HIPAA"
```

## Instead
Heroku Shield by enterprise contract, or a platform whose standard agreement covers it.
```toml
hosting = "Heroku Shield"
```

## Sources
Heroku Dev Center, security and compliance resources; reports on Shield.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if "hipaa" not in case.decisions.regions.residency or find(case, r"\bshield\b", "hosting", "regions"):
        return
    yield say(
        case,
        f"{quote(case, 'regions.residency', 'HIPAA')} is stated, and Heroku's agreement for health data covers Shield only",
        why="patients' data would lie where the vendor has promised nothing",
        fix="answer with Heroku Shield (enterprise contract), or with a platform whose agreement covers its ordinary services",
        at="regions.residency",
        claim="heroku.hipaa",
    )


RULE = Rule(
    code="GP114",
    name="health-data-agreement",
    severity="warning",
    covers=(),
    platforms=("heroku",),
    words=("hipaa", "hippa", "hitech"),
    check=check,
)
