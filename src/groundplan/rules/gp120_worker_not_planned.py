"""Finds background jobs that no process of the plan would run.

## What it does
Looks for a job runner (Sidekiq, Celery, BullMQ and their like) or a worker process in the hosting and scaling answers, where
the plan holds web instances only.

## Why it matters
Jobs would be queued and never run, or run inside the web instances and slow them down.

## Example
```toml
hosting = "AWS ECS on Fargate, a Rails application with Sidekiq"
```

## Instead
A second service from the same image with the worker's command, sized and scaled by its queue; nothing of it is priced here.
```toml
hosting = "AWS ECS on Fargate, a Rails application"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

RUNNERS = (
    r"\b(?:sidekiq|celery|resque|delayed_job|good_job|bullmq|dramatiq|huey|horizon|oban|hangfire|faktory|"
    r"(?:background|queue|job) workers?|worker (?:process(?:es)?|dynos?|instances?|tasks?|machines?))\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, RUNNERS, "hosting") or find(case, RUNNERS, "scaling")
    if case.plan is None or place is None or any(c.key.startswith("worker") for c in case.plan.components):
        return
    yield say(
        case,
        f"{quote(case, place, 'the worker')} needs a process of its own, and the plan holds web instances only",
        why="jobs would be queued and never run; what the worker costs is not in the estimate",
        fix="deploy the same image a second time with the worker's command, and count it against the budget",
        at=place,
    )


RULE = Rule(
    code="GP120",
    name="worker-not-planned",
    severity="warning",
    covers=(),
    platforms=(),
    words=(
        "sidekiq", "celery", "resque", "delayed_job", "good_job", "bullmq", "dramatiq", "huey", "horizon", "oban",
        "hangfire", "faktory", "worker",
    ),
    check=check,
)  # fmt: skip
