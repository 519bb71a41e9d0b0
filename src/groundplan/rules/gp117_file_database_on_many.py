"""Finds a database in a file beside several instances, or on a disk that does not last.

## What it does
Looks for SQLite, without a provider that runs it, where more than one instance is planned, the service keeps no disk, or the plan has no volume.

## Why it matters
A file belongs to one host. Each further instance has its own, and on services without a disk every deploy empties it.

## Example
```toml
hosting = "Fly.io with SQLite"
scaling = "2 instances with 1 GB each"
```

## Instead
A database server, a single instance with a volume and backups, or a provider that runs SQLite.
```toml
hosting = "Fly.io with PostgreSQL on Fly"
```

## Sources
Fly.io documentation, app availability, for volumes; by construction for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, maximum, regions, services
from groundplan.rules._finding import quote, say

DISKLESS = frozenset(
    ("fargate", "ecs", "lambda", "cloud_run", "cloud_functions", "container_apps", "app_engine")
)


def check(case: Case) -> Iterator[Diagnostic]:
    for n, addon in enumerate(case.decisions.hosting.addons):
        if addon.kind != "sqlite" or addon.provider not in (None, home(case)):
            continue
        at, many = f"hosting.addons.{n}", (maximum(case) or 1) > 1 or len(regions(case)) > 1
        said = quote(case, at, "SQLite")
        if many:
            yield say(
                case,
                f"{said} is a file on one host, and more than one instance is wanted",
                why="each instance would have its own data, and a lost host takes its file along",
                fix='"PostgreSQL on Fly" or "Postgres on Neon"; or one instance with a volume, and replication by LiteFS or Litestream',
                at=at,
                claim="fly.volume.ha" if home(case) == "fly" else "",
            )
        elif services(case) & DISKLESS or home(case) == "heroku":
            yield say(
                case,
                f"{said} is a file, and the disk of this service is empty after every deploy",
                why="the data would be gone with the next release",
                fix="name a database server, or a provider that runs SQLite, such as Turso",
                at=at,
            )

        elif _mounted(case):
            if not find(case, r"\b(?:litestream|litefs)\b", "hosting", "scaling"):
                yield say(
                    case,
                    f"{said} lies on one volume, which lies on one host",
                    why="what was written since the last daily snapshot is lost with that host",
                    fix='"SQLite with Litestream to a bucket", or a database server',
                    at=at,
                    claim="fly.volume.ha",
                    severity="warning",
                )
        elif case.plan:
            yield say(
                case,
                f"{said} needs a volume, and the generated files have none",
                why="the file is gone with the next deploy, and its copies are not made",
                fix="add `[mounts]` to fly.toml and create the volume; its daily snapshots are billed after 10 GB",
                at=at,
                claim="fly.snapshots" if home(case) == "fly" else "",
                severity="warning",
            )


def _mounted(case: Case) -> bool:
    return case.plan is not None and any("mount" in c.settings for c in case.plan.role("database"))


RULE = Rule(
    code="GP117",
    name="file-database-on-many",
    severity="error",
    covers=("fly.volume.ha", "fly.snapshots"),
    platforms=("fly", "aws", "gcp", "azure", "heroku"),
    words=("sqlite", "litestream", "litefs", "libsql"),
    check=check,
)
