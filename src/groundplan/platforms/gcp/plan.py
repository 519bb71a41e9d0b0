"""Draft to Plan for Cloud Run: a service in each region, stores in the first. Knows no code; prices are facts."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Component, Draft, Meter, Place, Plan, StoreWish
from groundplan.platforms import _lines as line
from groundplan.platforms import _seconds as seconds
from groundplan.platforms import _stores as held
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts, placed, smallest
from groundplan.platforms.gcp import compute

_HOME = "us-central1"
_SCALES_ON = ("cpu", "requests", "concurrency")
ALWAYS = {
    "gcp.run.vcpu": "gcp.run.instance.vcpu",
    "gcp.run.vcpu_idle": "gcp.run.instance.vcpu",
    "gcp.run.gib": "gcp.run.instance.gib",
}
"""What an instance costs that works without a request, such as one of a worker pool."""
_ALARMS = {
    c: f"an alerting policy of Cloud Monitoring on {what}"
    for c, what in {
        "downtime": "an uptime check",
        "error_rate": "the share of 5xx answers",
        "latency": "the request latency",
        "cpu": "the CPU of the instances",
        "memory": "the memory of the instances",
        "disk": "the disk of the database",
    }.items()
}


def plan(draft: Draft, facts: Facts) -> Plan:
    """Request-based billing: instances that wait are billed at the idle price, busy ones in full."""
    draft = placed(draft, facts, _HOME)
    if draft.service in ("gke", "app_engine"):
        return _other(draft, facts)
    sizes = (s for s in facts.skus["gcp"].values() if s.kind == "cloud_run")
    size, gaps = smallest(sizes, draft.scaling)
    many = counts(draft.scaling, zero=True)
    parts: list[Component] = []
    for place in draft.places:
        parts.append(_web(draft, place, size, many))
        parts.append(line.egress(draft, place, "gcp.egress.gb", free=Decimal(1)))
        parts.append(line.logs(draft, place, "Cloud Logging", "gcp.logs.ingest", free=Decimal(50)))
    parts += [*_shared(draft), *(_store(draft, wish) for wish in line.own_stores(draft))]
    return Plan(
        draft=draft,
        platform="gcp",
        service="cloud_run",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, _ALARMS, "a metric that the application publishes"),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=watch.instead(
            draft, "gcp.run.metric", _SCALES_ON, "scaling on CPU and requests in flight, each at 60 %"
        ),
        assumptions=(*draft.assumptions, *gaps),
        secrets=line.secrets(draft),
        log_retention_days=30,
    )


def _other(draft: Draft, facts: Facts) -> Plan:
    """GKE and App Engine with the same surroundings."""
    made = {"gke": compute.gke, "app_engine": compute.app_engine}[draft.service or ""](draft, facts)
    parts = list(made.parts)
    for place in draft.places:
        parts.append(line.egress(draft, place, "gcp.egress.gb", free=Decimal(1)))
        parts.append(line.logs(draft, place, "Cloud Logging", "gcp.logs.ingest", free=Decimal(50)))
    parts += [c for c in _shared(draft) if c.role != "balancer"]
    parts += [_store(draft, wish) for wish in line.own_stores(draft)]
    return Plan(
        draft=draft,
        platform="gcp",
        service=draft.service or "",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, _ALARMS, "a metric that the application publishes"),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=made.substitutions,
        assumptions=(*draft.assumptions, *made.assumptions),
        secrets=line.secrets(draft),
        log_retention_days=30,
    )


def _web(draft: Draft, place: Place, size: Sku, many: Counts) -> Component:
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Cloud Run service",
        provider="gcp",
        sku=size.id,
        region=place.code,
        cpu=size.cpu,
        memory_mib=size.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        meters=seconds.meters(draft, place, size, many, "gcp.run"),
        reason="a whole vCPU, because less serves one request at a time; the smallest size that covers the rest",
        because=("hosting", "regions", "scaling"),
    )


def _shared(draft: Draft) -> list[Component]:
    region = draft.places[0].code
    images = line.flat("Images", "gcp.registry.gb", 5, "5 GB of images")
    parts = [
        line.fixed(
            draft, "registry", "Artifact Registry", (images,), region=region, reason="holds the image"
        ),
        line.fixed(
            draft,
            "alarm",
            "Cloud Monitoring alerts",
            key="alarms",
            reason="metrics of the platform and the first million uptime checks cost nothing",
            because=("monitoring",),
        ),
        line.fixed(
            draft,
            "budget",
            "Cloud Billing budget",
            reason="tells at the stated thresholds, up to a day late; costs nothing",
            because=("budget",),
        ),
        *watch.outside(draft),
    ]
    if len(draft.places) > 1:
        rules = line.flat("Forwarding rules", "gcp.balancer.rules", line.HOURS, "up to five rules together")
        parts.append(
            line.fixed(
                draft,
                "balancer",
                "Global load balancer",
                (rules,),
                reason="a service is regional; one address in front of several needs it",
            )
        )
    return parts


def _store(draft: Draft, wish: StoreWish) -> Component:
    if wish.kind == "redis":
        return _redis(draft, wish)
    if wish.kind not in line.SQL:
        return line.unknown_store(draft, wish)
    return _database(draft, wish)


_TIERS = ((4, "m1"), (10, "m2"), (35, "m3"), (100, "m4"), (300, "m5"))
"""The most GB of each tier of Memorystore: a larger instance costs less for each GB."""


def _redis(draft: Draft, wish: StoreWish) -> Component:
    level = "standard" if wish.standby else "basic"
    wanted = wish.need.memory_mib if wish.need else 1024
    gb = max(-(-wanted // 1024), 1)
    tier = next((t for most, t in _TIERS if gb <= most), "none")
    meter = line.flat(f"Memorystore, {gb} GB", f"gcp.redis.{level}.{tier}", line.HOURS * gb)
    usual = "the smallest" if wish.standby else "the smallest; a cache may be lost"
    reason = held.reason(wish, None, usual) + ("; a replica in another zone" if wish.standby else "")
    return line.store(draft, wish, "Memorystore", f"{level} {gb} GB", (meter,), reason)


_SHARED = ("db-f1-micro", "db-g1-small")
_SHARED_MIB = 1740
"""What db-g1-small holds."""


def _size(wish: StoreWish) -> str:
    """A shared core has no service level, so a standby takes a dedicated one where no size was stated."""
    need = wish.need
    if wish.size or need is None:
        return wish.size or ("db-custom-1-3840" if wish.standby else "db-g1-small")
    if need.unknown:
        return held.none_holds(need)
    if not (wish.standby or need.steady) and need.memory_mib <= _SHARED_MIB:
        return "db-g1-small"
    memory = max(3840, -(-need.memory_mib // 256) * 256)
    cpus = max(need.cpu if need.steady else Decimal(1), Decimal(memory) / _MOST_MIB)
    whole = 1 if cpus <= 1 else int((cpus / 2).to_integral_value(ROUND_CEILING)) * 2
    return f"db-custom-{whole}-{max(memory, -(-whole * _LEAST_MIB // 256) * 256)}"


_LEAST_MIB, _MOST_MIB = 922, 6656
"""MB for each vCPU of a custom machine: from 0.9 to 6.5 GB; vCPUs are one or an even number."""


def _database(draft: Draft, wish: StoreWish) -> Component:
    size = _size(wish)
    ha, zones = ("_ha", ", two zones") if wish.standby else ("", "")
    storage = Meter(
        name=f"Database storage{zones}", price=f"gcp.sql.ssd{ha}", quantity=draft.load.database_gb
    )
    reason = held.reason(wish, wish.size, "a small instance to start with")
    reason += "; a standby in another zone takes over" if wish.standby else ", in one zone"
    reason += " and without a service level" if size in _SHARED else ""
    meters = (*_machine(size, ha, zones), storage)
    return line.store(draft, wish, "Cloud SQL", size + (", regional" if ha else ""), meters, reason)


def _machine(size: str, ha: str, zones: str) -> tuple[Meter, ...]:
    custom = held.CUSTOM.fullmatch(size)
    if custom is None:
        copies = 2 if ha else 1
        price = f"gcp.sql.{size.removeprefix('db-')}"
        return (line.flat(f"Cloud SQL {size}{zones}", price, line.HOURS * copies),)
    cpus, gib = Decimal(custom[1]), Decimal(custom[2]) / 1024
    return (
        line.flat(f"Cloud SQL vCPU{zones}", f"gcp.sql.vcpu{ha}", line.HOURS * cpus),
        line.flat(f"Cloud SQL memory{zones}", f"gcp.sql.gb{ha}", line.HOURS * gib),
    )
