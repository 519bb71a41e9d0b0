"""Databases and caches that an answer named, at AWS or by secret reference. Knows no Terraform."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.plan import Assumption, Component, Draft, Meter, Secret, StoreWish
from groundplan.model.quantity import Range

HOURS = 730
_STORAGE_GB = 20
_ENGINES = {"postgres": "postgres", "database": "postgres", "mysql": "mysql", "mariadb": "mariadb"}
_URLS = {"redis": "REDIS_URL", "queue": "QUEUE_URL", "object_storage": "BUCKET_URL"}

Made = tuple[list[Component], tuple[Secret, ...], tuple[Assumption, ...]]


def stores(draft: Draft) -> Made:
    """One component for each kind and provider; what AWS does not run here is reached by a secret."""
    components: list[Component] = []
    secrets: dict[str, Secret] = {}
    gaps: list[Assumption] = []
    for wish in dict.fromkeys(draft.stores):
        own = wish.provider in (None, "aws")
        if own and wish.kind in _ENGINES:
            components.append(_database(wish, draft))
        elif own and wish.kind == "redis":
            components.append(_cache(draft))
        else:
            name = _URLS.get(wish.kind, "DATABASE_URL")
            secrets[name] = Secret(
                name=name, purpose=f"address and password of the {wish.kind.replace('_', ' ')}"
            )
            if own:
                gaps.append(_by_hand(wish))
    return components, tuple(secrets.values()), tuple(gaps)


def _database(wish: StoreWish, draft: Draft) -> Component:
    multi = draft.quality == "secure"
    kind = "multi" if multi else "single"
    return Component(
        key="database",
        role="database",
        name=f"RDS {'PostgreSQL' if _ENGINES[wish.kind] == 'postgres' else 'MySQL'}",
        provider="aws",
        sku="db.t4g.small" + (", Multi-AZ" if multi else ""),
        region=draft.places[0].code,
        memory_mib=2048,
        meters=(
            Meter(name="Database instance", price=f"aws.rds.db.t4g.small.{kind}", quantity=Range.flat(HOURS)),
            Meter(
                name="Database storage",
                price=f"aws.rds.storage.{kind}",
                quantity=_storage(draft),
                assumption=f"at least {_STORAGE_GB} GB, the smallest volume",
            ),
        ),
        settings={
            "engine": _ENGINES[wish.kind],
            "multi_az": multi,
            "backup_days": 30 if draft.quality == "secure" else 7,
            "storage_gb": int(_storage(draft).expected),
        },
        reason="a small instance to start with; two zones at the quality level secure",
        because=("hosting",),
    )


def _storage(draft: Draft) -> Range:
    gb, least = draft.load.database_gb, Decimal(_STORAGE_GB)
    return Range(max(gb.floor, least), max(gb.expected, least), max(gb.ceiling, least))


def _cache(draft: Draft) -> Component:
    return Component(
        key="cache",
        role="cache",
        name="ElastiCache Redis",
        provider="aws",
        sku="cache.t4g.micro",
        region=draft.places[0].code,
        meters=(
            Meter(name="Cache node", price="aws.elasticache.cache.t4g.micro", quantity=Range.flat(HOURS)),
        ),
        reason="the smallest node; a cache may be lost and filled again",
        because=("hosting",),
    )


def _by_hand(wish: StoreWish) -> Assumption:
    return Assumption(
        field="hosting.addons",
        value=f"{wish.kind} by secret reference",
        reason="groundplan does not build it yet; create it and put its address into the secret",
        confirm=True,
    )
