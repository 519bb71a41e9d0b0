"""Components that are alike on most platforms: traffic, logs, alarms, stores. Each platform passes its own price ids."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Role, Secret, StoreWish
from groundplan.model.quantity import Range

HOURS = 730
SECONDS = Decimal(HOURS * 3600)
SQL = ("postgres", "database", "postgis", "timescale", "mysql", "mariadb")
_ROLES: dict[str, Role] = {"redis": "cache", "queue": "queue", "object_storage": "storage"}
_URLS = {"redis": "REDIS_URL", "queue": "QUEUE_URL", "object_storage": "BUCKET_URL"}


def spread(value: Range) -> str:
    """`10, 50 and 200`."""
    return f"{value.floor:f}, {value.expected:f} and {value.ceiling:f}"


def egress(draft: Draft, place: Place, price: str, free: Decimal = Decimal(0)) -> Component:
    """Traffic from one region to the internet; the free allowance counts once, in the first region."""
    load = draft.load.egress_gb
    first = place is draft.places[0]
    meter = Meter(
        name="Traffic to the internet",
        price=price,
        quantity=load.share(len(draft.places)),
        assumption=f"{spread(load)} GB a month in all",
        free=free if first else Decimal(0),
    )
    return Component(
        key=f"egress.{place.code}",
        role="egress",
        name="Traffic to the internet",
        provider=draft.platform,
        sku="egress",
        region=place.code,
        meters=(meter,),
        reason="answers to users leave the region",
        because=("hosting",),
    )


def logs(draft: Draft, place: Place, name: str, price: str, free: Decimal = Decimal(0)) -> Component:
    load = draft.load.log_gb
    meter = Meter(
        name="Log ingestion",
        price=price,
        quantity=load.share(len(draft.places)),
        assumption=f"{spread(load)} GB a month in all",
        free=free if place is draft.places[0] else Decimal(0),
    )
    return Component(
        key=f"logs.{place.code}",
        role="logs",
        name=name,
        provider=draft.platform,
        sku="logs",
        region=place.code,
        meters=(meter,),
        reason="what the application writes",
        because=("monitoring",),
    )


def fixed(
    draft: Draft,
    role: Role,
    name: str,
    meters: tuple[Meter, ...] = (),
    *,
    key: str | None = None,
    sku: str = "",
    region: str | None = None,
    reason: str = "",
    because: tuple[str, ...] = ("hosting",),
) -> Component:
    """A component that is there once, whatever the load."""
    return Component(
        key=key or role,
        role=role,
        name=name,
        provider=draft.platform,
        sku=sku or name,
        region=region,
        meters=meters,
        reason=reason,
        because=because,
    )


def flat(name: str, price: str, quantity: Decimal | int = 1, note: str = "", free: int = 0) -> Meter:
    """A meter that does not move with the load."""
    return Meter(name=name, price=price, quantity=Range.flat(quantity), assumption=note, free=Decimal(free))


def own_stores(draft: Draft) -> tuple[StoreWish, ...]:
    """What the platform itself is asked for; what is elsewhere joins every plan alike."""
    return tuple(s for s in dict.fromkeys(draft.stores) if s.provider in (None, draft.platform))


def store(
    draft: Draft, wish: StoreWish, name: str, sku: str, meters: tuple[Meter, ...], reason: str
) -> Component:
    role = _ROLES.get(wish.kind, "database")
    made = fixed(
        draft,
        role,
        name,
        meters,
        key=f"{role}.{wish.kind}",
        sku=sku,
        region=draft.places[0].code,
        reason=reason,
    )
    return msgspec.structs.replace(made, settings={"multi_az": wish.standby})


def unknown_store(draft: Draft, wish: StoreWish) -> Component:
    """A store that has no construct here: its price is missing on purpose."""
    label = wish.kind.replace("_", " ")
    meter = flat(label.capitalize(), f"{draft.platform}.{wish.kind}")
    return store(
        draft, wish, label.capitalize(), label, (meter,), "named in the answer; size and price are open"
    )


def secrets(draft: Draft) -> tuple[Secret, ...]:
    made = {
        _URLS.get(s.kind, "DATABASE_URL"): f"address and password of {s.kind.replace('_', ' ')}"
        for s in reversed(draft.stores)
    }
    return tuple(Secret(name=name, purpose=purpose) for name, purpose in made.items())


def sql_kind(wish: StoreWish) -> tuple[Assumption, ...]:
    if wish.kind != "database":
        return ()
    gap = Assumption(
        field="hosting.addons",
        value="PostgreSQL",
        reason="a database was named without its kind",
        confirm=True,
    )
    return (gap,)
