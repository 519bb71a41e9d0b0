"""Plan to Estimate: quantity times price, line by line, and the verdict against the budget.

Knows arithmetic only; prices are facts, quantities are the plan's. What has no price is listed as missing, in no
total; what it costs at the vendor's best known region stands beside the total.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from groundplan.model.estimate import Estimate, Line, Missing, Verdict
from groundplan.model.infrastructure import Facts, Price
from groundplan.model.plan import Component, Meter, Plan
from groundplan.model.quantity import ZERO, Range
from groundplan.price.verdict import CURRENCY, MACHINES, against, machines_unpriced, verdict

__all__ = ["MACHINES", "against", "machines_unpriced", "price"]

CENT = Decimal("0.01")


def price(plan: Plan, facts: Facts) -> Estimate:
    """Price every meter of every component; lines are rounded to cents, totals add the rounded lines."""
    lines: list[Line] = []
    missing: list[Missing] = []
    dates: list[str] = []
    for component in plan.components:
        for meter in component.meters:
            known = facts.price(meter.price, component.region)
            if known is None or known.currency != CURRENCY:
                missing.append(_missing(component, meter, facts))
            else:
                lines.append(_line(component, meter, known, facts))
                dates.append(facts.source_of(known).date)
    total = ZERO
    for line in lines:
        total = total + line.monthly
    estimate = Estimate(
        currency=CURRENCY,
        as_of=min(dates, default=facts.as_of),
        total=total,
        lines=tuple(lines),
        missing=tuple(missing),
        like=_with_like(total, missing),
        verdict=Verdict(budget=plan.budget.limit, state="no_budget", text=_no_budget(plan)),
        assumed=_assumed(plan),
        stated=plan.draft.load.stated,
    )
    return msgspec.structs.replace(estimate, verdict=verdict(plan, estimate, facts))


def _no_budget(plan: Plan) -> str:
    said = plan.budget.said
    return "no monthly amount could be read from the budget answer" if said else "no budget was stated"


_RESTS_ON: dict[str, tuple[str, tuple[str, ...]]] = {
    "egress_gb": ("egress", ("",)),
    "log_gb": ("logs", ("",)),
    "database_gb": ("database", ("",)),
    "requests_millions": ("web", (".requests",)),
    "busy_percent": ("web", (".vcpu_idle",)),
    "responders": ("", ("user", "responder")),
}
"""Which figure of the load stands behind which lines: a role, and how the price id ends."""


def _assumed(plan: Plan) -> dict[str, Range]:
    """The figures that some line of this plan rests on, and those that a person set."""
    used = [(c.role, m.price) for c in plan.components for m in c.meters]
    return {
        name: getattr(plan.draft.load, name)
        for name, (role, ending) in _RESTS_ON.items()
        if name in plan.draft.load.stated
        or any((not role or r == role) and p.endswith(ending) for r, p in used)
    }


def _line(component: Component, meter: Meter, known: Price, facts: Facts) -> Line:
    source = facts.source_of(known)
    return Line(
        component=component.key,
        role=component.role,
        sku=component.sku,
        region=component.region,
        meter=meter.name,
        quantity=meter.quantity,
        unit=known.unit,
        unit_price=known.amount,
        monthly=_monthly(meter, known.amount),
        certainty=source.certainty,
        source=f"{source.title} ({source.date})",
        assumption=meter.assumption,
    )


def _with_like(total: Range, missing: list[Missing]) -> Range | None:
    likes = [m.like for m in missing if m.like is not None]
    for like in likes:
        total = total + like
    return total if likes else None


def _missing(component: Component, meter: Meter, facts: Facts) -> Missing:
    like = facts.elsewhere(meter.price)
    if like is not None and like.currency != CURRENCY:
        like = None
    return Missing(
        component=component.key,
        meter=meter.name,
        price=meter.price,
        role=component.role,
        like=_monthly(meter, like.amount) if like else None,
        like_region=like.region if like else "",
        unit=like.unit if like else "",
    )


def _monthly(meter: Meter, amount: Decimal) -> Range:
    def cost(quantity: Decimal) -> Decimal:
        billed = max(quantity - meter.free, Decimal(0))
        return (billed * amount).quantize(CENT, ROUND_HALF_UP)

    return Range(cost(meter.quantity.floor), cost(meter.quantity.expected), cost(meter.quantity.ceiling))
