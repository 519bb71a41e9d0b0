"""How many instances of which size. Knows usual starting points; not what a platform can scale on."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from groundplan.model.answer import Quality
from groundplan.model.decision import Decisions, Scaling, Size
from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, ScaleTrigger, ScalingWish

Mode: TypeAlias = Literal["manual", "auto", "serverless"]

_USUAL = {"cpu": (Decimal(70), "%"), "memory": (Decimal(75), "%"), "p95_latency": (Decimal(1000), "ms"),
          "requests": (Decimal(100), "requests"), "queue": (Decimal(100), "messages")}  # fmt: skip


def scaling(
    quality: Quality, decisions: Decisions, facts: Facts, platform: str
) -> tuple[ScalingWish, tuple[Assumption, ...]]:
    """Complete the stated counts so that minimum <= initial <= maximum wherever the answer left a choice."""
    said = decisions.scaling
    gaps: list[Assumption] = []
    mode = said.mode or _mode(said, gaps)
    initial = _initial(said, quality, gaps)
    minimum = said.min_instances
    if minimum is None:
        minimum = 0 if said.scale_to_zero else initial
        if mode != "manual":
            _gap(
                gaps,
                "min_instances",
                minimum,
                "to zero, as stated" if said.scale_to_zero else "as at the start",
            )
    maximum = said.max_instances
    if maximum is None:
        maximum = max(initial, minimum) if mode == "manual" else max(initial, 1) * 2
        if mode != "manual":
            _gap(gaps, "max_instances", maximum, "twice the start leaves room for a peak", confirm=True)
    triggers = tuple(_trigger(t.metric, t.op, t.value, t.unit, gaps) for t in said.triggers)
    size = _named(decisions, platform)
    known = _sku(size, facts)
    wish = ScalingWish(
        mode=mode, minimum=minimum, initial=initial, maximum=maximum,
        memory_mib=said.memory_mb or (known.memory_mib if known else None),
        cpu=said.cpu or (known.cpu if known and size and size.provider != platform else None),
        triggers=triggers, schedule=said.schedule,
        size=size.name if size and size.provider == platform else None,
    )  # fmt: skip
    return wish, tuple(gaps)


def _named(decisions: Decisions, platform: str) -> Size | None:
    """The size that an instance was given by name, in whichever answer."""
    said = (*decisions.scaling.sizes, *decisions.hosting.sizes)
    every = [s for s in said if s.part == "web"]
    return next((s for s in every if s.provider == platform), every[0] if every else None)


def _sku(size: Size | None, facts: Facts) -> Sku | None:
    """What that size holds: another platform is compared at the same capacity."""
    every = facts.skus.get(size.provider, {}) if size else {}
    return next((s for s in every.values() if size and s.id.lower() == size.name.lower()), None)


def _mode(said: Scaling, gaps: list[Assumption]) -> Mode:
    grows = (
        bool(said.triggers) or said.scale_to_zero or (said.max_instances or 0) > (said.initial_instances or 0)
    )
    mode: Mode = "auto" if grows else "manual"
    reason = "a trigger or a maximum was stated" if grows else "no trigger and no maximum was stated"
    _gap(gaps, "mode", mode, reason, confirm=True)
    return mode


def _initial(said: Scaling, quality: Quality, gaps: list[Assumption]) -> int:
    if said.initial_instances is not None:
        return said.initial_instances
    if said.min_instances:
        return said.min_instances
    usual = 2 if quality in ("production", "secure") else 1
    if said.max_instances is not None:
        usual = min(usual, max(said.max_instances, 1))
    why = "one can fail or be replaced while the other serves" if usual > 1 else "enough for a first version"
    _gap(gaps, "initial_instances", usual, why, confirm=True)
    return usual


def _trigger(
    metric: str, op: str, value: Decimal | None, unit: str | None, gaps: list[Assumption]
) -> ScaleTrigger:
    if value is not None:
        return ScaleTrigger(metric=metric, op=op, value=value, unit=unit or _USUAL.get(metric, (0, ""))[1])
    usual, usual_unit = _USUAL.get(metric, (Decimal(70), "%"))
    _gap(gaps, "triggers", f"{metric} {op} {usual} {usual_unit}", "a usual starting point", confirm=True)
    return ScaleTrigger(metric=metric, op=op, value=usual, unit=usual_unit, assumed=True)


def _gap(gaps: list[Assumption], field: str, value: object, reason: str, confirm: bool = False) -> None:
    gaps.append(Assumption(field=f"scaling.{field}", value=str(value), reason=reason, confirm=confirm))
