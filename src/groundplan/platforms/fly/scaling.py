"""How the number of Machines follows the load: fixed, by the proxy, or by the autoscaler app.

Knows Fly.io's three ways; does not know prices or file formats.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Literal

import msgspec

from groundplan.model.plan import Assumption, Draft, ScaleTrigger, ScalingWish

Style = Literal["fixed", "proxy", "autoscaler"]

METRICS = ("cpu", "memory", "p95_latency", "latency", "queue")
"""What the proxy cannot see."""
USUAL_SOFT_LIMIT = 20
"""The proxy's own default."""
_SERVICE_TIME_S = Decimal("0.25")
_WORDS = {"cpu": "CPU", "memory": "memory", "p95_latency": "p95 latency", "queue": "queue length"}


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    style: Style
    minimum: int
    initial: int
    maximum: int
    soft_limit: int = USUAL_SOFT_LIMIT
    triggers: tuple[ScaleTrigger, ...] = ()
    """What the autoscaler looks at; empty for the other two."""
    assumptions: tuple[Assumption, ...] = ()


def scale(draft: Draft) -> Scale:
    """Choose the way that serves the stated triggers; counts are per region and in order."""
    wish = draft.scaling
    minimum = max(min(wish.minimum, wish.maximum), 0)
    maximum = max(wish.minimum, wish.maximum, 1)
    initial = min(max(wish.initial, minimum), maximum)
    if wish.mode == "manual" or maximum == minimum:
        fixed = max(initial, 1) if wish.mode == "manual" else maximum
        return Scale(style="fixed", minimum=fixed, initial=fixed, maximum=fixed, assumptions=_schedule(wish))
    watched = tuple(t for t in wish.triggers if not t.op.startswith("<"))
    if any(t.metric in METRICS for t in watched):
        return _autoscaler(wish, watched, minimum, initial, maximum)
    return _proxy(draft, watched, minimum, initial, maximum)


def intent(wish: ScalingWish) -> str:
    """The triggers in the person's terms: `scale out when CPU > 80 %`."""
    said = (f"{_WORDS.get(t.metric, t.metric)} {t.op} {t.value:f} {t.unit}".strip() for t in wish.triggers)
    return "scale out when " + " or ".join(said)


def _autoscaler(
    wish: ScalingWish, triggers: tuple[ScaleTrigger, ...], minimum: int, initial: int, maximum: int
) -> Scale:
    gaps = list(_schedule(wish))
    if minimum == 0:
        reason = "Machines that do not run report no metric, so none of them could ever be started again"
        gaps.append(_gap("min_instances", "1", reason, True))
    if any(t.metric == "queue" for t in triggers):
        reason = "the application must publish it at /metrics; Fly.io cannot know its queue"
        gaps.append(_gap("triggers", "a gauge named queue_depth", reason, True))
    minimum = max(minimum, 1)
    return Scale(
        style="autoscaler",
        minimum=minimum,
        initial=max(initial, minimum),
        maximum=maximum,
        triggers=triggers,
        assumptions=tuple(gaps),
    )


def _proxy(
    draft: Draft, triggers: tuple[ScaleTrigger, ...], minimum: int, initial: int, maximum: int
) -> Scale:
    gaps = list(_schedule(draft.scaling))
    limit = USUAL_SOFT_LIMIT
    if triggers:
        limit, gap = _limit(triggers[0])
        gaps += gap
    else:
        reason = "no trigger was stated; this is the proxy's own default"
        gaps.append(_gap("triggers", f"{limit} concurrent requests for each Machine", reason, True))
    if minimum > 0 and len(draft.places) > 1:
        others = ", ".join(p.code for p in draft.places[1:])
        reason = f"the proxy keeps a minimum in {draft.places[0].code} alone; elsewhere the first request starts one"
        gaps.append(_gap("min_instances", f"0 in {others}", reason, True))
    return Scale(
        style="proxy",
        minimum=minimum,
        initial=initial,
        maximum=maximum,
        soft_limit=limit,
        assumptions=tuple(gaps),
    )


def _limit(trigger: ScaleTrigger) -> tuple[int, tuple[Assumption, ...]]:
    """Requests in flight on one Machine: stated as such, or a rate times an assumed response time (Little's law)."""
    rate = per_second(trigger)
    flight = trigger.value if rate is None else rate * _SERVICE_TIME_S
    limit = max(int(flight.to_integral_value(ROUND_CEILING)), 1)
    if rate is None:
        return limit, ()
    reason = (
        f"the proxy counts requests in flight, not {trigger.value:f} {trigger.unit}; "
        f"converted with an assumed response time of {_SERVICE_TIME_S} s"
    )
    return limit, (_gap("triggers", f"{limit} concurrent requests for each Machine", reason, True),)


def per_second(trigger: ScaleTrigger) -> Decimal | None:
    """The trigger as requests a second; None where it counts requests in flight."""
    unit = trigger.unit.lower().replace(" ", "").replace("_", "")
    if "min" in unit or unit == "rpm":
        return trigger.value / 60
    if any(word in unit for word in ("sec", "/s", "rps", "qps")):
        return trigger.value
    return None


def _schedule(wish: ScalingWish) -> tuple[Assumption, ...]:
    if not wish.schedule:
        return ()
    reason = "Fly.io has no scheduled scaling and this plan builds none; the runbook says what to do by hand"
    return (_gap("schedule", "not built", reason, True),)


def _gap(field: str, value: str, reason: str, confirm: bool = False) -> Assumption:
    return Assumption(field=f"scaling.{field}", value=value, reason=reason, confirm=confirm)
