"""Finds a data store that the plan knows by its secret only.

## What it does
Looks for a named store that the platform's plan neither builds nor has a price for.

## Why it matters
It is missing from the estimate and from the code.

## Example
```toml
hosting = "AWS ECS on Fargate with MongoDB"
```

## Instead
Name a store that is built here, or a provider whose bill you know.
```toml
hosting = "AWS ECS on Fargate with PostgreSQL"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

ALL = frozenset(("postgres", "mysql", "mariadb", "database", "redis", "queue", "object_storage", "sqlite"))
BUILT = {
    "aws": frozenset(("postgres", "mysql", "mariadb", "database", "redis")),
    "fly": frozenset(("postgres", "database", "postgis", "timescale", "redis", "queue")),
}


def check(case: Case) -> Iterator[Diagnostic]:
    for n, wish in enumerate(case.plan.draft.stores if case.plan else ()):
        if (
            case.plan
            and wish.provider is None
            and wish.kind != "sqlite"
            and not (
                case.plan.platform == "aws" and wish.kind == "aurora"
            )  # GP119 says what is planned instead
            and wish.kind not in BUILT.get(case.plan.platform, ALL)
        ):
            kind = wish.kind.replace("_", " ")
            yield say(
                case,
                f"{quote(case, f'hosting.addons.{n}', kind)} is not built by groundplan on this platform",
                why="the application gets a secret for its address; the store itself is in no code and in no total",
                fix=f"create the {kind} yourself and put its address into the secret; count its price on top",
                at=f"hosting.addons.{n}",
            )


RULE = Rule(
    code="GP112",
    name="store-not-built",
    severity="warning",
    covers=(),
    platforms=(),
    check=check,
)
