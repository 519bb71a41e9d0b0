"""A cluster on the person's own servers: how many are needed is known, what they cost is the owner's to say.

Shares its price ids with owned servers, so that one own facts file serves both; no list price stands in.
"""

from __future__ import annotations

from groundplan.model.plan import Assumption, Component, Draft, Meter, Place
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line

CONTROL = 3


def nodes_meter(nodes: Range) -> Meter:
    """Servers for the peak, because none appear on demand."""
    return Meter(
        name="Servers under the nodes",
        price="onprem.server",
        quantity=Range.flat(nodes.ceiling),
        assumption=f"{nodes.ceiling:f} of 2 vCPU and 8 GB, for the peak; what they cost is yours to say",
    )


def around(draft: Draft, place: Place) -> list[Component]:
    """Control plane, balancer, room and people; traffic and logs are part of them and have no list price."""
    at = place.code
    control = line.flat(
        "Servers of the control plane", "onprem.server", CONTROL, "three, so that one can fail"
    )
    room = (
        line.flat("Power and space", "onprem.space"),
        line.flat("Internet line", "onprem.line"),
        line.flat("People who run it", "onprem.people"),
    )
    return [
        line.fixed(draft, "worker", "Control plane", (control,), key=f"control.{at}", region=at,
                   reason="etcd wants three; they may share machines with the nodes where you accept that"),
        line.fixed(draft, "balancer", "MetalLB and an ingress", key=f"balancer.{at}", region=at,
                   reason="owned servers have no balancer of a provider; it runs on the nodes"),
        line.fixed(draft, "network", "Machine room", room, key=f"room.{at}", region=at,
                   reason="power, space, a line and hands are costs, though no bill names them"),
    ]  # fmt: skip


def prices_are_yours() -> Assumption:
    return Assumption(
        field="hosting.nodes",
        value="own servers, their price not known",
        reason="amortised hardware, power, space, line and people are yours to say, in an own facts file",
        confirm=True,
    )


def volume_meter(gb: Range) -> Meter:
    return Meter(name="Disk space", price="onprem.disk_gb", quantity=gb, assumption="on disks of your own")
