"""The scheduled check that stands in for a budget alarm. Knows what it must be told; the script does the sums."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, BudgetWish, Component, Draft, Meter, Secret, Substitution
from groundplan.platforms.fly.part import Part
from groundplan.platforms.fly.sizes import machines

_LIVE = ("web", "autoscaler", "alarm")
"""Roles whose Machines the check counts itself."""


class Budgeting(msgspec.Struct, frozen=True):
    part: Part
    wish: BudgetWish


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def budgeting(draft: Draft, components: tuple[Component, ...], facts: Facts) -> Budgeting:
    """Plan the check where a limit was stated; without one there is nothing to compare with."""
    wish = draft.budget
    if wish.limit is None:
        return Budgeting(Part(), wish)
    fixed, unknown = _fixed(components, facts)
    settings: dict[str, str | int | bool] = {
        "fixed": _text(fixed),
        "unpriced": _text(unknown),
        "machines": _text(_machines(draft, facts)),
        "rootfs": _amount(facts, "fly.rootfs.stopped", None),
        "fail_at_percent": f"{fail_at(wish):f}",
    }
    made = Component(
        key="budget.check", role="budget", name="Scheduled budget check", provider="github", sku="scheduled workflow",
        settings=settings, reason="Fly.io has no billing alerts; the check prices what runs, every day",
        because=("budget",),
    )  # fmt: skip
    served = "a scheduled check that prices the running Machines for the whole month"
    percents = " and ".join(f"{p:f} %" for p in wish.thresholds_percent) or "100 %"
    replaced = Substitution(
        id="fly.budget.none",
        question="budget",
        intent=f"an alert at {percents} of {wish.limit.amount} {wish.limit.currency} a month",
        served_by=served,
        components=(made.key,),
    )
    part = Part(
        components=(made,),
        substitutions=(replaced,),
        assumptions=_gaps(wish),
        secrets=(
            Secret(
                name="FLY_BUDGET_TOKEN", purpose="the budget check lists Machines with it (read-only token)"
            ),
        ),
    )
    return Budgeting(part, msgspec.structs.replace(wish, served_by=served))


def fail_at(wish: BudgetWish) -> Decimal:
    """The threshold that fails the check.

    The check looks at the cost of a whole month, so a low one of several would fail for ever: the lowest from 80 %
    on, or the highest where all are lower.
    """
    if not wish.thresholds_percent:
        return Decimal(100)
    high = [p for p in wish.thresholds_percent if p >= 80]
    return min(high) if high else max(wish.thresholds_percent)


def _gaps(wish: BudgetWish) -> tuple[Assumption, ...]:
    gaps = []
    if wish.limit and wish.limit.currency != "USD":
        limit = f"{wish.limit.amount} {wish.limit.currency}"
        reason = f"Fly.io bills in US dollars; set BUDGET_LIMIT_USD to what {limit} is"
        gaps.append(_gap("currency", "USD", reason))
    if len(wish.thresholds_percent) > 1:
        reason = (
            "the check looks at the cost of a whole month; lower thresholds are reported and do not fail it"
        )
        gaps.append(_gap("alert_threshold_percent", f"fails at {fail_at(wish):f} %", reason))
    return tuple(gaps)


def _fixed(components: Iterable[Component], facts: Facts) -> tuple[dict[str, str], list[str]]:
    """What is billed besides counted Machines, at the expected load: name -> amount a month; and what has no price."""
    fixed: dict[str, str] = {}
    unknown: list[str] = []
    for component in components:
        for meter in component.meters if component.role not in _LIVE else ():
            name = f"{component.name}: {meter.name}" + (f" ({component.region})" if component.region else "")
            amount = _monthly(meter, component.region, facts)
            if amount is None:
                unknown.append(name)
            elif amount:
                fixed[name] = f"{amount:f}"
    return fixed, unknown


def _monthly(meter: Meter, region: str | None, facts: Facts) -> Decimal | None:
    price = facts.price(meter.price, region)
    if price is None or price.currency != "USD":
        return None
    billed = max(meter.quantity.expected - meter.free, Decimal(0))
    return (billed * price.amount).quantize(Decimal("0.01"))


def _machines(draft: Draft, facts: Facts) -> dict[str, dict[str, str]]:
    regions = [p.code for p in draft.places]
    return {s.id: {r: _amount(facts, f"fly.machine.{s.id}", r) for r in regions} for s in machines(facts)}


def _amount(facts: Facts, price: str, region: str | None) -> str:
    found = facts.price(price, region)
    return f"{found.amount:f}" if found else ""


def _gap(field: str, value: str, reason: str) -> Assumption:
    return Assumption(field=f"budget.{field}", value=value, reason=reason, confirm=True)
