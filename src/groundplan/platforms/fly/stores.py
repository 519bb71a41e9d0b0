"""Databases, caches and queues that an answer named. Knows what Fly.io offers and where; not how to build it."""

from __future__ import annotations

from decimal import Decimal

from groundplan.facts.geography import distance_km
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import (
    Assumption,
    Component,
    Draft,
    Meter,
    Place,
    Role,
    Secret,
    StoreWish,
    Substitution,
)
from groundplan.model.quantity import Range
from groundplan.platforms import _stores as held
from groundplan.platforms.fly.part import Part, join
from groundplan.platforms.fly.scaling import scale

_STORAGE_GB = 10
_ROLES: dict[str, Role] = {
    "redis": "cache",
    "queue": "queue",
    "object_storage": "storage",
    "search": "database",
}
_SQL = ("postgres", "database", "postgis", "timescale")
_URLS = {"redis": "REDIS_URL", "queue": "QUEUE_URL", "object_storage": "BUCKET_URL"}


def stores(draft: Draft, facts: Facts) -> Part:
    """Plan every named store near the primary region; each kind and provider once."""
    wishes = dict.fromkeys(draft.stores)
    return join(_store(wish, draft, facts) for wish in wishes)


def _store(wish: StoreWish, draft: Draft, facts: Facts) -> Part:
    at_fly = wish.provider in (None, "fly")
    if at_fly and wish.kind in _SQL:
        return _postgres(wish, draft, facts)
    if wish.kind in ("redis", "queue") and (at_fly or wish.provider == "upstash"):
        return _redis(wish, draft, facts)
    if at_fly and wish.kind == "sqlite":
        return Part(components=(_volume(draft),))
    return _elsewhere(wish, draft)


def _volume(draft: Draft) -> Component:
    """SQLite is a file: each Machine that may run has a volume of its own, which is paid while it is stopped too."""
    count = Decimal(scale(draft).maximum * len(draft.places))
    size = draft.load.database_gb
    return Component(
        key="database.sqlite",
        role="database",
        name="SQLite on a volume",
        provider="fly",
        sku="volume",
        region=draft.places[0].code,
        meters=(
            Meter(
                name="Volume",
                price="fly.volume",
                quantity=size.times(count),
                assumption=f"{size.expected:f} GB for each Machine; daily snapshots cost nothing up to 10 GB",
            ),
        ),
        settings={"mount": "/data", "volume_gb": int(size.expected)},
        reason="a file on a volume of the Machine, mounted at /data",
        because=("hosting",),
    )


def _postgres(wish: StoreWish, draft: Draft, facts: Facts) -> Part:
    place = draft.places[0]
    region = _offered(place, facts)
    size = _size(wish, facts, "database", "mpg.basic")
    plan = size.removeprefix("mpg.").capitalize() if size.startswith("mpg.") else size
    meters = (
        Meter(name=f"Managed Postgres {plan}", price=f"fly.{size}", quantity=Range.flat(1)),
        Meter(
            name="Database storage",
            price="fly.mpg.storage",
            quantity=draft.load.database_gb,
            assumption=""
            if "database_gb" in draft.load.stated
            else f"{_STORAGE_GB} GB, the smallest that flyctl offers by default",
        ),
    )
    made = Component(
        key="database.postgres",
        role="database",
        name="Managed Postgres",
        provider="fly",
        sku=size.removeprefix("mpg."),
        region=region,
        meters=meters,
        settings={
            "cluster": f"{draft.project}-db",
            "plan": plan,
            "volume_gb": int(draft.load.database_gb.expected),
        },
        reason="the supported Postgres on Fly.io, highly available; "
        + held.reason(wish, None, "Basic is its smallest plan"),
        because=("hosting",),
    )
    replaced = Substitution(
        id="fly.postgres.kind",
        question="hosting",
        intent="PostgreSQL on Fly.io",
        served_by=f"Managed Postgres, plan {plan}; unmanaged Fly Postgres is no longer supported",
        components=(made.key,),
    )
    return Part(
        components=(made,),
        substitutions=(replaced,),
        assumptions=_postgres_gaps(wish, plan, place, region),
        secrets=(
            Secret(
                name="DATABASE_URL", purpose="address and password of the database; set by fly mpg attach"
            ),
        ),
    )


