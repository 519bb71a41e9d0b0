"""Draft to Plan for Heroku: dynos, Postgres, Key-Value Store. Knows no code; prices are facts."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.facts.geography import distance_km
from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import (
    Assumption,
    Component,
    Draft,
    Meter,
    Place,
    Plan,
    StoreNeed,
    StoreWish,
    Substitution,
)
from groundplan.platforms import _lines as line
from groundplan.platforms import _stores as held
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts, placed, smallest

_HOME = "us"
_ALARMS = {
    "latency": "a threshold alert on the response time",
    "error_rate": "a threshold alert on failed requests",
    "downtime": "a check from outside",
}


def plan(draft: Draft, facts: Facts) -> Plan:
    """One app in each region; dynos that scale by themselves where that was asked for."""
    draft = _common(placed(draft, facts, _HOME), facts)
    auto = draft.scaling.mode != "manual"
    size, gaps = smallest(_dynos(draft, facts), draft.scaling, usual_mib=512)
    many = counts(draft.scaling)
    parts: list[Component] = [_web(place, size, many) for place in draft.places]
    parts += [
        _logs(draft),
        *watch.outside(draft),
        *(_store(draft, wish, facts) for wish in line.own_stores(draft)),
    ]
    return Plan(
        draft=draft,
        platform="heroku",
        service="dynos",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, _ALARMS, "an add-on that keeps metrics"),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=(
            *(
                watch.instead(draft, "heroku.autoscale.metric", ("p95_latency", "latency"), _P95)
                if auto
                else ()
            ),
            *_apart(draft),
            *watch.no_budget(
                draft, "heroku.budget.none", "the number of dynos, which caps the bill; a look each month"
            ),
        ),
        assumptions=(*draft.assumptions, *gaps, *_tier(draft, size)),
        secrets=line.secrets(draft),
    )


def _common(draft: Draft, facts: Facts) -> Draft:
    """Private Spaces have no listed price, so the nearest region of the Common Runtime serves instead."""
    known = facts.regions["heroku"]
    open_ones = [r for r in known.values() if r.default_enabled]
    places: dict[str, Place] = {}
    for place in draft.places:
        here = known[place.code]
        kept = [r for r in open_ones if r.eea or not place.eea] or open_ones
        near = min(
            kept,
            key=lambda r: (distance_km((r.latitude, r.longitude), (here.latitude, here.longitude)), r.code),
        )
        moved = Place(code=near.code, city=near.city, country=near.country, eea=near.eea, said=place.said)
        places.setdefault(near.code, place if here.default_enabled else moved)
    moved_any = [p for p in draft.places if not known[p.code].default_enabled]
    reason = (
        "regions beyond us and eu are Private Spaces of an Enterprise contract, whose price is not listed"
    )
    gaps = tuple(
        Assumption(field="regions.regions", value=code, reason=reason, confirm=True)
        for code in places
        if moved_any
    )
    return msgspec.structs.replace(
        draft, places=tuple(places.values()), assumptions=(*draft.assumptions, *gaps[:1])
    )


_P95 = "autoscaling of Performance dynos on the p95 response time, one dyno a minute"


def _dynos(draft: Draft, facts: Facts) -> list[Sku]:
    """Only Performance dynos scale by themselves; Basic runs one of a kind and is for prototypes."""
    kinds = ("dyno", "dyno_named") if draft.scaling.size else ("dyno",)
    every = [s for s in facts.skus["heroku"].values() if s.kind in kinds]
    if draft.scaling.mode != "manual":
        return [s for s in every if s.id.startswith("performance")]
    if draft.scaling.size:
        return every
    if draft.quality in ("experiment", "prototype") and draft.scaling.initial <= 1:
        return [s for s in every if not s.id.startswith("standard-1x")]
    return [s for s in every if s.id != "basic"]


def _web(place: Place, size: Sku, many: Counts) -> Component:
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Web dynos",
        provider="heroku",
        sku=size.id,
        region=place.code,
        cpu=size.cpu,
        memory_mib=size.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        meters=(Meter(name="Dynos", price=f"heroku.dyno.{size.id}", quantity=many.range),),
        reason="the smallest dyno that covers the size and the scaling; routing, TLS and traffic are included",
        because=("hosting", "regions", "scaling"),
    )


def _logs(draft: Draft) -> Component:
    meter = line.flat("Log storage add-on", "heroku.logs.addon")
    reason = "the platform keeps 1,500 lines; a place to keep more is an add-on whose plan is open"
    return line.fixed(draft, "logs", "Log storage", (meter,), reason=reason, because=("monitoring",))


def _store(draft: Draft, wish: StoreWish, facts: Facts) -> Component:
    small = draft.quality in ("experiment", "prototype")
    if wish.kind == "redis":
        plan = wish.size or _plan(draft, wish, facts, "redis", "mini" if small else "premium-0")
        meter = line.flat("Key-Value Store", f"heroku.redis.{plan}")
        reason = held.reason(wish, wish.size, "the smallest that fits the level")
        return line.store(draft, wish, "Heroku Key-Value Store", plan, (meter,), reason)
    if wish.kind not in ("postgres", "database", "postgis", "timescale"):
        return line.unknown_store(draft, wish)
    usual = "premium-0" if wish.standby else "essential-0" if small else "standard-0"
    plan = wish.size or _plan(draft, wish, facts, "postgres", usual)
    meter = line.flat("Heroku Postgres", f"heroku.postgres.{plan}")
    tier = plan.partition("-")[0]
    reason = _TIERS.get(tier, "the plan that was stated")
    wish = msgspec.structs.replace(wish, standby=tier in ("premium", "private", "shield"))
    return line.store(draft, wish, "Heroku Postgres", plan, (meter,), reason)


def _plan(draft: Draft, wish: StoreWish, facts: Facts, kind: str, usual: str) -> str:
    """The smallest plan of the tier with the memory and the room on disk that were stated."""
    told = kind == "postgres" and "database_gb" in draft.load.stated
    if wish.need is None and not told:
        return usual
    need = wish.need or StoreNeed(said=f"{draft.load.database_gb.ceiling.normalize():f} GB")
    gb = draft.load.database_gb.ceiling if told else Decimal(0)
    tier = usual.partition("-")[0] if kind == "postgres" else ""
    every = [s for s in facts.skus["heroku"].values() if s.id.startswith(f"{kind}.")]
    # Essential plans publish no memory, so a stated one takes a dedicated plan.
    found = held.nearest(
        (s for s in every if s.id.startswith(f"{kind}.{tier}")), need, facts, "heroku.{}", gb
    )
    if found is None and tier == "essential":
        found = held.nearest(every, need, facts, "heroku.{}", gb)
    return found.id.removeprefix(f"{kind}.") if found else held.none_holds(need)


_TIERS = {
    "essential": "up to 4 hours of downtime a month are tolerated",
    "standard": "up to one hour of downtime a month is tolerated; no standby",
    "premium": "with a standby, at most 15 minutes of downtime a month",
}


def _tier(draft: Draft, size: Sku) -> tuple[Assumption, ...]:
    if not size.id.startswith("performance") or draft.scaling.mode == "manual":
        return ()
    reason = "only Performance dynos scale by themselves; a fixed number of Standard dynos costs a fifth each"
    return (Assumption(field="scaling.mode", value=f"auto on {size.id}", reason=reason, confirm=True),)


def _apart(draft: Draft) -> tuple[Substitution, ...]:
    if len(draft.places) < 2:
        return ()
    made = Substitution(
        id="heroku.multiregion",
        question="regions",
        intent="one application in several regions",
        served_by="one app in each region, with DNS in front and the data left to you",
        components=tuple(f"web.{p.code}" for p in draft.places),
    )
    return (made,)
