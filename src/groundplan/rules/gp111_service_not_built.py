"""Says that a service of the answer is understood but not built for.

## What it does
Looks for stated services of the primary platform that no plan covers.

## Why it matters
The plan would leave out a part that was asked for.

## Example
```toml
hosting = "AWS Elastic Beanstalk"
```

## Instead
The service of that platform that is built for.

## Sources
The table of platforms in the README.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Platform, Rule
from groundplan.platforms import platforms
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.hosting
    platform = platforms().get(said.primary or "")
    if platform is None or not platform.services:
        return
    there = case.plan.service if case.plan else ""
    own = _own(platform, there)
    others = [s for s in said.services if s not in own]
    if others:
        names = ", ".join(f"`{s}`" for s in others)
        yield say(
            case,
            _message(names, others, platform, there),
            why="the plan, the total and the code leave it out",
            fix=f"answer with {platform.name} on `{platform.services[0]}`, or write that part by hand",
            at="hosting.services",
        )


def _own(platform: Platform, there: str) -> tuple[str, ...]:
    """What the plan of the service `there` is a plan of; without a plan, everything that can be built."""
    usual = tuple(s for s in platform.services if s not in platform.variants)
    if not there:
        return platform.services
    return usual if there in usual else _SAME.get(there, (there,))


_SAME = {"ecs_ec2": ("ecs", "ec2")}
"""One service that two words say."""


def _message(names: str, others: list[str], platform: Platform, there: str) -> str:
    if there and all(s in platform.planned for s in others):
        return f"{names} beside `{there}` is not in the plan: groundplan plans one service of {platform.name}"
    return f"{names} on {platform.name} is understood, and groundplan does not build for it yet"


RULE = Rule(
    code="GP111",
    name="service-not-built",
    severity="error",
    covers=(),
    platforms=(),
    check=check,
)
