"""The budget as a monthly limit with alert thresholds. Knows periods; not what anything costs."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.decision import Budget, Decisions
from groundplan.model.plan import Assumption, BudgetWish
from groundplan.model.quantity import Money

_MONTHS = {"month": Decimal(1), "year": Decimal(12), "quarter": Decimal(3), "week": Decimal(12) / Decimal(52),
           "day": Decimal(12) / Decimal(365)}  # fmt: skip
_USUAL = (Decimal(50), Decimal(80), Decimal(100))


def budget(decisions: Decisions) -> tuple[BudgetWish, tuple[Assumption, ...]]:
    """Convert the stated amount to a month and its alert to per cent of it; 50, 80 and 100 % where none was stated."""
    said = decisions.budget
    gaps: list[Assumption] = []
    limit = _limit(said, gaps)
    percents = _percents(said, limit)
    if not percents and limit is not None:
        percents = _USUAL
        _gap(gaps, "alert_threshold_percent", "50, 80 and 100 %", "half way, close to it, and at it")
    words = decisions.readings["budget"].text.strip() if "budget" in decisions.readings else ""
    wish = BudgetWish(
        limit=limit,
        said=words,
        thresholds_percent=percents,
        threshold_amounts=_amounts(said, limit),
        tracking=said.tracking,
        optimisations=said.optimisations,
    )
    return wish, tuple(gaps)


def _limit(said: Budget, gaps: list[Assumption]) -> Money | None:
    if said.amount is None:
        return None
    if said.currency is None:
        _gap(
            gaps,
            "currency",
            "USD",
            "no currency was stated, and the vendors bill in US dollars",
            confirm=True,
        )
    if said.period is None:
        _gap(gaps, "period", "month", "no period was stated, and the vendors bill by the month", confirm=True)
    months = _MONTHS.get(said.period or "month", Decimal(1))
    return Money((said.amount / months).quantize(Decimal("0.01")), said.currency or "USD")


def _amounts(said: Budget, limit: Money | None) -> tuple[Money, ...]:
    if said.alert_threshold_percent is not None or said.alert_threshold_amount is None or limit is None:
        return ()
    months = _MONTHS.get(said.period or "month", Decimal(1))
    sums = (said.alert_threshold_amount, *said.further_amounts)
    return tuple(Money((s / months).quantize(Decimal("0.01")), limit.currency) for s in sums)


def _percents(said: Budget, limit: Money | None) -> tuple[Decimal, ...]:
    if said.alert_threshold_percent is not None:
        return (said.alert_threshold_percent, *said.further_percents)
    if said.alert_threshold_amount is None or said.amount is None or said.amount <= 0 or limit is None:
        return ()
    sums = (said.alert_threshold_amount, *said.further_amounts)
    return tuple((s / said.amount * 100).quantize(Decimal("0.1")).normalize() + 0 for s in sums)


def _gap(gaps: list[Assumption], field: str, value: str, reason: str, confirm: bool = False) -> None:
    gaps.append(Assumption(field=f"budget.{field}", value=value, reason=reason, confirm=confirm))
