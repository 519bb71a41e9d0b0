"""Says what a product is called today.

## What it does
Looks for the name Stackdriver.

## Why it matters
New colleagues and current documentation know it by another name.

## Example
```toml
hosting = "Google Cloud Run"
monitoring = "Stackdriver for logs and metrics"
```

## Instead
Write Google Cloud Observability, or Cloud Monitoring and Cloud Logging.
```toml
monitoring = "Google Cloud Monitoring for logs and metrics"
```

## Sources
Google Cloud product pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\bstackdriver\b", "monitoring", "hosting")
    if place:
        yield say(
            case,
            f"{quote(case, place, 'Stackdriver')} is called Google Cloud Observability today",
            why="documents that use the old name cannot be looked up",
            fix="write `Cloud Monitoring` and `Cloud Logging`",
            at=place,
            claim="gcp.stackdriver",
        )


RULE = Rule(
    code="GP106",
    name="product-renamed",
    severity="note",
    covers=("gcp.stackdriver",),
    platforms=(),
    words=("stackdriver",),
    check=check,
)
