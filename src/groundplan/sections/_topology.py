"""The planned topology as a Mermaid flowchart. Knows boxes and arrows; not where the drawing stands."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts import names
from groundplan.model.plan import Component, Plan
from groundplan.sections import _words as w

_ESCAPES = {
    '"': "#quot;",
    "#": "#35;",
    "<": "#lt;",
    ">": "#gt;",
    "`": "#96;",
    "&": "#amp;",
    "|": "#124;",
    ";": "#59;",
}


def topology(plan: Plan) -> str:
    """Users to what answers them, and on to the stores, what watches and whom it tells; the same plan, the same lines."""
    return "\n".join(["flowchart LR", 'users(["Users"])', *_regions(plan), *_stores(plan), *_watching(plan)])


def _regions(plan: Plan) -> Iterator[str]:
    for n, place in enumerate(plan.places):
        web = [c for c in plan.role("web") if c.region in (place.code, None)]
        front = next((c for c in plan.role("balancer") if c.region in (place.code, None)), None)
        yield f'subgraph region{n}["{escaped(f"{place.city} ({place.code})")}"]'
        if front:
            yield f'front{n}["{escaped(front.name)}"]'
        for m, c in enumerate(web):
            yield f'web{n}_{m}["{escaped(c.name)}: {_count(c)}"]'
        behind = w.workers(plan)
        if behind and behind.region == place.code:
            yield f'worker["{escaped(behind.name)}: {_count(behind)}"]'
        yield "end"
        yield from (f"users --> front{n}" for _ in range(bool(front)))
        yield from (f"{f'front{n}' if front else 'users'} --> web{n}_{m}" for m in range(len(web)))


def _count(c: Component) -> str:
    return str(c.minimum) if c.minimum == c.maximum else f"{c.minimum} to {c.maximum}"


def _webs(plan: Plan) -> list[str]:
    return [
        f"web{n}_{m}"
        for n, place in enumerate(plan.places)
        for m, _ in enumerate([c for c in plan.role("web") if c.region in (place.code, None)])
    ]


def _stores(plan: Plan) -> Iterator[str]:
    for n, c in enumerate(w.stores(plan)):
        yield f'store{n}[("{escaped(_plain(c, plan.platform))}")]'
        yield from (f"{web} --> store{n}" for web in (*_webs(plan), *(["worker"] if w.workers(plan) else [])))


def _plain(c: Component, platform: str) -> str:
    if c.provider == platform or w.name(c.provider).casefold() in c.name.casefold():
        return c.name
    return f"{names.spelled(c.sku) or c.name} on {w.name(c.provider)}"


def _watching(plan: Plan) -> Iterator[str]:
    if not plan.alarms:
        return
    yield f'alarms{{{{"{w.counted(len(plan.alarms), "alarm")}"}}}}'
    yield from (f"{web} -.-> alarms" for web in _webs(plan))
    for n, route in enumerate(plan.routes):
        yield f'told{n}["{escaped(w.name(route.channel))}"]'
        yield f"alarms -.-> told{n}"


def escaped(text: str) -> str:
    """Text of a box: nothing that ends the quotes, opens markup or breaks the line."""
    return "".join(_ESCAPES.get(c, c if c.isprintable() else " ") for c in " ".join(text.split()))
