"""Plan to Estimate: quantity times price, line by line, and the verdict against the budget.

Knows arithmetic only; prices are facts, quantities are the plan's. What has no price is listed as missing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from groundplan.model.estimate import Estimate, Line, Missing, OptionRow, State, Verdict
from groundplan.model.infrastructure import Facts, Price
from groundplan.model.knowledge import Platform
from groundplan.model.plan import Component, Meter, Plan
from groundplan.model.quantity import ZERO, Money, Range

CENT = Decimal("0.01")


def price(plan: Plan, facts: Facts) -> Estimate:
    """Price every meter of every component; lines are rounded to cents, totals add the rounded lines."""
    lines: list[Line] = []
    missing: list[Missing] = []
    for component in plan.components:
        for meter in component.meters:
            known = facts.price(meter.price, component.region)
            if known is None:
                missing.append(Missing(component=component.key, meter=meter.name, price=meter.price))
            else:
                lines.append(_line(component, meter, known, facts))
    total = ZERO
    for line in lines:
        total = total + line.monthly
    return Estimate(
        currency="USD",
        as_of=_oldest(plan, facts),
        total=total,
        lines=tuple(lines),
        missing=tuple(missing),
        verdict=_verdict(plan, total, bool(missing)),
    )


def option_row(platform: Platform, plan: Plan | None, estimate: Estimate | None, chosen: bool) -> OptionRow:
    """One row of the option matrix; a platform that cannot be planned yet has no total."""
    return OptionRow(
        platform=platform.key,
        name=platform.name,
        service=plan.service if plan else "",
        regions=tuple(p.code for p in plan.places) if plan else (),
        total=estimate.total if estimate else None,
        missing=len(estimate.missing) if estimate else 0,
        scaling=platform.scaling,
        monitoring=platform.monitoring,
        budget_alarm=platform.budget_alarm,
        code=platform.code,
        risk=platform.risk,
        chosen=chosen,
    )


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


def _monthly(meter: Meter, amount: Decimal) -> Range:
    def cost(quantity: Decimal) -> Decimal:
        billed = max(quantity - meter.free, Decimal(0))
        return (billed * amount).quantize(CENT, ROUND_HALF_UP)

    return Range(cost(meter.quantity.floor), cost(meter.quantity.expected), cost(meter.quantity.ceiling))


def _oldest(plan: Plan, facts: Facts) -> str:
    """The date of the oldest price that the estimate rests on."""
    used = (facts.price(m.price, c.region) for c in plan.components for m in c.meters)
    return min((facts.source_of(p).date for p in used if p), default=facts.as_of)


def _verdict(plan: Plan, total: Range, incomplete: bool) -> Verdict:
    limit = plan.budget.limit
    if limit is None:
        return Verdict(budget=None, state="no_budget", text="no budget was stated")
    if limit.currency != "USD":
        text = f"the budget is in {limit.currency} and the prices are in USD; no dated rate is known here"
        return Verdict(budget=limit, state="other_currency", text=text)
    state, text = _against(total, limit.amount)
    breaks = _breaks(plan, total, limit) if state != "within" else None
    at = f" until {breaks} instances" if state == "breaks_at_maximum" else ""
    rest = "; prices that are not known come on top" if incomplete else ""
    return Verdict(
        budget=limit,
        state=state,
        text=f"{text} {limit.amount:f} USD a month{at}{rest}",
        breaks_at_instances=breaks,
    )


def _against(total: Range, limit: Decimal) -> tuple[State, str]:
    if total.floor > limit:
        return "over_at_minimum", "already at the minimum over"
    if total.expected > limit:
        return "breaks_at_expected", "at the expected load over"
    if total.ceiling > limit:
        return "breaks_at_maximum", "within"
    return "within", "also at the maximum within"


def _breaks(plan: Plan, total: Range, limit: Money) -> int | None:
    """The smallest number of web instances at which the straight line from floor to ceiling passes the limit."""
    web = plan.role("web")
    low, high = sum(c.minimum for c in web), sum(c.maximum for c in web)
    if high <= low or total.ceiling <= total.floor:
        return low or None
    step = (total.ceiling - total.floor) / (high - low)
    over = (limit.amount - total.floor) / step
    return max(low, min(high, low + int(over) + 1))
