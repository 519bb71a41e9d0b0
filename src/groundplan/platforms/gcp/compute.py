"""What else than Cloud Run a person may name on Google Cloud: GKE Standard, App Engine standard. Priced; no code."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Substitution
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _nodes as of
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts, smallest
from groundplan.syntax.patterns import late


class Compute(msgspec.Struct, frozen=True, kw_only=True):
    parts: tuple[Component, ...]
    assumptions: tuple[Assumption, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


def gke(draft: Draft, _facts: Facts) -> Compute:
    """A Standard cluster in each region, on the stated machines or e2-standard-2, billed by vCPU and GB."""
    pod, gaps = of.pod_of(draft)
    many = counts(draft.scaling)
    node = _node(draft.scaling.size)
    count = of.nodes_for(draft, pod, many, node=node, stated=draft.nodes)
    parts: list[Component] = []
    for place in draft.places:
        parts += [
            of.pods(draft, place, pod, many),
            _nodes(draft, place, count, node),
            *_cluster(draft, place),
        ]
    return Compute(
        parts=tuple(parts),
        assumptions=gaps,
        substitutions=watch.instead(
            draft, "k8s.hpa.metric", of.SCALES_ON, "the autoscaler on CPU, or KEDA with that metric"
        ),
    )


_MACHINE = late(r"(?P<family>[a-z]\w+)-(?P<kind>standard|highmem|highcpu)-(?P<cpus>\d+)")
_GB_EACH = {"standard": 4, "highmem": 8, "highcpu": 1}
"""GB for each vCPU of a machine type."""


def _node(stated: str | None) -> Sku:
    found = _MACHINE.fullmatch(stated or "")
    name, cpus, each = ("e2-standard-2", 2, 4)
    if stated and found:
        name, cpus, each = stated, int(found["cpus"]), _GB_EACH[found["kind"]]
    return Sku(provider="gcp", id=name, cpu=Decimal(cpus), memory_mib=cpus * each * 1024, source="")


def _nodes(draft: Draft, place: Place, count: Range, node: Sku) -> Component:
    family = node.id.partition("-")[0]
    made = of.nodes(draft, place, count, node, f"gcp.gce.{family}.vcpu")
    hours = count.times(Decimal(line.HOURS))
    said = made.meters[0].assumption
    gb = Decimal(node.memory_mib) / 1024
    meters = (
        Meter(name="Node vCPU", price=f"gcp.gce.{family}.vcpu", quantity=hours.times(node.cpu), assumption=said),
        Meter(name="Node memory", price=f"gcp.gce.{family}.gb", quantity=hours.times(gb)),
        Meter(name="Node disks", price="gcp.gce.disk.balanced", quantity=count.times(Decimal(50)),
              assumption="50 GB each"),
    )  # fmt: skip
    return msgspec.structs.replace(made, meters=meters)


def _cluster(draft: Draft, place: Place) -> list[Component]:
    fee = line.flat(
        "Cluster fee", "gcp.gke.cluster", line.HOURS, "the credit of a billing account is not taken off"
    )
    rules = line.flat("Forwarding rules", "gcp.balancer.rules", line.HOURS, "up to five rules together")
    at = place.code
    return [
        line.fixed(draft, "network", "GKE control plane", (fee,), key=f"control.{at}", region=at,
                   reason="Google runs it"),
        line.fixed(draft, "balancer", "Load balancer", (rules,), key=f"balancer.{at}", region=at,
                   reason="an ingress of the cluster makes it"),
    ]  # fmt: skip


def app_engine(draft: Draft, facts: Facts) -> Compute:
    """One application, in one region for ever; instances are billed while they run and 15 minutes longer."""
    size, gaps = smallest((s for s in facts.skus["gcp"].values() if s.kind == "app_engine"), draft.scaling)
    many = counts(draft.scaling, zero=True)
    return Compute(
        parts=tuple(_instances(draft, place, size, many) for place in draft.places),
        assumptions=(*gaps, *_one_region(draft)),
        substitutions=watch.instead(
            draft,
            "gcp.gae.metric",
            ("cpu", "requests", "concurrency", "p95_latency"),
            "scaling on CPU at 60 %",
        ),
    )


def _instances(draft: Draft, place: Place, size: Sku, many: Counts) -> Component:
    share = draft.load.busy_percent.times(Decimal("0.01"))
    low, start = Decimal(many.minimum), Decimal(many.initial)
    running = Range(
        low or share.floor, max(low, start * (1 if low else share.expected)), Decimal(many.maximum)
    )
    meter = Meter(
        name="Instance hours",
        price=f"gcp.gae.{size.id}",
        quantity=running.times(Decimal(line.HOURS)),
        assumption="from zero, instances run while they are busy; the free hours of a day are not taken off",
    )
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="App Engine standard instances",
        provider="gcp",
        sku=size.id,
        region=place.code,
        cpu=size.cpu,
        memory_mib=size.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        meters=(meter,),
        reason="the smallest class that covers the stated memory",
        because=("hosting", "regions", "scaling"),
    )


def _one_region(draft: Draft) -> tuple[Assumption, ...]:
    flexible = "the flexible one runs virtual machines, keeps one instance at least and is priced otherwise"
    kind = Assumption(field="hosting.services", value="App Engine standard", reason=flexible, confirm=True)
    if len(draft.places) < 2:
        return (kind,)
    reason = "a project has one App Engine application, in one region for ever"
    value = f"{len(draft.places)} projects, one for each region"
    return (kind, Assumption(field="hosting.projects", value=value, reason=reason, confirm=True))
