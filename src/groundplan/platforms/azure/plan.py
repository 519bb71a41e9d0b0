"""Draft to Plan for Container Apps and App Service. Knows no code; prices are facts."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Plan, StoreWish
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _seconds as seconds
from groundplan.platforms import _stores as held
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts, named, placed, smallest
from groundplan.platforms.azure import compute

_HOME = "eastus"
_SCALES_ON = {
    "container_apps": ("cpu", "memory", "requests", "concurrency", "queue"),
    "app_service": ("cpu", "memory", "requests", "queue"),
}
_ALARMS = {
    c: f"an Azure Monitor alert on {what}"
    for c, what in {
        "downtime": "an availability test",
        "error_rate": "the share of 5xx answers",
        "latency": "the response time",
        "cpu": "the CPU",
        "memory": "the memory",
        "disk": "the disk of the database",
    }.items()
}


def plan(draft: Draft, facts: Facts) -> Plan:
    """One app in each region; Front Door before more than one."""
    draft = placed(draft, facts, _HOME)
    service = draft.service or "container_apps"
    if service == "aks":
        return _aks(draft, facts)
    apps = service == "container_apps"
    size, gaps = smallest(_sizes(draft, facts, service), draft.scaling)
    many = counts(draft.scaling, zero=apps and _zero(draft))
    parts: list[Component] = []
    for place in draft.places:
        parts.append(_app(draft, place, size, many) if apps else _web_app(place, size, many))
        parts.append(line.egress(draft, place, "azure.egress.gb", free=Decimal(100)))
        parts.append(line.logs(draft, place, "Log Analytics", "azure.logs.ingest", free=Decimal(5)))
    parts += [*_shared(draft), *(_store(draft, wish, facts) for wish in line.own_stores(draft))]
    return Plan(
        draft=draft,
        platform="azure",
        service=service,
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, _ALARMS, "a metric that the application publishes"),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=watch.instead(draft, "azure.aca.metric", _SCALES_ON[service], "scaling on CPU at 60 %"),
        assumptions=(*draft.assumptions, *gaps, *_zero_gap(draft, apps)),
        secrets=line.secrets(draft),
        log_retention_days=31,
    )


def _aks(draft: Draft, facts: Facts) -> Plan:
    """A Standard cluster in each region, with the same surroundings."""
    made = compute.aks(draft)
    parts = list(made.parts)
    for place in draft.places:
        parts.append(line.egress(draft, place, "azure.egress.gb", free=Decimal(100)))
        parts.append(line.logs(draft, place, "Log Analytics", "azure.logs.ingest", free=Decimal(5)))
    parts += [*_shared(draft), *(_store(draft, wish, facts) for wish in line.own_stores(draft))]
    return Plan(
        draft=draft,
        platform="azure",
        service="aks",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, _ALARMS, "a metric that the application publishes"),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=made.substitutions,
        assumptions=(*draft.assumptions, *made.assumptions),
        secrets=line.secrets(draft),
        log_retention_days=31,
    )


def _sizes(draft: Draft, facts: Facts, service: str) -> list[Sku]:
    """On App Service only Premium scales by rules and is cheaper than Standard with more memory."""
    fits = [s for s in facts.skus["azure"].values() if s.kind == service]
    if service == "container_apps":
        return fits
    scaled = draft.scaling.mode != "manual" or draft.quality in ("production", "secure")
    auto = draft.scaling.mode != "manual"
    stated = named((s for s in fits if not auto or not s.id.startswith("B")), draft.scaling)
    return [stated] if stated else [s for s in fits if s.id.startswith("P" if scaled else "B")]


def _zero(draft: Draft) -> bool:
    """CPU and memory rules cannot wake an app that sleeps."""
    return not any(t.metric in ("cpu", "memory") for t in draft.scaling.triggers)


def _zero_gap(draft: Draft, apps: bool) -> tuple[Assumption, ...]:
    if draft.scaling.minimum > 0 or (apps and _zero(draft)) or draft.scaling.mode == "manual":
        return ()
    reason = (
        "a CPU or memory rule cannot start the first instance" if apps else "App Service keeps one instance"
    )
    return (Assumption(field="scaling.min_instances", value="1", reason=reason, confirm=True),)


def _app(draft: Draft, place: Place, size: Sku, many: Counts) -> Component:
    meters = seconds.meters(draft, place, size, many, "azure.aca")
    return _web(
        place, size, many, "Container App", meters, "the smallest pair of CPU and memory that covers it"
    )


def _web_app(place: Place, size: Sku, many: Counts) -> Component:
    meter = Meter(name="Plan instances", price=f"azure.app_service.{size.id}", quantity=many.range)
    return _web(place, size, many, "App Service plan, Linux", (meter,), "billed by the instance, used or not")


def _web(
    place: Place, size: Sku, many: Counts, name: str, meters: tuple[Meter, ...], reason: str
) -> Component:
    return Component(
        key=f"web.{place.code}",
        role="web",
        name=name,
        provider="azure",
        sku=size.id,
        region=place.code,
        cpu=size.cpu,
        memory_mib=size.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        meters=meters,
        reason=reason,
        because=("hosting", "regions", "scaling"),
    )


def _shared(draft: Draft) -> list[Component]:
    registry = line.flat("Basic registry", "azure.registry.basic", 30, "billed by the day")
    count = len(draft.alarms) * len(draft.places)
    alarms = line.flat("Metric alerts", "azure.alarm", count, "one time series for each condition and region")
    parts = [
        line.fixed(draft, "registry", "Container Registry", (registry,), region=draft.places[0].code,
                   reason="holds the image"),
        line.fixed(draft, "alarm", "Azure Monitor alerts", (alarms,), key="alarms",
                   reason="one for each stated condition", because=("monitoring",)),
        line.fixed(draft, "budget", "Cost Management budget", because=("budget",),
                   reason="tells at the stated thresholds, 8 to 24 hours late; costs nothing"),
        *watch.outside(draft),
    ]  # fmt: skip
    if len(draft.places) > 1:
        door = line.flat("Front Door Standard", "azure.frontdoor.standard")
        reason = "an app is regional; one address in front of several needs it"
        parts.append(line.fixed(draft, "balancer", "Front Door", (door,), reason=reason))
    return parts


def _store(draft: Draft, wish: StoreWish, facts: Facts) -> Component:
    if wish.kind == "redis":
        return _redis(draft, wish, facts)
    if wish.kind not in line.SQL:
        return line.unknown_store(draft, wish)
    copies = 2 if wish.standby else 1
    size = (wish.size or _server(wish, facts)).removeprefix("Standard_")
    meters = (
        line.flat("Flexible server", f"azure.postgres.{size}", line.HOURS * copies),
        Meter(name="Database storage", price="azure.postgres.storage",
              quantity=_volumes(draft.load.database_gb).times(Decimal(copies)),
              assumption="volumes come in 32, 64, 128 GB and so on"),
    )  # fmt: skip
    reason = held.reason(wish, wish.size, "a small instance to start with")
    reason += "; a standby in another zone takes over" if wish.standby else ", without a standby"
    sku = size + (", zone-redundant" if wish.standby else "")
    return line.store(draft, wish, "Azure Database for PostgreSQL", sku, meters, reason)


def _server(wish: StoreWish, facts: Facts) -> str:
    """A burstable server has no standby."""
    if wish.need is None:
        return "D2ds_v5" if wish.standby else "B1ms"
    need = msgspec.structs.replace(wish.need, steady=wish.need.steady or wish.standby)
    every = (s for s in facts.skus["azure"].values() if s.kind in ("database", "database_burst"))
    found = held.nearest(every, need, facts, "azure.{}")
    return found.id.removeprefix("postgres.") if found else held.none_holds(need)


def _volumes(gb: Range) -> Range:
    def size(wanted: Decimal) -> Decimal:
        volume = Decimal(32)
        while volume < wanted:
            volume *= 2
        return volume

    return Range(size(gb.floor), size(gb.expected), size(gb.ceiling))


def _redis(draft: Draft, wish: StoreWish, facts: Facts) -> Component:
    nodes = 2 if wish.standby or draft.quality == "secure" else 1
    size = "managed_redis.b0"
    if wish.need:
        every = (s for s in facts.skus["azure"].values() if s.kind == "cache")
        found = held.nearest(every, wish.need, facts, "azure.{}")
        size = found.id if found else held.none_holds(wish.need)
    name = size.removeprefix("managed_redis.").upper() if size.startswith("managed_redis.") else size
    meter = line.flat(f"Managed Redis {name}", f"azure.{size}", line.HOURS * nodes)
    reason = held.reason(wish, None, "the smallest")
    reason += "; two nodes" if nodes == 2 else ", one node and no service level"
    return line.store(draft, wish, "Azure Managed Redis", f"Balanced {name}", (meter,), reason)
