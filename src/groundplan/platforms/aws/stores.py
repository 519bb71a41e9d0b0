"""Databases and caches that an answer named, at AWS or by secret reference. Knows no Terraform."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, Component, Draft, Meter, Secret, StoreWish
from groundplan.model.quantity import Range
from groundplan.platforms import _stores as held

HOURS = 730
_STORAGE_GB = 20
_LEAST = f"at least {_STORAGE_GB} GB, the smallest volume"
_DATABASE, _CACHE = "db.t4g.small", "cache.t4g.micro"
_ENGINES = {"postgres": "postgres", "database": "postgres", "mysql": "mysql", "mariadb": "mariadb"}
_URLS = {"redis": "REDIS_URL", "queue": "QUEUE_URL", "object_storage": "BUCKET_URL"}

Made = tuple[list[Component], tuple[Secret, ...], tuple[Assumption, ...]]


def stores(draft: Draft, facts: Facts) -> Made:
    """One component for each kind and provider; what AWS does not run here is reached by a secret."""
    components: list[Component] = []
    secrets: dict[str, Secret] = {}
    gaps: list[Assumption] = []
    for wish in dict.fromkeys(draft.stores):
        own = wish.provider in (None, "aws")
        if own and wish.kind in _ENGINES:
            components.append(_database(wish, draft, facts))
        elif own and wish.kind == "redis":
            components.append(_cache(wish, draft, facts))
        else:
            name = _URLS.get(wish.kind, "DATABASE_URL")
            secrets[name] = Secret(
                name=name, purpose=f"address and password of the {wish.kind.replace('_', ' ')}"
            )
            if own:
                gaps.append(_by_hand(wish))
    return components, tuple(secrets.values()), tuple(gaps)


def _database(wish: StoreWish, draft: Draft, facts: Facts) -> Component:
    size = _class(wish, facts)
    zones = ", Multi-AZ" if wish.standby else ""
    return Component(
        key="database",
        role="database",
        name=f"RDS {'PostgreSQL' if _ENGINES[wish.kind] == 'postgres' else 'MySQL'}",
        provider="aws",
        sku=size + zones,
        region=draft.places[0].code,
        meters=(
            _billed(wish, draft, facts, "Database instance", f"aws.rds.{size}", Range.flat(HOURS)),
            _billed(wish, draft, facts, "Database storage", "aws.rds.storage", _storage(draft), _LEAST),
        ),
        settings={
            "engine": _ENGINES[wish.kind],
            "class": size,
            "multi_az": wish.standby,
            "backup_days": 30 if draft.quality == "secure" else 7,
            "storage_gb": int(_storage(draft).expected),
        },
        reason=held.reason(wish, wish.size, "a small instance to start with")
        + ("; a standby in another zone takes over" if wish.standby else ", in one zone"),
        because=("hosting",),
    )


def _class(wish: StoreWish, facts: Facts) -> str:
    if wish.size or wish.need is None:
        return wish.size or _DATABASE
    priced = (
        p.removesuffix(".single")
        for p in facts.prices
        if p.startswith("aws.rds.db.") and p.endswith(".single")
    )
    every = (held.rds(p.removeprefix("aws.rds."), facts) for p in priced)
    found = held.nearest((s for s in every if s), wish.need, facts, "aws.rds.{}.single")
    return found.id if found else held.none_holds(wish.need)


def _node(wish: StoreWish, facts: Facts) -> str:
    if wish.size or wish.need is None:
        return wish.size or _CACHE
    every = (s for s in facts.skus["aws"].values() if s.kind == "cache")
    found = held.nearest(every, wish.need, facts, "aws.elasticache.{}")
    return found.id if found else held.none_holds(wish.need)


def _billed(
    wish: StoreWish, draft: Draft, facts: Facts, name: str, price: str, quantity: Range, note: str = ""
) -> Meter:
    """A standby has prices of its own; where a region's are not known, it is a second one of the same."""
    if not wish.standby:
        return Meter(name=name, price=f"{price}.single", quantity=quantity, assumption=note)
    region = draft.places[0].code
    here = facts.price(f"{price}.multi", region), facts.price(f"{price}.single", region)
    near = facts.elsewhere(f"{price}.multi"), facts.elsewhere(f"{price}.single")
    if here[0] or (not here[1] and (near[0] or not near[1])):
        return Meter(name=f"{name}, two zones", price=f"{price}.multi", quantity=quantity, assumption=note)
    both = "; ".join(n for n in (note, "twice the price of one zone") if n)
    return Meter(
        name=f"{name}, two zones",
        price=f"{price}.single",
        quantity=quantity.times(Decimal(2)),
        assumption=both,
    )


def _storage(draft: Draft) -> Range:
    gb, least = draft.load.database_gb, Decimal(_STORAGE_GB)
    return Range(max(gb.floor, least), max(gb.expected, least), max(gb.ceiling, least))


def _cache(wish: StoreWish, draft: Draft, facts: Facts) -> Component:
    size, nodes = _node(wish, facts), 2 if wish.standby else 1
    return Component(
        key="cache",
        role="cache",
        name="ElastiCache Redis",
        provider="aws",
        sku=size,
        region=draft.places[0].code,
        meters=(
            Meter(
                name="Cache node" if nodes == 1 else "Cache nodes, two zones",
                price=f"aws.elasticache.{size}",
                quantity=Range.flat(HOURS * nodes),
            ),
        ),
        settings={"nodes": nodes, "multi_az": wish.standby},
        reason=held.reason(wish, wish.size, "the smallest node")
        + ("; a second one takes over" if wish.standby else "; a cache may be lost and filled again"),
        because=("hosting",),
    )


def _by_hand(wish: StoreWish) -> Assumption:
    return Assumption(
        field="hosting.addons",
        value=f"{wish.kind} by secret reference",
        reason="groundplan does not build it yet; create it and put its address into the secret",
        confirm=True,
    )
