"""Finds a job queue on a Redis that may be billed by the command.

## What it does
Looks for Sidekiq, BullMQ, Celery and the like beside Upstash.

## Why it matters
Workers poll all day long; on pay as you go that is millions of commands.

## Example
```toml
hosting = "Fly.io with Redis on Upstash and Sidekiq workers"
```

## Instead
The fixed plan, which the estimate has.
```toml
hosting = "Fly.io with Redis on Upstash"
```

## Sources
Fly.io documentation, upstash/redis.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b(?:sidekiq|bullmq|celery|resque|rq)\b", "hosting", "scaling")
    if place and any(
        a.provider == "upstash" or (a.kind == "redis" and a.provider is None)
        for a in case.decisions.hosting.addons
    ):
        yield say(
            case,
            f"{quote(case, place, 'the queue')} polls Redis all day, and pay as you go bills each 100,000 commands with 0.20 USD",
            why="an idle queue can cost more than a busy cache",
            fix="choose the fixed plan when you create the database; the estimate has it",
            at=place,
            claim="fly.upstash.polling",
            served_by="the fixed plan of 250 MB is in the estimate",
        )


RULE = Rule(
    code="GP339",
    name="queue-on-metered-redis",
    severity="note",
    covers=("fly.upstash.polling",),
    platforms=("fly",),
    words=("sidekiq", "bullmq", "celery", "resque", "rq"),
    check=check,
)
