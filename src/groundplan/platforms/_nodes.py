"""Pods on nodes: how many nodes a cluster needs, whoever runs it. Knows no vendor and no price."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

import msgspec

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Component, Draft, Meter, NodeCount, Place, StoreWish
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms._sizing import Counts, named

SCALES_ON = ("cpu", "memory")
_ROOM_CPU, _ROOM_MIB = Decimal("1.8"), 6400
"""What a node with 2 vCPU and 8 GB leaves to pods after the system's own share."""
_MONITORING = (Decimal("0.5"), 2048)
"""CPU and memory of metrics-server, Prometheus and Alertmanager together."""
_STORE = (Decimal("0.5"), 2048)


class Pod(msgspec.Struct, frozen=True):
    cpu: Decimal
    memory_mib: int


def pod_of(draft: Draft) -> tuple[Pod, tuple[Assumption, ...]]:
    """The stated request, or a usual one that a person should confirm."""
    wish = draft.scaling
    pod = Pod(wish.cpu or Decimal("0.5"), wish.memory_mib or 1024)
    if wish.memory_mib is not None and wish.cpu is not None:
        return pod, ()
    size = f"{pod.cpu:f} vCPU, {pod.memory_mib} MB"
    reason = "a usual request of a web application"
    return pod, (Assumption(field="scaling.memory_mb", value=size, reason=reason, confirm=True),)


def node(draft: Draft, facts: Facts, kinds: tuple[str, ...], usual: str) -> Sku:
    """The machine that was stated for a node; one whose size is not known is counted as 2 vCPU and 8 GB."""
    known = [s for s in facts.skus[draft.platform].values() if s.kind in kinds]
    stated = draft.scaling.size
    found = named(known, draft.scaling)
    if found:
        return found
    return Sku(provider=draft.platform, id=stated or usual, cpu=Decimal(2), memory_mib=8192, source="")


def nodes_for(
    draft: Draft,
    pod: Pod,
    many: Counts,
    stores: tuple[StoreWish, ...] = (),
    *,
    node: Sku | None = None,
    stated: NodeCount | None = None,
) -> Range:
    """Nodes, of 2 vCPU and 8 GB where no other was stated, that hold the pods, the monitoring and `stores`; two at
    least, and as many as were stated."""
    behind = draft.workers
    low_behind, most_behind = (behind.least, behind.most) if behind else (0, 0)
    share = min(node.cpu / 2, Decimal(node.memory_mib) / 8192) if node else Decimal(1)
    pods = (many.minimum + low_behind, many.initial + low_behind, many.maximum + most_behind)
    needed = [_needed(pod, n, stores, share) for n in pods]
    low, high = (stated.least, stated.most) if stated else (0, 0)
    return Range.of(max(needed[0], low), max(needed[1], low), max(needed[2], high))


def _needed(pod: Pod, pods: int, stores: tuple[StoreWish, ...], share: Decimal) -> int:
    needs = [s.need for s in stores]
    cpu = pod.cpu * pods + _MONITORING[0] + sum(max(n.cpu if n else Decimal(0), _STORE[0]) for n in needs)
    memory = (
        pod.memory_mib * pods + _MONITORING[1] + sum(max(n.memory_mib if n else 0, _STORE[1]) for n in needs)
    )
    full = max(cpu / _ROOM_CPU, Decimal(memory) / _ROOM_MIB) / share
    return max(int(full.to_integral_value(ROUND_CEILING)), 2)


def pods(draft: Draft, place: Place, pod: Pod, many: Counts) -> Component:
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Web pods",
        provider=draft.platform,
        sku=f"{pod.cpu:f} vCPU, {pod.memory_mib} MB",
        region=place.code,
        cpu=pod.cpu,
        memory_mib=pod.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        reason="pods cost nothing by themselves; the nodes under them do",
        because=("hosting", "regions", "scaling"),
    )


def nodes(
    draft: Draft, place: Place, count: Range, node: Sku, price: str, more: tuple[Meter, ...] = ()
) -> Component:
    """Machines billed by the hour."""
    size = f"{node.cpu:f} vCPU and {node.memory_mib // 1024} GB"
    meter = Meter(
        name="Nodes",
        price=price,
        quantity=count.times(Decimal(line.HOURS)),
        assumption=f"{line.spread(count)} nodes of {size}, which an autoscaler of nodes adds and removes",
    )
    return Component(
        key=f"nodes.{place.code}",
        role="worker",
        name="Nodes",
        provider=draft.platform,
        sku=node.id,
        region=place.code,
        cpu=node.cpu,
        memory_mib=node.memory_mib,
        minimum=int(count.floor),
        initial=int(count.expected),
        maximum=int(count.ceiling),
        meters=(meter, *more),
        reason="hold the pods and the monitoring; two at least, so that one can fail",
        because=("scaling",),
    )
