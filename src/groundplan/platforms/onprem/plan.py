"""Draft to Plan for owned servers: what is needed is known, what it costs is the owner's to say.

Knows how many servers; every price of them is missing until an own facts file gives it.
"""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Plan
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import Counts, counts

_ALARM = "Alertmanager on Prometheus, which you install"


def plan(draft: Draft, _facts: Facts) -> Plan:
    """Servers for the peak, because none appear on demand, with what stands around them."""
    many = counts(draft.scaling)
    peak = Counts(many.maximum, many.maximum, many.maximum)
    parts: list[Component] = []
    for place in draft.places:
        parts += [_web(draft, place, peak), *_around(draft, place)]
    parts += [*watch.outside(draft), *(line.unknown_store(draft, wish) for wish in line.own_stores(draft))]
    return Plan(
        draft=draft,
        platform="onprem",
        service="servers",
        target="",
        components=tuple(parts),
        alarms=watch.served(draft, {}, _ALARM),
        routes=draft.routes,
        budget=draft.budget,
        substitutions=(
            *watch.instead(draft, "onprem.autoscale", (), "servers for the peak, bought beforehand"),
            *watch.no_alarms(draft, "onprem.monitor", _ALARM),
            *watch.no_budget(draft, "onprem.budget.none", "your own books"),
        ),
        assumptions=(*draft.assumptions, *_gaps(many)),
        secrets=line.secrets(draft),
    )


def _web(draft: Draft, place: Place, peak: Counts) -> Component:
    wish = draft.scaling
    meter = Meter(name="Servers", price="onprem.server", quantity=Range.flat(Decimal(peak.maximum)))
    return Component(
        key=f"web.{place.code}",
        role="web",
        name="Servers",
        provider="onprem",
        sku=f"{wish.memory_mib or 1024} MB or more",
        region=place.code,
        cpu=wish.cpu,
        memory_mib=wish.memory_mib,
        minimum=peak.minimum,
        initial=peak.initial,
        maximum=peak.maximum,
        meters=(meter,),
        reason="one for each instance at the peak; a larger one may hold several",
        because=("hosting", "scaling"),
    )


def _around(draft: Draft, place: Place) -> list[Component]:
    at = place.code
    meters = (
        line.flat("Power and space", "onprem.space"),
        line.flat("Internet line", "onprem.line"),
        line.flat("People who run it", "onprem.people"),
    )
    return [
        line.fixed(draft, "network", "Machine room", meters, key=f"room.{at}", region=at,
                   reason="power, space, a line and hands are costs, though no bill names them"),
        line.fixed(draft, "metrics", "Prometheus and Alertmanager", key=f"metrics.{at}", region=at,
                   reason="nothing watches owned servers by itself", because=("monitoring",)),
    ]  # fmt: skip


def _gaps(many: Counts) -> tuple[Assumption, ...]:
    prices = Assumption(
        field="hosting.prices",
        value="not known",
        reason="amortised hardware, power, space, line and people are yours to say, in an own facts file",
        confirm=True,
    )
    if many.maximum == many.minimum:
        return (prices,)
    peak = Assumption(
        field="scaling.initial_instances",
        value=str(many.maximum),
        reason="owned servers do not appear on demand, so the peak is bought",
        confirm=True,
    )
    return (prices, peak)
