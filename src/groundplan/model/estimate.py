"""A monthly cost range, line by line, what is missing, and how platforms compare. Holds what is missing as missing."""

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
    role: str = ""
    like: Range | None = None
    """What it would be at the vendor's best known region: for a sense of size, in no total."""
    like_region: str = ""
    unit: str = ""
    """What the stand-in price is for."""


class Conversion(msgspec.Struct, frozen=True, kw_only=True):
    """How a budget became comparable with prices."""

    currency: str
    usd: Decimal
    """What one unit of `currency` is in US dollars."""
    source: str
    """`title (date)`, or that a person set it."""


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was planned and priced again."""

    change: str
    """`at most 3 instances`, `the region Ashburn, Virginia (iad)` …"""
    question: str
    total: Range
    saves: Decimal
    """A month, at the load that passes the budget."""
    costs: str = ""
    """What is given up."""
    about: bool = False
    """Whether `total` holds prices of another region."""


State: TypeAlias = Literal[
    "within", "breaks_at_maximum", "breaks_at_expected", "over_at_minimum", "no_budget", "other_currency",
    "unpriced",
]  # fmt: skip


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    budget: Money | None
    state: State
    text: str
    breaks_at_instances: int | None = None
    """Smallest number of web instances at which the estimate passes the budget."""
    limit: Decimal | None = None
    """The budget in the currency of the estimate."""
    conversion: Conversion | None = None
    breaks_first: str = ""
    """The line that grows most towards the load that passes the budget."""
    remedies: tuple[Remedy, ...] = ()
    """Changes that bring it back, the least costly to make first."""
    closest: Remedy | None = None
    """Where no single change does: the one that comes closest."""
    stand_in: bool = False
    """Whether known prices alone would give a better verdict than with the stand-ins for unknown ones."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    currency: str
    as_of: str
    total: Range
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    verdict: Verdict
    assumed: dict[str, Range] = {}
    """The load that the quantities rest on, by name: egress_gb, log_gb …"""
    stated: tuple[str, ...] = ()
    """Names in `assumed` that a person set."""
    like: Range | None = None
    """The total with stand-ins for missing lines from `like_regions`; None where no missing line has one."""

    @property
    def judged(self) -> Range:
        """What a budget is compared with; `total` alone is a lower bound where lines are missing."""
        return self.like or self.total

    @property
    def like_regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.like_region for m in self.missing if m.like is not None))

    @property
    def nowhere(self) -> tuple[Missing, ...]:
        """What has no known price in any region."""
        return tuple(m for m in self.missing if m.like is None)

    @property
    def like_words(self) -> str:
        """`with the prices of us-east-1 for the 9 lines that have none here, about 100.00 to 200.00 USD a month`."""
        if self.like is None:
            return ""
        count = len(self.missing) - len(self.nowhere)
        which = "the line that has" if count == 1 else f"the {count} lines that have"
        low, high = self.like.floor, self.like.ceiling
        sums = f"{low:,.2f}" if low == high else f"{low:,.2f} to {high:,.2f}"
        where = " and ".join(self.like_regions)
        return f"with the prices of {where} for {which} none here, about {sums} {self.currency} a month"


class Latency(msgspec.Struct, frozen=True, kw_only=True):
    """Round trip from where users are to the nearest region, by great circle; the last mile and TLS come on top."""

    users: str
    region: str
    km: int
    least_ms: int
    """No route is faster: 1 ms for each 100 km."""
    low_ms: int
    expected_ms: int
    high_ms: int


class OptionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One platform for the same capacity, computed."""

    platform: str
    name: str
    service: str
    regions: tuple[str, ...]
    total: Range | None
    """None where the machines themselves have no known price: a total without them would mislead."""
    missing: int
    scaling: str
    monitoring: str
    budget_alarm: str
    code: str
    risk: str
    chosen: bool = False
    like: Range | None = None
    """The total with missing prices taken from the vendor's best known region; None where there are none."""
    unknown: tuple[str, ...] = ()
    """Names of what has no known price anywhere."""
    places: tuple[str, ...] = ()
    """`Frankfurt (fra)`, in the order of `regions`."""
    residency: Literal["", "kept", "partly", "not_kept"] = ""
    """Whether every region lies in the area that was named, or the first one only; empty where no duty was named."""
    short: str = ""
    """Where it has fewer regions than were named: `1 of the 2 regions that you named`."""
    latency: tuple[Latency, ...] = ()
    instead: tuple[str, ...] = ()
    """Intents that another construct serves: `scale when CPU > 80 %: fly-autoscaler …`."""
    fit: dict[str, str] = {}
    """`scaling`, `monitoring`, `budget` -> `as stated`, or what serves it another way."""
    budget_state: State = "no_budget"
    burden: Literal["low", "medium", "high"] = "medium"
    operations: str = ""
    iac: tuple[str, ...] = ()
    """IaC tools that groundplan writes for it."""
    written: bool = False
    """Whether groundplan writes code for it."""
    lifecycle: str = ""
    sla: str = ""
    rejected: bool = False
    recommended: bool = False
    reason: str = ""
    """Why it is, or is not, the recommended one."""
