"""Finds background jobs that no process of the plan or of the written code would run.

## What it does
Looks for a job runner (Sidekiq, Celery, BullMQ and their like) or a worker process in the hosting and scaling answers. Where a
number is said (`2 Sidekiq processes`, `a worker that eats the queue`), the workers are planned and priced, and the finding is
that no code for them is written; where none is said, they are neither.

## Why it matters
Jobs would be queued and never run, or run inside the web instances and slow them down.

## Example
```toml
hosting = "AWS ECS on Fargate, a Rails application with Sidekiq"
```

## Instead
A second service from the same image with the worker's command, sized and scaled by its queue. Say how many, and they are priced.
```toml
hosting = "AWS ECS on Fargate, a Rails application"
```

## Sources
The plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Where
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

RUNNERS = (
    r"\b(?:sidekiq|celery|resque|delayed_job|good_job|bullmq|dramatiq|huey|horizon|oban|hangfire|faktory|"
    r"(?:background|queue|job) workers?|worker (?:process(?:es)?|dynos?|instances?|tasks?|machines?))\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, RUNNERS, "hosting") or find(case, RUNNERS, "scaling")
    if case.plan is None:
        return
    if any(c.key.startswith("worker.") for c in case.plan.components):
        if case.plan.target:
            yield _unwritten(case, place)
        return
    if place is None:
        return
    yield say(
        case,
        f"{quote(case, place, 'the worker')} needs a process of its own, and the plan holds web instances only",
        why="jobs would be queued and never run; what the worker costs is not in the estimate",
        fix="say how many, as in `2 workers`, and they are priced; deploy the same image again with the worker's command",
        at=place,
    )


def _unwritten(case: Case, place: Where | None) -> Diagnostic:
    return say(
        case,
        f"{quote(case, place or 'scaling.workers', 'the worker')} is planned and priced, and no code for it is written",
        why="the code that is written runs the web instances only, so jobs would be queued and never run",
        fix="deploy the same image a second time with the worker's command",
        at=place or "scaling.workers",
        severity="note",
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
