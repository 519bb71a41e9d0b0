"""Plan to Estimate: quantity times price, line by line, and the verdict against the budget.

Knows arithmetic only; prices are facts, quantities are the plan's. What has no price is listed as missing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from groundplan.model.estimate import Conversion, Estimate, Line, Missing, State, Verdict
from groundplan.model.infrastructure import Facts, Price
from groundplan.model.plan import Component, Load, Meter, Plan
from groundplan.model.quantity import ZERO, Money, Range

CENT = Decimal("0.01")
CURRENCY = "USD"
MACHINES = ("web", "worker")
"""Roles without whose price a total says nothing."""


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
        verdict=Verdict(budget=plan.budget.limit, state="no_budget", text="no budget was stated"),
        assumed=_assumed(plan),
        stated=plan.draft.load.stated,
        about=_about(total, missing),
    )
    return msgspec.structs.replace(estimate, verdict=_verdict(plan, estimate, facts))


def _about(total: Range, missing: list[Missing]) -> Range | None:
    """The total with what is missing priced as in the vendor's best known region, as far as that is known."""
    known = [m.like for m in missing if m.like is not None]
    if not known or any(m.role in MACHINES and m.like is None for m in missing):
        return None
    for like in known:
        total = total + like
    return total


def machines_unpriced(estimate: Estimate) -> bool:
    """Whether what the application runs on has no known price; a total then says nothing."""
    return any(m.role in MACHINES for m in estimate.missing)


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


def _missing(component: Component, meter: Meter, facts: Facts) -> Missing:
    like = facts.elsewhere(meter.price)
    return Missing(
        component=component.key,
        meter=meter.name,
        price=meter.price,
        role=component.role,
        like=_monthly(meter, like.amount) if like else None,
        like_region=like.region if like else "",
    )


def _monthly(meter: Meter, amount: Decimal) -> Range:
    def cost(quantity: Decimal) -> Decimal:
        billed = max(quantity - meter.free, Decimal(0))
        return (billed * amount).quantize(CENT, ROUND_HALF_UP)

    return Range(cost(meter.quantity.floor), cost(meter.quantity.expected), cost(meter.quantity.ceiling))


def _verdict(plan: Plan, estimate: Estimate, facts: Facts) -> Verdict:
    budget = plan.budget.limit
    if budget is None:
        return estimate.verdict
    rate = _conversion(budget, plan.draft.load, facts)
    if rate is None:
        text = (
            f"the budget is in {budget.currency} and the prices are in {CURRENCY}; no dated rate is known: "
            f"set one with --assume usd_per_{budget.currency.lower()}=…"
        )
        return Verdict(budget=budget, state="other_currency", text=text)
    limit = (budget.amount * rate.usd).quantize(CENT, ROUND_HALF_UP)
    converted = rate if budget.currency != CURRENCY else None
    if machines_unpriced(estimate):
        names = ", ".join(dict.fromkeys(m.component for m in estimate.missing if m.role in MACHINES))
        text = f"cannot be told: the price of {names} is not known"
        return Verdict(budget=budget, state="unpriced", text=text, limit=limit, conversion=converted)
    state, words = against(estimate.judged, limit)
    return Verdict(
        budget=budget,
        state=state,
        text=words + _sum(budget, limit, converted) + _until(plan, estimate, limit, state),
        breaks_at_instances=_breaks(plan, estimate, limit) if state != "within" else None,
        limit=limit,
        conversion=converted,
        breaks_first=_grows_most(estimate, state),
    )


def _conversion(budget: Money, load: Load, facts: Facts) -> Conversion | None:
    if budget.currency == CURRENCY:
        return Conversion(currency=CURRENCY, usd=Decimal(1), source="")
    own = load.rates.get(budget.currency)
    if own is not None:
        return Conversion(currency=budget.currency, usd=own, source="set by you")
    rate = facts.rates.get(budget.currency)
    if rate is None:
        return None
    source = facts.source_of(rate)
    return Conversion(currency=budget.currency, usd=rate.usd, source=f"{source.title} ({source.date})")


def against(total: Range, limit: Decimal) -> tuple[State, str]:
    """The first load at which `total` passes `limit`, and how to say so."""
    if total.floor > limit:
        return "over_at_minimum", "already at the minimum over "
    if total.expected > limit:
        return "breaks_at_expected", "at the expected load over "
    if total.ceiling > limit:
        return "breaks_at_maximum", "at the expected load within "
    return "within", "also at the maximum within "


def _sum(budget: Money, limit: Decimal, rate: Conversion | None) -> str:
    said = f"{budget.amount:f} {budget.currency} a month"
    if rate is None:
        return said
    date = rate.source.rpartition("(")[2].rstrip(")")
    return f"{said}, which is {limit:f} {CURRENCY} at {rate.usd:f} ({date})"


def _until(plan: Plan, estimate: Estimate, limit: Decimal, state: State) -> str:
    breaks = _breaks(plan, estimate, limit)
    at = f", passed at {_instances(breaks)}" if state == "breaks_at_maximum" and breaks else ""
    return f"{at}{_stand_in(estimate)}"


def _stand_in(estimate: Estimate) -> str:
    """What the verdict rests on where prices are missing."""
    regions = " and ".join(sorted({m.like_region for m in estimate.missing if m.like_region}))
    taken = sum(m.like is not None for m in estimate.missing)
    left = len(estimate.missing) - taken
    lines = "1 line" if taken == 1 else f"{taken} lines"
    parts = [f"with the prices of {regions} for {lines}, whose own are not known"] if estimate.about else []
    if left or not estimate.about:
        parts += ["prices that are not known come on top"] if estimate.missing else []
    return "".join(f"; {part}" for part in parts)


def _grows_most(estimate: Estimate, state: State) -> str:
    """The line that takes most of the way to the load that passes the budget; at the minimum, the largest one."""
    if state == "within" or not estimate.lines:
        return ""

    def growth(line: Line) -> Decimal:
        if state == "over_at_minimum":
            return line.monthly.floor
        top = line.monthly.expected if state == "breaks_at_expected" else line.monthly.ceiling
        return top - line.monthly.floor

    most = max(estimate.lines, key=growth)
    kind = "the largest line" if state == "over_at_minimum" else "what grows most"
    return f"{kind} is {most.meter} ({most.component}), {growth(most):f} {CURRENCY} a month"


def _instances(count: int) -> str:
    return "1 instance" if count == 1 else f"{count} instances"


def _breaks(plan: Plan, estimate: Estimate, limit: Decimal) -> int | None:
    """The smallest number of web instances that passes the limit at full load; None where no number decides it."""
    web = plan.role("web")
    low, high = sum(c.minimum for c in web), sum(c.maximum for c in web)
    total = estimate.judged
    if high <= low or total.ceiling <= total.floor:
        return low or None
    each = _of_one_instance(estimate, high)
    if each <= 0:
        return None
    spare = (total.ceiling - limit) / each
    return max(low, 1, min(high, high - int(spare)))


def _of_one_instance(estimate: Estimate, high: int) -> Decimal:
    """What one instance more costs at full load: its own lines, and those that count instances."""
    scaled = [
        line.monthly.ceiling for line in estimate.lines if line.role == "web" or line.unit.startswith("host")
    ]
    return sum(scaled, Decimal(0)) / high
