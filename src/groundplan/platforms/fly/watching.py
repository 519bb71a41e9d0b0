"""Alarms and their routes. Knows who can raise and carry an alarm on Fly.io; not the syntax of a rule."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.plan import Alarm, Assumption, Component, Draft, Meter, Route, Secret, Substitution
from groundplan.model.quantity import Range
from groundplan.platforms.fly.part import Part
from groundplan.platforms.fly.scaling import scale
from groundplan.platforms.fly.sizes import HELPER
from groundplan.platforms.fly.tools import outside_check, outside_tool, title, tool_secrets, tools

RULES = ("downtime", "error_rate", "cpu", "memory", "latency", "p95_latency", "disk", "queue")
"""Conditions that a query over Fly.io's metrics can state."""
RULE = "a rule in the alert app (vmalert and Alertmanager)"
"""Begins `Alarm.served_by` of every alarm that has a rule."""
_CHANNELS = {
    "email": (
        Secret(name="ALERT_EMAIL", purpose="address that alarms are sent to"),
        Secret(name="SMTP_SMARTHOST", purpose="mail server as host:port"),
        Secret(name="SMTP_FROM", purpose="sender address"),
        Secret(name="SMTP_USERNAME", purpose="account at the mail server"),
        Secret(name="SMTP_PASSWORD", purpose="its password"),
    ),
    "slack": (Secret(name="SLACK_WEBHOOK_URL", purpose="alarms are posted to the channel with it"),),
    "pagerduty": (Secret(name="PAGERDUTY_ROUTING_KEY", purpose="Events API v2 key of the on-call service"),),
    "opsgenie": (Secret(name="OPSGENIE_API_KEY", purpose="alarms are sent to the team with it"),),
    "discord": (Secret(name="DISCORD_WEBHOOK_URL", purpose="alarms are posted to the channel with it"),),
    "teams": (Secret(name="TEAMS_WEBHOOK_URL", purpose="alarms are posted to the channel with it"),),
    "webhook": (Secret(name="ALERT_WEBHOOK_URL", purpose="alarms are posted to it"),),
}
"""Channels that Alertmanager speaks, and what each needs."""


_SERVERS = {"alarm": "alert rules in an app of your own (vmalert and Alertmanager)",
            "uptime": "a check from outside for downtime"}  # fmt: skip


class Watch(msgspec.Struct, frozen=True):
    part: Part
    alarms: tuple[Alarm, ...]
    routes: tuple[Route, ...]


def watching(draft: Draft) -> Watch:
    """Plan metrics, named tools, the alert app and the outside check; every alarm says what raises it."""
    routes, gaps = _routes(draft)
    alarms = tuple(_alarm(a, routes, draft) for a in draft.alarms)
    ruled = any(a.served_by.startswith(RULE) for a in alarms)
    outside = _outside(draft)
    app = (_alert_app(draft),) if ruled else ()
    made = (*tools(draft), *app, *outside)
    part = Part(
        components=made,
        substitutions=(_replaced(alarms, (*app, *outside)),) if alarms else (),
        assumptions=gaps + _gaps(draft, alarms, bool(outside)),
        secrets=tool_secrets(draft) + (_secrets(routes) if ruled else ()),
    )
    return Watch(part, alarms, routes)


def _routes(draft: Draft) -> tuple[tuple[Route, ...], tuple[Assumption, ...]]:
    """Keep what Alertmanager can carry; send the rest by e-mail, and say so."""
    kept = [r for r in draft.routes if r.channel in _CHANNELS]
    lost = [r.channel for r in draft.routes if r.channel not in _CHANNELS]
    if (lost or draft.alarms) and not any(r.channel == "email" for r in kept) and (lost or not kept):
        kept.append(Route(channel="email", receiver="alert_email", assumed=True))
    if not lost:
        return tuple(kept), ()
    reason = f"Alertmanager cannot reach {', '.join(lost)} by itself; what was meant for it goes by e-mail"
    return tuple(kept), (_gap("alert_channels", "email", reason),)


def _alarm(alarm: Alarm, routes: tuple[Route, ...], draft: Draft) -> Alarm:
    known = [r.channel for r in routes]
    other = "email" if "email" in known else known[0]
    told = tuple(dict.fromkeys(r if r in known else other for r in alarm.routes)) or (other,)
    return msgspec.structs.replace(alarm, routes=told, served_by=_server(alarm, draft))


def _server(alarm: Alarm, draft: Draft) -> str:
    if alarm.condition not in RULES:
        return ""
    if alarm.condition != "downtime":
        return RULE
    outside = f"{title(outside_tool(draft))} from outside"
    return outside if scale(draft).minimum == 0 else f"{RULE}, and {outside}"


def _outside(draft: Draft) -> tuple[Component, ...]:
    tool = outside_tool(draft)
    wanted = (
        tool in draft.tools or "uptime" in draft.needs or any(a.condition == "downtime" for a in draft.alarms)
    )
    return (outside_check(tool),) if wanted else ()


def _alert_app(draft: Draft) -> Component:
    meter = Meter(name="Started Machine", price=f"fly.machine.{HELPER}", quantity=Range.flat(1))
    return Component(
        key="alarm.rules", role="alarm", name="vmalert and Alertmanager", provider="fly", sku=HELPER,
        region=draft.places[0].code, cpu=Decimal(1), memory_mib=256, meters=(meter,),
        settings={"app": f"{draft.project}-alerts"},
        reason="Fly.io does not raise alarms on its metrics; this app queries them and tells the receivers",
        because=("monitoring",),
    )  # fmt: skip


def _replaced(alarms: tuple[Alarm, ...], made: tuple[Component, ...]) -> Substitution:
    said = ", ".join(f"{a.condition.replace('_', ' ')} to {' and '.join(a.routes)}" for a in alarms)
    names = ", and ".join(_SERVERS[c.role] for c in made) or "nothing yet"
    return Substitution(
        id="fly.alert.none",
        question="monitoring",
        intent=f"alarms from Fly.io: {said}",
        served_by=names,
        components=tuple(c.key for c in made),
    )


def _secrets(routes: tuple[Route, ...]) -> tuple[Secret, ...]:
    token = Secret(name="FLY_PROMETHEUS_TOKEN", purpose="alert rules read metrics with it (read-only token)")
    keys = (
        key for r in routes for key in _CHANNELS[r.channel] if not (r.address and key.name == "ALERT_EMAIL")
    )
    return (token, *keys)


def _gaps(draft: Draft, alarms: tuple[Alarm, ...], outside: bool) -> tuple[Assumption, ...]:
    gaps = []
    tool = outside_tool(draft)
    if outside and tool not in draft.tools:
        reason = "no outside check was named; its free plan looks every 5 minutes"
        gaps.append(_gap("tools", f"{title(tool)}, free plan", reason))
    if outside and scale(draft).minimum == 0:
        reason = "each look is a request and starts a Machine, which then runs for some minutes"
        gaps.append(_gap("tools", "an outside check every hour at most", reason))
    for alarm in alarms:
        if alarm.condition not in RULES:
            reason = "no metric of Fly.io states it; raise it from the application or a tool"
            gaps.append(_gap("alert_triggers", f"{alarm.condition} is not watched", reason))
    return tuple(gaps)


def _gap(field: str, value: str, reason: str) -> Assumption:
    return Assumption(field=f"monitoring.{field}", value=value, reason=reason, confirm=True)
