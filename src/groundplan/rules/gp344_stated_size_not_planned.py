"""Finds a size, stated by its vendor's name, that is not the one that was planned.

## What it does
Compares every named size of the hosting and scaling answers with the sizes in the plan. A size that is planned and has no
known price is told by GP505.

## Why it matters
What runs and what is paid for is another machine than the one you named.

## Example
```toml
hosting = "AWS ECS on Fargate"
scaling = "Manual: 2 t3.large instances"
```

## Instead
A size of the service that is planned; the finding names the nearest ones.
```toml
scaling = "Manual: 2 instances with 2 vCPU and 4 GB"
```

## Sources
The catalogue: `groundplan catalog prices`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.decision import Size
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component
from groundplan.rules._case import automatic, home
from groundplan.rules._finding import quote, say, web

PARTS = {"web": "the instances", "database": "a database", "cache": "a cache"}


def check(case: Case) -> Iterator[Diagnostic]:
    for question in ("hosting", "scaling"):
        reading = case.decisions.readings.get(question)
        for index, size in enumerate(getattr(reading.value, "sizes", ()) if reading else ()):
            at = f"{question}.sizes.{index}"
            yield from _web(case, size, at) if size.part == "web" else _store(case, size, at)


def _web(case: Case, size: Size, at: str) -> Iterator[Diagnostic]:
    if case.plan is None:
        return
    planned = web(case.plan)
    if not planned:
        return
    if _told_elsewhere(case, size) or any(_same(c, size) for c in (*planned, *case.plan.role("worker"))):
        return
    instead = planned[0].sku
    other = [s for s in case.facts.skus.get(home(case), {}).values() if s.kind == _kind(case, instead)]
    near = sorted(other, key=lambda s: (s.cpu, s.memory_mib))
    yield say(
        case,
        f"{quote(case, at, size.name)} is not planned: it is {instead}",
        why="what runs, and what is paid for, is not the machine that you named",
        fix="keep it, or answer with " + _among([s.id for s in near], instead),
        at=at,
        severity="note" if size.name in case.facts.skus.get(home(case), {}) else None,
    )


def _told_elsewhere(case: Case, size: Size) -> bool:
    """Small dynos and Basic plans that do not scale by themselves have rules of their own (GP316, GP317)."""
    small = {"heroku": ("eco", "basic", "standard-"), "azure": ("B", "F", "D1")}
    return automatic(case) and size.name.startswith(small.get(home(case), ("\n",)))


def _same(component: Component, size: Size) -> bool:
    sku, name = component.sku.lower(), size.name.lower()
    return component.provider == size.provider and (sku == name or sku.startswith(f"{name}-"))


def _kind(case: Case, sku: str) -> str:
    found = case.facts.skus.get(home(case), {}).get(sku)
    return found.kind if found else ""


def _store(case: Case, size: Size, at: str) -> Iterator[Diagnostic]:
    if case.plan is None:
        return
    planned = [c for c in case.plan.components if c.role in ("database", "cache")]
    held = [c for c in planned if c.sku.split(",")[0].lower() == size.name.lower()]
    if held:
        return
    yield say(
        case,
        f"{quote(case, at, size.name)} is not planned",
        why=f"{PARTS[size.part]} of another size, or none, is in the plan and in its price",
        fix="say which store has it, at the vendor that offers it",
        at=at,
    )


def _among(names: list[str], planned: str) -> str:
    """At most four, those around the planned one first."""
    at = names.index(planned) if planned in names else 0
    near = names[max(at - 1, 0) : at + 3]
    return ", ".join(f"`{n}`" for n in near) or "memory and CPU"


RULE = Rule(
    code="GP344",
    name="stated-size-not-planned",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("hosting.sizes", "scaling.sizes"),
    check=check,
)
