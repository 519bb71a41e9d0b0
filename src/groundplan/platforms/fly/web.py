"""The application's Machines, their traffic and their autoscalers. Knows components and meters; no file formats."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Component, Draft, Load, Meter, Place, Secret, Substitution
from groundplan.model.quantity import Range
from groundplan.platforms.fly.part import Part
from groundplan.platforms.fly.scaling import METRICS, Scale, intent, scale
from groundplan.platforms.fly.sizes import HELPER, size

_ROOTFS_GB = Decimal(1)
_WAYS = {
    "fixed": "a fixed number of Machines, as stated",
    "proxy": "the Fly Proxy starts and stops Machines by the requests in flight",
    "autoscaler": "a pool of Machines that the autoscaler starts and stops, so that open requests can end",
}


def web(draft: Draft, facts: Facts) -> Part:
    """Plan the Machines of every place, what they send, and an autoscaler for each place where one is needed."""
    way = scale(draft)
    chosen = size(draft.scaling, draft.places[0].code, facts)
    machines = tuple(_machines(draft, place, way, chosen.sku) for place in draft.places)
    traffic = tuple(_egress(draft, place) for place in draft.places)
    extra = _autoscalers(draft, way)
    return Part(
        components=(*machines, *traffic, _address(), *extra.components),
        substitutions=extra.substitutions,
        assumptions=chosen.assumptions + way.assumptions + _traffic(draft),
        secrets=extra.secrets,
    )


def _machines(draft: Draft, place: Place, way: Scale, sku: Sku) -> Component:
    first = place is draft.places[0]
    minimum = way.minimum if first or way.style != "proxy" else 0
    initial = max(way.initial, minimum)
    pool = way.maximum > minimum
    running = Meter(
        name="Started Machines",
        price=f"fly.machine.{sku.id}",
        quantity=Range.of(minimum, initial, way.maximum),
        assumption="Expected is the number at the start, all month",
    )
    idle = Range.of(way.maximum - minimum, way.maximum - initial, 0).times(_ROOTFS_GB)
    stopped = Meter(
        name="Root file systems of stopped Machines",
        price="fly.rootfs.stopped",
        quantity=idle,
        assumption=f"The image takes {_ROOTFS_GB} GB",
    )
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Web Machines",
        provider="fly",
        sku=sku.id,
        region=place.code,
        cpu=sku.cpu,
        memory_mib=sku.memory_mib,
        minimum=minimum,
        initial=initial,
        maximum=way.maximum,
        meters=(running, stopped) if pool else (running,),
        settings={"style": way.style, "soft_limit": way.soft_limit, "group": _group(draft, way, place)},
        reason=f"{_WAYS[way.style]}; the cheapest preset that covers the size",
        because=("hosting", "regions", "scaling"),
    )


def _group(draft: Draft, way: Scale, place: Place) -> str:
    """Process group: one for each region where each region has its own autoscaler, else the default one."""
    return place.code if way.style == "autoscaler" and len(draft.places) > 1 else "app"


def _egress(draft: Draft, place: Place) -> Component:
    meter = Meter(
        name="Traffic to the internet",
        price="fly.egress.internet",
        quantity=draft.load.egress_gb.share(len(draft.places)),
        assumption=_gb(draft.load),
    )
    return Component(
        key=f"egress.{place.code}", role="egress", name="Traffic out", provider="fly", sku="egress",
        region=place.code, meters=(meter,), reason="billed by the GB; traffic in is free", because=("hosting",),
    )  # fmt: skip


def _traffic(draft: Draft) -> tuple[Assumption, ...]:
    if "egress_gb" in draft.load.stated:
        return ()
    gap = Assumption(
        field="hosting.egress_gb",
        value=_gb(draft.load),
        reason="no traffic was stated; a page of 500 kB seen 100,000 times is 50 GB",
        confirm=True,
    )
    return (gap,)


def _gb(load: Load) -> str:
    low, middle, high = load.egress_gb.floor, load.egress_gb.expected, load.egress_gb.ceiling
    return f"{low:f}, {middle:f} and {high:f} GB a month in all, at minimum, expected and maximum load"


def _address() -> Component:
    return Component(
        key="address", role="address", name="Shared IPv4 and IPv6", provider="fly", sku="shared",
        reason="HTTP needs no dedicated IPv4 address (2 USD a month); the shared one is included",
        because=("hosting",),
    )  # fmt: skip


def _autoscalers(draft: Draft, way: Scale) -> Part:
    if way.style != "autoscaler":
        return Part()
    made = tuple(_autoscaler(draft, place) for place in draft.places)
    words = "the fly-autoscaler app with a Prometheus query, one Machine" + (
        " in each region" if len(made) > 1 else ""
    )
    replaced = Substitution(
        id="fly.scale.metric",
        question="scaling",
        intent=intent(draft.scaling),
        served_by=words,
        components=tuple(c.key for c in made),
    )
    secrets = (
        Secret(
            name="FAS_API_TOKEN", purpose="the autoscaler starts and stops Machines with it (deploy token)"
        ),
        Secret(name="FAS_PROMETHEUS_TOKEN", purpose="the autoscaler reads metrics with it (read-only token)"),
    )
    return Part(
        components=made,
        substitutions=(replaced,) if any(t.metric in METRICS for t in way.triggers) else (),
        secrets=secrets,
    )


def _autoscaler(draft: Draft, place: Place) -> Component:
    single = len(draft.places) == 1
    meter = Meter(name="Started Machine", price=f"fly.machine.{HELPER}", quantity=Range.flat(1))
    return Component(
        key=f"autoscaler.{place.code}",
        role="autoscaler",
        name="fly-autoscaler",
        provider="fly",
        sku=HELPER,
        region=place.code,
        cpu=Decimal(1),
        memory_mib=256,
        meters=(meter,),
        settings={"app": f"{draft.project}-autoscaler" + ("" if single else f"-{place.code}")},
        reason=f"the proxy cannot see what was asked for: {intent(draft.scaling)}",
        because=("scaling",),
    )
