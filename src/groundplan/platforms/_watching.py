"""Who raises each alarm: by the platform's own means, or by the nearest that works. Knows no vendor."""

from __future__ import annotations

import msgspec

from groundplan.model.plan import Alarm, Component, Draft, Meter, Substitution
from groundplan.model.quantity import Range

_WORDS = {"cpu": "CPU", "p95_latency": "p95 latency"}


def served(draft: Draft, own: dict[str, str], otherwise: str) -> tuple[Alarm, ...]:
    """Every alarm with what raises it: `own` by condition, else `otherwise`."""
    return tuple(msgspec.structs.replace(a, served_by=own.get(a.condition, otherwise)) for a in draft.alarms)


def instead(draft: Draft, claim: str, own: tuple[str, ...], served_by: str) -> tuple[Substitution, ...]:
    """What stands in for scaling triggers that are none of the platform's `own` metrics."""
    odd = [t for t in draft.scaling.triggers if t.metric not in own]
    if not odd or draft.scaling.mode == "manual":
        return ()
    said = " and ".join(
        f"{_WORDS.get(t.metric, t.metric.replace('_', ' '))} {t.op} {t.value:f} {t.unit}".rstrip()
        for t in odd
    )
    keys = tuple(f"web.{p.code}" for p in draft.places)
    made = Substitution(
        id=claim, question="scaling", intent=f"scale when {said}", served_by=served_by, components=keys
    )
    return (made,)


def no_alarms(draft: Draft, claim: str, served_by: str) -> tuple[Substitution, ...]:
    """What stands in where the platform raises no alarm on metrics at all."""
    if not draft.alarms:
        return ()
    said = " and ".join(dict.fromkeys(a.condition.replace("_", " ") for a in draft.alarms))
    return (
        Substitution(
            id=claim, question="monitoring", intent=f"tell on {said}", served_by=served_by, components=()
        ),
    )


def no_budget(draft: Draft, claim: str, served_by: str) -> tuple[Substitution, ...]:
    """What stands in where the platform has no budget alert."""
    if draft.budget.limit is None:
        return ()
    limit = draft.budget.limit
    intent = f"an alert before {limit.amount:f} {limit.currency} a month"
    return (Substitution(id=claim, question="budget", intent=intent, served_by=served_by, components=()),)


def outside(draft: Draft) -> tuple[Component, ...]:
    """A check from outside where the platform's own would go down with it; the named tool does it where there is one."""
    if any(t in ("uptimerobot", "better_stack", "pingdom", "statuscake", "checkly") for t in draft.tools):
        return ()
    made = Component(
        key="uptime.outside",
        role="uptime",
        name="UptimeRobot",
        provider="uptimerobot",
        sku="free plan",
        meters=(Meter(name="Free plan", price="uptimerobot.free", quantity=Range.flat(1)),),
        reason="a check inside the platform goes down together with it",
        because=("monitoring",),
    )
    return (made,)
