"""Draft to Plan for a Kubernetes cluster anywhere: control plane, nodes that hold the pods, what a cluster lacks.

Knows how pods fill nodes; does not know whose nodes they are, so their price is a stand-in and says so.
"""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Plan, StoreWish
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _nodes as of
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts
from groundplan.platforms.kubernetes import own

NODE = "node-2-8"
_ALARM = "an Alertmanager rule on Prometheus, which you install"


def plan(draft: Draft, facts: Facts) -> Plan:
    """A cluster in each region, with as many nodes as the pods fill and never fewer than two."""
    pod, pod_gaps = of.pod_of(draft)
    many = counts(draft.scaling)
    stores = line.own_stores(draft)
    parts: list[Component] = []
    for place in draft.places:
        parts += [
            of.pods(draft, place, pod, many),
            _nodes(draft, place, facts.skus["kubernetes"][NODE], pod, many),
            *(own.around(draft, place) if draft.own_machines else _cluster(draft, place)),
        ]
    parts += [*watch.outside(draft), *(_volume(draft, wish) for wish in stores)]
    return Plan(
        draft=draft,
        platform="kubernetes",
        service=draft.service or "managed_k8s",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, {}, _ALARM),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=(
            *watch.instead(
                draft, "k8s.hpa.metric", of.SCALES_ON, "the autoscaler on CPU, or KEDA with that metric"
            ),
            *watch.no_alarms(draft, "k8s.monitoring", _ALARM),
            *watch.no_budget(draft, "k8s.budget.none", "the budget alarm of the provider under the cluster"),
        ),
        assumptions=(*draft.assumptions, _owner(draft), *pod_gaps),
        secrets=line.secrets(draft),
    )


def _nodes(draft: Draft, place: Place, node: Sku, pod: of.Pod, many: Counts) -> Component:
    held = line.own_stores(draft) if place is draft.places[0] else ()
    nodes = of.nodes_for(draft, pod, many, held, stated=draft.nodes)
    meter = Meter(
        name="Nodes",
        price="kubernetes.node.2-8",
        quantity=nodes.times(Decimal(line.HOURS)),
        assumption=f"{line.spread(nodes)} nodes of 2 vCPU and 8 GB; your provider's price differs",
    )
    if draft.own_machines:
        meter, nodes = own.nodes_meter(nodes), Range.flat(nodes.ceiling)
    return Component(
        key=f"nodes.{place.code}",
        role="worker",
        name="Nodes",
        provider="kubernetes",
        sku=node.id,
        region=place.code,
        cpu=node.cpu,
        memory_mib=node.memory_mib,
        minimum=int(nodes.floor),
        initial=int(nodes.expected),
        maximum=int(nodes.ceiling),
        meters=(meter,),
        reason="hold the pods, the monitoring and the stores; two at least, so that one can fail",
        because=("scaling",),
    )


def _cluster(draft: Draft, place: Place) -> list[Component]:
    self_run = draft.service == "self_managed_k8s"
    control = (
        line.flat("Control plane nodes", "kubernetes.node.2-8", 3 * line.HOURS, "three, so that one can fail")
        if self_run
        else line.flat("Cluster fee", "kubernetes.control_plane", line.HOURS)
    )
    reason = "etcd wants three" if self_run else "what EKS, GKE and AKS Standard all take"
    at = place.code
    return [
        line.fixed(draft, "network", "Control plane", (control,), key=f"control.{at}", region=at, reason=reason),
        line.fixed(draft, "balancer", "Load balancer", (line.flat("Load balancer", "kubernetes.balancer"),),
                   key=f"balancer.{at}", region=at, reason="an ingress needs an address; its price is your provider's"),
        line.egress(draft, place, "kubernetes.egress"),
        line.logs(draft, place, "Log storage", "kubernetes.logs"),
    ]  # fmt: skip


def _volume(draft: Draft, wish: StoreWish) -> Component:
    gb = draft.load.database_gb
    if wish.kind == "redis" and wish.need:
        gb = Range.flat(Decimal(wish.need.memory_mib) / 1024)
    meter = (
        own.volume_meter(gb)
        if draft.own_machines
        else Meter(name="Volume", price="kubernetes.volume", quantity=gb)
    )
    name = {"redis": "Redis in the cluster"}.get(
        wish.kind, f"{wish.kind.replace('_', ' ').capitalize()} in the cluster"
    )
    return line.store(
        draft, wish, name, "operator", (meter,), "an operator runs it on the nodes; you run the operator"
    )


_STAND_IN = Assumption(
    field="hosting.nodes",
    value="nodes of 2 vCPU and 8 GB at GKE's price in us-central1",
    reason="the provider under the cluster was not stated; name it, or give your own price",
    confirm=True,
)


def _owner(draft: Draft) -> Assumption:
    return own.prices_are_yours() if draft.own_machines else _STAND_IN
