"""Finds a database at another cloud than the application.

## What it does
Compares the provider of each store with the platform, where both are clouds.

## Why it matters
Every query crosses the internet: latency on each request, traffic that is billed on the way out, and two accounts that can fail.

## Example
```toml
hosting = "Fly.io with RDS Postgres"
```

## Instead
A database at the platform, or at a provider that sits in the same data centre.
```toml
hosting = "Fly.io with PostgreSQL on Fly"
```

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import home
from groundplan.rules._finding import quote, say

CLOUDS = frozenset(("aws", "gcp", "azure", "heroku", "fly", "digitalocean", "hetzner"))
LOOSE = frozenset(("object_storage", "queue", "bigquery"))
"""Kinds that are reached over the internet as a matter of course."""


def check(case: Case) -> Iterator[Diagnostic]:
    for n, addon in enumerate(case.decisions.hosting.addons):
        if (
            home(case) in CLOUDS
            and addon.provider in CLOUDS
            and addon.provider != home(case)
            and addon.kind not in LOOSE
        ):
            yield say(
                case,
                f"{quote(case, f'hosting.addons.{n}', addon.kind)} lives at another provider than the application",
                why="each query crosses the internet, and the way out is billed by the GB",
                fix="name a database of the platform, or put the application beside it",
                at=f"hosting.addons.{n}",
            )


RULE = Rule(
    code="GP113",
    name="database-in-another-cloud",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("hosting.addons",),
    check=check,
)
