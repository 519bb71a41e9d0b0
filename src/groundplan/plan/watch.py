"""Which alarms go to whom. Knows usual thresholds; not who can raise an alarm on a platform."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.decision import AlertTrigger, Decisions
from groundplan.model.plan import Alarm, Assumption, Route

_USUAL: dict[str, tuple[str | None, str | None, int]] = {
    "downtime": (None, None, 120),
    "error_rate": ("5", "%", 300),
    "cpu": ("85", "%", 300),
    "memory": ("85", "%", 300),
    "latency": ("1000", "ms", 300),
    "disk": ("85", "%", 300),
    "queue": ("100", "messages", 300),
}
"""condition -> threshold, unit, window in seconds."""


class Watch(msgspec.Struct, frozen=True):
    alarms: tuple[Alarm, ...]
    routes: tuple[Route, ...]


def watch(decisions: Decisions) -> tuple[Watch, tuple[Assumption, ...]]:
    """Pair every stated trigger with a receiver; where either is missing, assume downtime, errors and e-mail."""
    said = decisions.monitoring
    gaps: list[Assumption] = []
    channels = list(
        dict.fromkeys([*said.alert_channels, *(t.channel for t in said.alert_triggers if t.channel)])
    )
    assumed_route = not channels
    if assumed_route:
        channels = ["email"]
        _gap(gaps, "alert_channels", "email", "an alarm needs a receiver, and everyone has e-mail")
    triggers = said.alert_triggers
    assumed_alarms = not triggers
    if assumed_alarms:
        triggers = (AlertTrigger("downtime"), AlertTrigger("error_rate"))
        _gap(gaps, "alert_triggers", "downtime and error rate", "the two that users notice first")
    routes = tuple(Route(channel=c, receiver=f"alert_{c}", assumed=assumed_route) for c in channels)
    alarms = tuple(_alarm(t, tuple(channels), assumed_alarms, gaps) for t in triggers)
    return Watch(alarms, routes), tuple(gaps)


def _alarm(trigger: AlertTrigger, channels: tuple[str, ...], assumed: bool, gaps: list[Assumption]) -> Alarm:
    usual, unit, window = _USUAL.get(trigger.condition, ("80", "%", 300))
    threshold, missing = trigger.threshold, trigger.threshold is None and usual is not None
    if missing:
        threshold = Decimal(usual or 0)
        if not assumed:
            value = f"{trigger.condition} {threshold} {unit}"
            _gap(gaps, "alert_triggers", value, "no threshold was stated; this is a usual one")
    return Alarm(
        condition=trigger.condition,
        threshold=threshold,
        unit=unit if missing else (trigger.unit or unit),
        window_s=max(60, trigger.for_s) if trigger.for_s else window,
        routes=(trigger.channel,) if trigger.channel else channels,
        assumed=assumed or missing,
    )


def _gap(gaps: list[Assumption], field: str, value: str, reason: str) -> None:
    gaps.append(Assumption(field=f"monitoring.{field}", value=value, reason=reason, confirm=True))