def _postgres_gaps(wish: StoreWish, plan: str, place: Place, region: str) -> tuple[Assumption, ...]:
    gaps = [
        _gap("addons", f"Managed Postgres {plan}", "which of the two Postgres products was not stated", True)
    ]
    if wish.kind == "database":
        gaps.append(_gap("addons", "PostgreSQL", "a database was named without its kind", True))
    if region != place.code:
        reason = (
            f"Managed Postgres is not offered in {place.code} ({place.city}); this is the nearest that has it"
        )
        gaps.append(_gap("addons", f"database in {region}", reason, True))
    return tuple(gaps)


def _size(wish: StoreWish, facts: Facts, kind: str, usual: str) -> str:
    if wish.need is None:
        return usual
    every = (s for s in facts.skus["fly"].values() if s.kind in (kind, f"{kind}_burst"))
    found = held.nearest(every, wish.need, facts, "fly.{}")
    return found.id if found else held.none_holds(wish.need)


def _redis(wish: StoreWish, draft: Draft, facts: Facts) -> Part:
    place = draft.places[0]
    role = _ROLES[wish.kind]
    size = _size(wish, facts, "cache", "upstash.fixed-250mb")
    plan = size.removeprefix("upstash.fixed-").replace("mb", " MB").replace("gb", " GB")
    made = Component(
        key=f"{role}.redis",
        role=role,
        name="Upstash Redis",
        provider="upstash",
        sku=size.removeprefix("upstash."),
        region=place.code,
        meters=(Meter(name=f"Fixed plan {plan}", price=f"fly.{size}", quantity=Range.flat(1)),),
        settings={"database": f"{draft.project}-redis", "plan": f"Fixed {plan.replace(' ', '')}"},
        reason="billed through Fly.io and reached over its private network; a fixed plan has a known price",
        because=("hosting",),
    )
    reason = f"pay as you go bills every command, and queues poll all the time; raise it when {plan} are full"
    gaps = [_gap("addons", f"Upstash fixed plan {plan}", reason, True)]
    if wish.kind == "queue":
        gaps.append(_gap("addons", "a Redis queue", "Fly.io has no queue of its own", True))
    url = Secret(name="REDIS_URL", purpose="address and password of the Redis database")
    return Part(components=(made,), assumptions=tuple(gaps), secrets=(url,))


def _elsewhere(wish: StoreWish, draft: Draft) -> Part:
    """A store at another provider, or a kind that Fly.io does not run: named, its price unknown on purpose."""
    provider = wish.provider if wish.provider not in (None, "fly") else "undecided"
    role = _ROLES.get(wish.kind, "database")
    label = wish.kind.replace("_", " ")
    made = Component(
        key=f"{role}.{wish.kind}",
        role=role,
        name=label.capitalize(),
        provider=provider or "undecided",
        sku=label,
        region=None,
        meters=(_bucket(),)
        if provider == "tigris"
        else (Meter(name=f"{label} at {provider}", price=f"{provider}.{wish.kind}", quantity=Range.flat(1)),),
        reason=f"named in the answer; choose a place near {draft.places[0].city}",
        because=("hosting",),
    )
    name = _URLS.get(wish.kind, "DATABASE_URL")
    gaps: tuple[Assumption, ...] = ()
    if provider == "undecided":
        gaps = (
            _gap("addons", f"a provider for {label}", "Fly.io does not offer it as a managed service", True),
        )
    return Part(
        components=(made,),
        assumptions=gaps,
        secrets=(Secret(name=name, purpose=f"address and password of {label}"),),
    )


def _bucket() -> Meter:
    note = "10 GB stored, the first 5 of them free; requests and traffic are not counted"
    return Meter(
        name="Storage", price="tigris.gb", quantity=Range.of(1, 10, 50), free=Decimal(5), assumption=note
    )


def _offered(place: Place, facts: Facts) -> str:
    """The region with Managed Postgres nearest to `place`; data in the EEA stays in the EEA."""
    regions = facts.regions["fly"]
    open_ones = [r for r in regions.values() if r.status == "open" and "managed_postgres" in r.services]
    if any(r.code == place.code for r in open_ones):
        return place.code
    home = regions.get(place.code)
    kept = [r for r in open_ones if r.eea] if place.eea else open_ones
    if home is None:
        return kept[0].code
    here = (home.latitude, home.longitude)
    return min(kept, key=lambda r: (distance_km(here, (r.latitude, r.longitude)), r.code)).code


def _gap(field: str, value: str, reason: str, confirm: bool = False) -> Assumption:
    return Assumption(field=f"hosting.{field}", value=value, reason=reason, confirm=confirm)
