"""Finds a product that is closed to newcomers, or whose end has been announced.

## What it does
Looks up every named service, tool, channel and add-on among the claims whose id begins with `retired.`.

## Why it matters
What is built on it has to be built again, on the vendor's date and not on yours.

## Example
```toml
hosting = "AWS App Runner"
```

## Instead
The successor that the finding names.
```toml
hosting = "AWS ECS on Fargate"
```

## Sources
The vendors' own announcements; each finding cites its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    for at, key in _named(case):
        row = case.facts.claims.get(f"retired.{key}")
        if row:
            first, _, rest = row.text.partition(";")
            yield say(
                case,
                f"{quote(case, at, key)} has no future: {first.rstrip('.')}",
                why="what is built on it must be moved on the vendor's date",
                fix=rest.strip().rstrip(".") or "name another product",
                at=at,
                claim=row.id,
            )


def _named(case: Case) -> Iterator[tuple[str, str]]:
    said = case.decisions
    yield from ((f"hosting.services.{n}", key) for n, key in enumerate(said.hosting.services))
    yield from ((f"monitoring.tools.{n}", key) for n, key in enumerate(said.monitoring.tools))
    yield from (
        (f"monitoring.alert_channels.{n}", key) for n, key in enumerate(said.monitoring.alert_channels)
    )
    if said.iac.tool:
        yield "iac.tool", said.iac.tool


RULE = Rule(
    code="GP104",
    name="product-retired",
    severity="warning",
    covers=("aws.apprunner.closed", "x.iac.cdktf"),
    platforms=(),
    check=check,
)
