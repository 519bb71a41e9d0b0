"""Which stores an answer asks for, and how large. A size by its vendor's name is a need that any other vendor can meet.

Knows no vendor; `platforms/_stores.py` says what a named size holds.
"""

from __future__ import annotations

from decimal import Decimal

from groundplan.facts.names import name
from groundplan.model.decision import Addon, Decisions, Size
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, StoreNeed, StoreWish
from groundplan.plan.said_load import Figure, because, store_figures
from groundplan.platforms import _stores as held

_SQL = ("postgres", "mysql", "mariadb", "database", "postgis", "timescale")


def stores(
    decisions: Decisions, platform: str, facts: Facts
) -> tuple[tuple[StoreWish, ...], tuple[Assumption, ...]]:
    """One wish for each store, at `platform` unless it is somebody else's, and the words that told how large."""
    said = decisions.hosting
    own = {platform, said.primary, None}
    figures = store_figures(decisions)
    wishes = tuple(
        StoreWish(
            kind=a.kind,
            provider=None if a.provider in own else a.provider,
            size=stated.name if stated and stated.provider == platform else None,
            standby=a.kind in said.standby,
            need=_named(stated, facts) if stated else _figured(a, figures),
        )
        for a in said.addons
        if not _again(a, said.addons)
        for stated in (_size(decisions, a),)
    )
    return wishes, tuple(_told(wishes, figures))


def _again(addon: Addon, every: tuple[Addon, ...]) -> bool:
    """A database without its kind beside one with a kind at the same place is the same one, said again."""
    return addon.kind == "database" and any(
        other.kind in ("postgres", "mysql", "mariadb") and addon.provider in (None, other.provider)
        for other in every
    )


def _part(kind: str) -> str:
    return "cache" if kind == "redis" else "database"


def _size(decisions: Decisions, addon: Addon) -> Size | None:
    """The stated size of a store, in whichever answer."""
    at = addon.provider or decisions.hosting.primary
    said = (*decisions.hosting.sizes, *decisions.scaling.sizes)
    return next((s for s in said if s.part == _part(addon.kind) and s.provider == at), None)


def _named(size: Size, facts: Facts) -> StoreNeed:
    row = held.of_size(size, facts)
    if row is None:
        return StoreNeed(unknown=True, said=size.name)
    cpu = f"{row.cpu.normalize():f} vCPU and " if row.cpu else ""
    return StoreNeed(
        memory_mib=row.memory_mib,
        cpu=row.cpu,
        steady=row.kind == "database",
        said=f"{size.name}, {cpu}{held.memory(row.memory_mib)}",
    )


def _figured(addon: Addon, figures: dict[str, Figure]) -> StoreNeed | None:
    if addon.kind == "redis" and "cache_mib" in figures:
        found = figures["cache_mib"]
        return StoreNeed(memory_mib=int(found.value), said=held.memory(int(found.value)))
    memory, cpu = figures.get("database_mib"), figures.get("database_cpu")
    if addon.kind not in _SQL or not (memory or cpu):
        return None
    return StoreNeed(
        memory_mib=int(memory.value) if memory else 0,
        cpu=cpu.value if cpu else Decimal(0),
        steady=cpu is not None,
        said=" and ".join(f.words for f in (cpu, memory) if f),
    )


def _told(wishes: tuple[StoreWish, ...], figures: dict[str, Figure]) -> list[Assumption]:
    made = []
    for wish in wishes:
        names = ("cache_mib",) if wish.kind == "redis" else ("database_mib", "database_cpu")
        for figure in (figures[n] for n in names if n in figures):
            if wish.need is not None and (wish.kind == "redis" or wish.kind in _SQL):
                value = f"{name(wish.kind)} of {wish.need.said}"
                reason = because(figure.words, figure.question)
                made.append(Assumption(field="hosting.addons", value=value, reason=reason))
    return made
