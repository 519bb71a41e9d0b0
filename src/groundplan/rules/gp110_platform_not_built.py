"""Says that the platform of the answer is understood, or planned, and that no code is written for it.

## What it does
Looks for a primary platform, or a service of it, that has no plan yet, or a plan and no code.

## Why it matters
There is no code to apply; where there is no plan either, there is no estimate. The documents can still record the decision.

## Example
```toml
hosting = "Vercel"
```

## Instead
Fly.io for a simple platform, AWS ECS on Fargate for a full cloud.

## Sources
The table of platforms in the README.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.names import name
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Platform, Rule
from groundplan.platforms import platforms
from groundplan.rules._finding import quote, say

SIMPLE = {"heroku", "vercel", "railway", "render", "digitalocean", "netlify", "hetzner", "onprem", "ovh"}


def check(case: Case) -> Iterator[Diagnostic]:
    primary = case.decisions.hosting.primary
    known = platforms().get(primary or "")
    if primary is None:
        return
    if known and known.targets:
        yield from _service_only(case, known)
        return
    if known and known.services and case.plan is None:
        return  # GP111 names the service that keeps the plan from being made
    if known and known.services:
        yield _planned_only(case, known)
        return
    near = "Fly.io" if primary in SIMPLE else "AWS ECS on Fargate"
    yield say(
        case,
        f"{quote(case, 'hosting.primary', primary)} is understood, and groundplan does not build for it yet",
        why="there is no plan, no estimate and no code for it",
        fix=f"`groundplan apply --only documents` records the decision; the nearest that is built for is {near}",
        at="hosting.primary",
    )


def _service_only(case: Case, known: Platform) -> Iterator[Diagnostic]:
    """A service without code, on a platform for whose default service code is written."""
    service = case.plan.service if case.plan else ""
    if service in known.unwritten:
        first = name(known.services[0])
        single = service in case.decisions.hosting.services
        said = quote(case, "hosting.services", name(service)) if single else f"`{name(service)}`"
        yield say(
            case,
            f"{said} on {known.name} is planned and priced, and groundplan does not write its code yet",
            why="the documents hold the plan, the cost and the decision; the code is yours to write",
            fix=f"`groundplan apply --only documents` records the plan; {known.name} on {first} is written as code too",
            at="hosting.services",
        )


def _planned_only(case: Case, known: Platform) -> Diagnostic:
    return say(
        case,
        f"{quote(case, 'hosting.primary', known.name)} is planned and priced, and groundplan does not write its code yet",
        why="the documents hold the plan, the cost and the decision; the code is yours to write",
        fix="`groundplan apply --only documents` records the plan; Fly.io and AWS ECS on Fargate are written as code too",
        at="hosting.primary",
    )


RULE = Rule(
    code="GP110",
    name="platform-not-built",
    severity="error",
    covers=(),
    platforms=(),
    check=check,
)
