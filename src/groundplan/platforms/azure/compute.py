"""AKS, where an answer names it: a Standard cluster on the stated nodes or D2s_v5. Priced; no code."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Sku
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Substitution
from groundplan.platforms import _lines as line
from groundplan.platforms import _nodes as of
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import counts
from groundplan.syntax.patterns import late


class Compute(msgspec.Struct, frozen=True, kw_only=True):
    parts: tuple[Component, ...]
    assumptions: tuple[Assumption, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


def aks(draft: Draft) -> Compute:
    """The Free tier has no service level, so it is planned for experiments and prototypes only."""
    pod, gaps = of.pod_of(draft)
    many = counts(draft.scaling)
    node = _node(draft.scaling.size)
    count = of.nodes_for(draft, pod, many, node=node, stated=draft.nodes)
    disk = Meter(
        name="Node disks", price="azure.disk.p10", quantity=count, assumption="128 GB each, Premium SSD P10"
    )
    parts: list[Component] = []
    for place in draft.places:
        parts += [
            of.pods(draft, place, pod, many),
            of.nodes(draft, place, count, node, f"azure.vm.{node.id}", (disk,)),
            *_cluster(draft, place),
        ]
    return Compute(
        parts=tuple(parts),
        assumptions=gaps,
        substitutions=watch.instead(
            draft, "k8s.hpa.metric", of.SCALES_ON, "the autoscaler on CPU, or KEDA with that metric"
        ),
    )


_MACHINE = late(r"(?:Standard_)?(?P<family>[DEF])(?P<cpus>\d+)[a-z]*_v\d", re.IGNORECASE)
_GB_EACH = {"D": 4, "E": 8, "F": 2}
"""GB for each vCPU of a virtual machine's family."""


def _node(stated: str | None) -> Sku:
    found = _MACHINE.fullmatch(stated or "")
    cpus = int(found["cpus"]) if found else 2
    each = _GB_EACH[found["family"].upper()] if found else 4
    return Sku(
        provider="azure",
        id=stated if stated and found else "D2s_v5",
        cpu=Decimal(cpus),
        memory_mib=cpus * each * 1024,
        source="",
    )


def _cluster(draft: Draft, place: Place) -> list[Component]:
    paid = draft.quality in ("production", "secure")
    fee = (line.flat("Cluster fee", "azure.aks.standard", line.HOURS),) if paid else ()
    entry = (
        line.flat("Load balancer", "azure.balancer.hour", line.HOURS, "up to five rules together"),
        line.flat("Public address", "azure.ipv4"),
    )
    at = place.code
    reason = (
        "the Standard tier, which has a service level" if paid else "the Free tier, without a service level"
    )
    return [
        line.fixed(draft, "network", "AKS control plane", fee, key=f"control.{at}", region=at, reason=reason),
        line.fixed(draft, "balancer", "Load balancer", entry, key=f"balancer.{at}", region=at,
                   reason="an ingress needs an address"),
    ]  # fmt: skip
