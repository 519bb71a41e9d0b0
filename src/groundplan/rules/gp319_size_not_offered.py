"""Finds a size that the service does not have.

## What it does
Compares stated memory and CPU with the size that was planned, or with the limits of the service.

## Why it matters
The next size is billed, or nothing can be created.

## Example
```toml
hosting = "AWS Lambda"
scaling = "serverless, 12 GB memory each"
```

## Instead
A size that exists; the finding names it.
```toml
scaling = "serverless, 2 GB memory each"
```

## Sources
The services' size tables; each finding cites its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component
from groundplan.rules._case import services
from groundplan.rules._finding import quote, say, web

LIMITS = {
    "lambda": (128, 10240, 99, "aws.lambda.memory"),
    "cloud_run": (128, 32768, 8, "gcp.run.size"),
    "container_apps": (128, 8192, 4, "azure.aca.size"),
}
"""Service -> least and most memory in MB, most vCPU, the claim."""
CLAIMS = {"fly": "fly.size.memory", "aws": "aws.fargate.size", "gcp": "gcp.run.size"}
MUCH = Decimal("1.5")
ROUNDED = Decimal("1.05")


def check(case: Case) -> Iterator[Diagnostic]:
    said = case.decisions.scaling
    at = "scaling.memory_mb" if said.memory_mb else "scaling.cpu"
    for component in web(case.plan)[:1]:
        yield from _planned(case, component, at)
    for service in sorted(services(case) & LIMITS.keys()):
        low, high, cpus, claim = LIMITS[service]
        memory, cpu = said.memory_mb or low, said.cpu or 0
        if not low <= memory <= high or cpu > cpus:
            yield say(
                case,
                f"{quote(case, at, 'this size')} is outside what {service.replace('_', ' ')} takes: {low} to {high} MB"
                + (f" and at most {cpus} vCPU" if cpus < 99 else ""),
                why="it cannot be created",
                fix="a size within these limits, or another service",
                at=at,
                claim=claim,
                severity="error",
            )


def _planned(case: Case, component: Component, at: str) -> Iterator[Diagnostic]:
    said = case.decisions.scaling
    memory, cpu = component.memory_mib or 0, component.cpu or Decimal(0)
    less = memory < (said.memory_mb or 0) or cpu < (said.cpu or 0)
    more = _odd_memory(component, said.memory_mb) or (said.cpu and cpu > said.cpu * MUCH)
    if (not less and not more) or _offered(case, component.provider):
        return
    if said.cpu and memory <= (said.memory_mb or 0) * ROUNDED and not less:
        at = "scaling.cpu"
    had = f"{memory} MB and {cpu:f} vCPU"
    yield say(
        case,
        f"{quote(case, at, 'this size')} is no size of this platform; planned is {had}"
        + (", its largest" if less else ""),
        why="each instance has less than you asked for" if less else "the next size up is billed",
        fix="more instances of this size, or another platform"
        if less
        else f"keep {had}, or answer with a smaller size",
        at=at,
        claim=CLAIMS.get(component.provider, ""),
        severity="error" if less else "note",
    )


def _odd_memory(component: Component, said: int | None) -> bool:
    """Whether more memory is billed than was said; Fly.io takes any multiple of 256 MB, and 1000 MB is meant for 1 GB."""
    if not said or (component.memory_mib or 0) <= said * ROUNDED:
        return False
    return component.provider != "fly" or said % 256 != 0


def _offered(case: Case, provider: str) -> bool:
    """Whether a size is exactly as stated; the plan may still have taken a larger one for a reason of its own."""
    said = case.decisions.scaling
    return any(
        said.memory_mb in (None, sku.memory_mib) and said.cpu in (None, sku.cpu)
        for sku in case.facts.skus.get(provider, {}).values()
    )


RULE = Rule(
    code="GP319",
    name="size-not-offered",
    severity="note",
    covers=("fly.size.memory", "aws.fargate.size", "aws.lambda.memory", "gcp.run.size"),
    platforms=("fly", "aws", "gcp", "azure"),
    check=check,
)
