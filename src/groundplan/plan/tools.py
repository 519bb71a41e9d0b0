"""Third parties that were named and that a platform's own plan did not add: tools, channels, stores elsewhere.

Knows how a service bills; the services themselves say what for. One place, so that no platform forgets them.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Component, Draft, Meter, Plan, Role
from groundplan.model.quantity import ZERO, Range
from groundplan.services import service

_OWN = ("cloudwatch", "xray", "stackdriver", "azure_monitor", "app_insights", "heroku_metrics", "fly_metrics",
        "prometheus", "alertmanager", "loki", "vercel_analytics")  # fmt: skip
"""Parts of a platform, or programs that a team runs itself; their cost is not a third party's bill."""
_ROLES: dict[str, Role] = {"errors": "errors", "uptime": "uptime", "metrics": "metrics", "logs": "logs"}
_STORES: dict[str, Role] = {"redis": "cache", "queue": "queue", "object_storage": "storage"}


def with_tools(plan: Plan) -> Plan:
    """The plan with one component for each third party that it names and does not hold yet."""
    draft = plan.draft
    held = {c.provider for c in plan.components} | {plan.platform}
    named = [t for t in (*draft.tools, *(r.channel for r in plan.routes)) if t not in held and t not in _OWN]
    made = [_tool(name, plan) for name in dict.fromkeys(named)]
    stores = [s for s in dict.fromkeys(draft.stores) if s.provider not in (*held, None)]
    made += [_store(s.kind, s.provider or "", plan) for s in stores]
    return msgspec.structs.replace(plan, components=(*plan.components, *(c for c in made if c)))


def _tool(name: str, plan: Plan) -> Component | None:
    known = service(name)
    if known is None:
        return _unknown(name, plan.draft)
    if not known.pricing:
        return None
    role: Role = next((_ROLES[k] for k in known.kinds if k in _ROLES), "route")
    return Component(
        key=f"{role}.{name}",
        role=role,
        name=known.name,
        provider=name,
        sku=known.pricing[0].name,
        meters=_meters(known, plan),
        reason="named in the answer",
        because=("monitoring",),
    )


def _unknown(name: str, draft: Draft) -> Component | None:
    """A tool that is not in the catalogue may cost something; a channel that is not, an e-mail say, costs nothing."""
    if name not in draft.tools:
        return None
    title = name.replace("_", " ").title()
    return Component(
        key=f"metrics.{name}",
        role="metrics",
        name=title,
        provider=name,
        sku="plan",
        meters=(Meter(name="Plan", price=f"{name}.plan", quantity=Range.flat(1)),),
        reason="named in the answer; its price is not known here",
        because=("monitoring",),
    )


def _store(kind: str, provider: str, plan: Plan) -> Component:
    known = service(provider)
    role: Role = _STORES.get(kind, "database")
    label = kind.replace("_", " ")
    unknown = (Meter(name=f"{label} at {provider}", price=f"{provider}.{kind}", quantity=Range.flat(1)),)
    return Component(
        key=f"{role}.{provider}.{kind}",
        role=role,
        name=f"{known.name if known else provider.replace('_', ' ').title()} {label}",
        provider=provider,
        sku=known.pricing[0].name if known and known.pricing else label,
        meters=_meters(known, plan) if known and known.pricing else unknown,
        reason=f"named in the answer; choose a place near {plan.places[0].city}",
        because=("hosting",),
    )


def _meters(known: Service, plan: Plan) -> tuple[Meter, ...]:
    return tuple(
        Meter(
            name=p.name,
            price=p.price,
            quantity=_quantity(p, plan).times(p.times),
            free=p.free,
            assumption=p.note,
        )
        for p in known.pricing
    )


def _quantity(pricing: Pricing, plan: Plan) -> Range:
    load = plan.draft.load
    match pricing.per:
        case "instance":
            return _instances(plan)
        case "log GB":
            return load.log_gb
        case "database GB":
            return load.database_gb
        case "responder":
            return load.responders
    return Range.flat(1)


def _instances(plan: Plan) -> Range:
    total = ZERO
    for c in plan.components:
        if c.role in ("web", "worker"):
            total = total + Range(Decimal(c.minimum), Decimal(c.initial), Decimal(c.maximum))
    return total
