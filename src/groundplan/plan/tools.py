"""Third parties that were named and that a platform's own plan did not add: tools, channels, stores elsewhere.

Knows how a service bills; the services themselves say what for. One place, so that no platform forgets them.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from groundplan.facts.names import name
from groundplan.model.decision import Decisions
from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Component, Draft, Meter, Plan, Role
from groundplan.model.quantity import ZERO, Range
from groundplan.readers._spoken import spoken
from groundplan.services import service
from groundplan.syntax.patterns import late

_OWN = ("cloudwatch", "xray", "stackdriver", "azure_monitor", "app_insights", "heroku_metrics", "fly_metrics",
        "prometheus", "alertmanager", "loki", "vercel_analytics")  # fmt: skip
"""Parts of a platform, or programs that a team runs itself; their cost is not a third party's bill."""
_ROLES: dict[str, Role] = {"errors": "errors", "uptime": "uptime", "metrics": "metrics", "logs": "logs"}
_STORES: dict[str, Role] = {"redis": "cache", "queue": "queue", "object_storage": "storage"}


_WATCHES = ("metrics", "logs", "errors", "uptime")


def free_tools(decisions: Decisions) -> tuple[str, ...]:
    """Tools whose free plan the monitoring answer names beside them: `Better Stack free plan`, `the free Sentry`."""
    found = []
    for tool in decisions.monitoring.tools:
        word = re.escape(name(tool))
        beside = rf"{word}\b[^.;,]{{0,20}}\bfree\b|\bfree (?:plan |tier |version )?(?:of )?(?:the )?{word}\b"
        if any(spoken(decisions, late(beside, re.IGNORECASE), "monitoring")):
            found.append(tool)
    return tuple(found)


_RUN_BY_TEAMS = (
    "grafana",
    "sentry",
    "elk",
    "uptime_kuma",
    "graylog",
    "signoz",
    "jaeger",
    "zabbix",
    "netdata",
)
_OWN_WORDS = (
    r"(?:in|inside|on) (?:the|our)(?: own)? (?:cluster|servers?|machines?|hosts?|vms?|data ?cent(?:er|re))"
    r"|self-?hosted|in-cluster|that we (?:run|host)|we (?:run|host)|ourselves|on-?prem"
)


def own_tools(decisions: Decisions) -> tuple[str, ...]:
    """Tools that the team runs itself, as the answer says: `Grafana and Loki in the cluster`, `self-hosted Sentry`."""
    found = []
    for tool in (t for t in decisions.monitoring.tools if t in _RUN_BY_TEAMS):
        word = re.escape(name(tool))
        beside = (
            rf"{word}\b[^.;]{{0,40}}\b(?:{_OWN_WORDS})\b|\b(?:self-?hosted|our own) (?:\w+ and )?{word}\b"
        )
        if any(spoken(decisions, late(beside, re.IGNORECASE), "monitoring")):
            found.append(tool)
    return tuple(found)


def with_tools(plan: Plan) -> Plan:
    """The plan with one component for each third party that it names, each billed as that party bills."""
    plan = msgspec.structs.replace(plan, components=tuple(_billed(c, plan) for c in plan.components))
    draft = plan.draft
    held = {c.provider for c in plan.components} | {plan.platform}
    named = [
        t
        for t in (*draft.tools, *(r.channel for r in plan.routes))
        if t not in (*held, *_OWN, *draft.own_tools)
    ]
    made = [_tool(tool, plan) for tool in dict.fromkeys(named)]
    stores = [s for s in dict.fromkeys(draft.stores) if s.provider not in (*held, None)]
    made += [_store(s.kind, s.provider or "", plan) for s in stores]
    return msgspec.structs.replace(plan, components=(*plan.components, *(c for c in made if c)))


def _billed(held: Component, plan: Plan) -> Component:
    """A tool that a platform's own plan holds costs the same as beside any other platform."""
    known = service(held.provider) if held.role in _WATCHES and held.provider != plan.platform else None
    if known is None or not known.pricing:
        return held
    sku = "free plan" if known.key in plan.draft.free_tools else known.pricing[0].name
    return msgspec.structs.replace(held, sku=sku, meters=_meters(known, plan))


def _tool(tool: str, plan: Plan) -> Component | None:
    known = service(tool)
    if known is None:
        return _unknown(tool, plan.draft)
    if not known.pricing:
        return None
    role: Role = next((_ROLES[k] for k in known.kinds if k in _ROLES), "route")
    return Component(
        key=f"{role}.{tool}",
        role=role,
        name=known.name,
        provider=tool,
        sku="free plan" if tool in plan.draft.free_tools else known.pricing[0].name,
        meters=_meters(known, plan),
        reason="named in the answer",
        because=("monitoring",),
    )


def _unknown(tool: str, draft: Draft) -> Component | None:
    """A tool that is not in the catalogue may cost something; a channel that is not, an e-mail say, costs nothing."""
    if tool not in draft.tools:
        return None
    title = tool.replace("_", " ").title()
    return Component(
        key=f"metrics.{tool}",
        role="metrics",
        name=title,
        provider=tool,
        sku="plan",
        meters=(Meter(name=f"{title} plan", price=f"{tool}.plan", quantity=Range.flat(1)),),
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
    if known.key in plan.draft.free_tools:
        first = known.pricing[0]
        return (
            Meter(name=first.name, price=first.price, quantity=ZERO, assumption="its free plan, as you say"),
        )
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
