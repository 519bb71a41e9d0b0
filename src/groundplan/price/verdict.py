"""The estimate against the budget: which load passes it, and what grows towards it. Knows no meter.

Where prices are not known in a region, the vendor's best known region stands in, and the verdict says so: a total that
leaves lines out is never called within a budget that they would break.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from groundplan.model.estimate import Conversion, Estimate, State, Verdict
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Load, Plan
from groundplan.model.quantity import Money, Range

CENT = Decimal("0.01")
CURRENCY = "USD"
MACHINES = ("web", "worker")
"""Roles without whose price a total says nothing."""

BY_REQUEST = ("lambda",)
"""Services whose bill follows requests, so that no number of instances decides it."""


class _Part(msgspec.Struct, frozen=True):
    """A line of the bill, known or stood in for."""

    name: str
    role: str
    unit: str
    monthly: Range


def machines_unpriced(estimate: Estimate) -> bool:
    """Whether what the application runs on has no known price; a total then says nothing."""
    return any(m.role in MACHINES for m in estimate.missing)


def verdict(plan: Plan, estimate: Estimate, facts: Facts) -> Verdict:
    """Judge by the total with stand-ins where there are any, and by the known prices alone where there are none."""
    budget = plan.budget.limit
    if budget is None:
        return estimate.verdict
    rate = _conversion(budget, plan.draft.load, facts)
    if rate is None:
        return Verdict(budget=budget, state="other_currency", text=_no_rate(budget))
    limit = (budget.amount * rate.usd).quantize(CENT, ROUND_HALF_UP)
    converted = rate if budget.currency != CURRENCY else None
    state, words = against(estimate.judged, limit)
    if _untellable(estimate, state):
        return Verdict(
            budget=budget, state="unpriced", text=_untold(estimate, state), limit=limit, conversion=converted
        )
    breaks = _breaks(plan, estimate, limit) if state != "within" else None
    at = f", passed at {_instances(breaks)}" if state == "breaks_at_maximum" and breaks else ""
    return Verdict(
        budget=budget,
        state=state,
        text=_basis(estimate, state) + words + _sum(budget, limit, converted) + at + _on_top(estimate),
        breaks_at_instances=breaks,
        limit=limit,
        conversion=converted,
        breaks_first=_grows_most(estimate, state),
        stand_in=estimate.like is not None and against(estimate.total, limit)[0] != state,
    )


def against(total: Range, limit: Decimal) -> tuple[State, str]:
    """The first load at which `total` passes `limit`, and how to say so."""
    if total.floor > limit:
        return "over_at_minimum", "already at the minimum over "
    if total.expected > limit:
        return "breaks_at_expected", "at the expected load over "
    if total.ceiling > limit:
        return "breaks_at_maximum", "at the expected load within "
    return "within", "also at the maximum within "


def _untellable(estimate: Estimate, state: State) -> bool:
    """A bill without its machines is within nothing, even where a stand-in says so; with one it can break a budget."""
    if state == "breaks_at_maximum":
        return any(m.role in MACHINES for m in estimate.nowhere)
    return state == "within" and machines_unpriced(estimate)


def _no_rate(budget: Money) -> str:
    return (
        f"the budget is in {budget.currency} and the prices are in {CURRENCY}; no dated rate is known: "
        f"set one with --assume usd_per_{budget.currency.lower()}=…"
    )


def _untold(estimate: Estimate, state: State) -> str:
    names = ", ".join(dict.fromkeys(m.component for m in estimate.missing if m.role in MACHINES))
    holds = estimate.like is not None and state == "within"
    about = f"; {estimate.like_words}: it would hold" if holds else ""
    return f"cannot be told: the price of {names} is not known{about}"


def _basis(estimate: Estimate, state: State) -> str:
    """What the judgement rests on, where that is not known prices alone."""
    if estimate.like is not None:
        return f"{estimate.like_words}: "
    return "as far as prices are known, " if estimate.missing and state != "over_at_minimum" else ""


def _on_top(estimate: Estimate) -> str:
    """What not even a stand-in counts."""
    left = len(estimate.nowhere)
    if left == 1:
        return "; 1 price is not known anywhere and comes on top"
    return f"; {left} prices are not known anywhere and come on top" if left else ""


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


def _sum(budget: Money, limit: Decimal, rate: Conversion | None) -> str:
    said = f"{figure(budget.amount)} {budget.currency} a month"
    if rate is None:
        return said
    date = rate.source.rpartition("(")[2].rstrip(")")
    return f"{said}, which is {figure(limit)} {CURRENCY} at {rate.usd:f} ({date})"


def figure(amount: Decimal) -> str:
    """`12,000` and `2,208.92`."""
    return f"{amount:,.2f}".removesuffix(".00")


def _parts(estimate: Estimate) -> Iterator[_Part]:
    for line in estimate.lines:
        yield _Part(f"{line.meter} ({line.component})", line.role, line.unit, line.monthly)
    for m in estimate.missing:
        if m.like is not None:
            name = f"{m.meter} ({m.component}, at the price of {m.like_region})"
            yield _Part(name, m.role, m.unit, m.like)


def _grows_most(estimate: Estimate, state: State) -> str:
    """The line that takes most of the way to the load that passes the budget; at the minimum, the largest one."""
    parts = list(_parts(estimate))
    if state == "within" or not parts:
        return ""

    def growth(part: _Part) -> Decimal:
        if state == "over_at_minimum":
            return part.monthly.floor
        top = part.monthly.expected if state == "breaks_at_expected" else part.monthly.ceiling
        return top - part.monthly.floor

    most = max(parts, key=growth)
    if growth(most) <= 0:
        most, state = max(parts, key=lambda p: p.monthly.floor), "over_at_minimum"
    kind = "the largest line" if state == "over_at_minimum" else "what grows most"
    return f"{kind} is {most.name}, {figure(growth(most))} {CURRENCY} a month"


def _instances(count: int) -> str:
    return "1 instance" if count == 1 else f"{count} instances"


def _breaks(plan: Plan, estimate: Estimate, limit: Decimal) -> int | None:
    """The smallest number of web instances that passes the limit at full load; None where no number decides it."""
    web = plan.role("web")
    if plan.service in BY_REQUEST:
        return None
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
    scaled = [p.monthly.ceiling for p in _parts(estimate) if p.role == "web" or p.unit.startswith("host")]
    return sum(scaled, Decimal(0)) / high
