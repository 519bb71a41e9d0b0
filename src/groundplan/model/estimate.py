"""A monthly cost range, line by line. Holds what is missing as missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from groundplan.model.infrastructure import Certainty
from groundplan.model.quantity import Money, Range


class Line(msgspec.Struct, frozen=True, kw_only=True):
    component: str
    role: str
    sku: str
    region: str | None
    meter: str
    quantity: Range
    unit: str
    unit_price: Decimal
    monthly: Range
    certainty: Certainty
    source: str
    """`title (date)`."""
    assumption: str = ""


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    component: str
    meter: str
    price: str
    """The price id that no fact gives."""


State: TypeAlias = Literal[
    "within", "breaks_at_maximum", "breaks_at_expected", "over_at_minimum", "no_budget", "other_currency"
]  # fmt: skip


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    budget: Money | None
    state: State
    text: str
    breaks_at_instances: int | None = None
    """Smallest number of web instances at which the estimate passes the budget."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    currency: str
    as_of: str
    total: Range
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    verdict: Verdict


class OptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One platform for the same capacity, computed."""

    platform: str
    name: str
    service: str
    regions: tuple[str, ...]
    total: Range | None
    """None where the platform cannot be planned yet."""
    missing: int
    scaling: str
    monitoring: str
    budget_alarm: str
    code: str
    risk: str
    chosen: bool = False
