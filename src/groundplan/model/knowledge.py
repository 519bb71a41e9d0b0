"""The shapes of what the open folders hold: one struct for each kind of noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from groundplan.model.case import Case
from groundplan.model.decision import Reading, Value
from groundplan.model.diagnostic import Diagnostic, Severity
from groundplan.model.files import File
from groundplan.model.graph import Graph
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Draft, Plan, Secret
from groundplan.model.question import Question
from groundplan.model.spec import Field

Lowered: TypeAlias = "Graph | tuple[File, ...]"


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    titles: tuple[str, ...]
    """Words of a question's title that this reader serves, lower case; empty for the stock readers."""
    value: type[Value]
    read: Callable[[Question | None, str, Facts], Reading]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The docstring of its module is its page: What it does, Why it matters, Example, Instead, Sources."""

    code: str
    name: str
    severity: Severity
    covers: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    """Empty: every platform, and also where none could be read."""
    words: tuple[str, ...] = ()
    """Lower-case words of which the answers must hold one for the rule to have anything to say; empty: always."""
    needs: tuple[str, ...] = ()
    """Fields, `iac.files` or `iac.tool=none`, and what a case shows, `verdict=no_budget`: one of them must be there for
    the rule to have anything to say; empty: always."""
    check: Callable[[Case], Iterable[Diagnostic]]


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """What the option matrix says of a service that is not the platform's usual one."""

    scaling: str
    risk: str
    operations: str
    burden: Literal["low", "medium", "high"] = "medium"
    sla: str = ""


Unwritten: TypeAlias = Alternative
"""A service that is planned and priced, for which no code is written."""


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """Modules of the platform's folder are imported on use: `plan`, then the module that the target reads."""

    key: str
    name: str
    services: tuple[str, ...] = ()
    """Service keys that can be planned, the default first; empty: understood but not built for yet."""
    targets: tuple[str, ...] = ()
    """Lowerings that exist, the default first."""
    iac: dict[str, str] = {}
    """Stated IaC tool -> target that serves it."""
    scaling: str = ""
    monitoring: str = ""
    budget_alarm: str = ""
    code: str = ""
    risk: str = ""
    """One sentence each, for the option matrix."""
    sla: str = ""
    """Id of the service level that its usual construct has."""
    burden: Literal["low", "medium", "high"] = "medium"
    operations: str = ""
    """What stays for people to do, and how much of it there is."""
    unmanageable: tuple[str, ...] = ()
    """IaC tools that cannot manage it at all."""
    variants: dict[str, Alternative] = {}
    """Those of `services` that are described by themselves; code is written for them."""
    unwritten: dict[str, Unwritten] = {}
    """Services that are planned when an answer names them, beside `services`; no target serves them."""

    @property
    def planned(self) -> tuple[str, ...]:
        """Every service key that can be planned, the default first."""
        return (*self.services, *self.unwritten)

    def described(self, service: str) -> Alternative | None:
        """What is said of a service in place of what is said of the platform; None for the usual one."""
        return self.variants.get(service) or self.unwritten.get(service)

    def writes(self, service: str | None) -> bool:
        """Whether code is written for it."""
        return bool(self.targets) and service not in self.unwritten


class Target(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    name: str
    emit: Callable[[Plan, Lowered], tuple[File, ...]]
    reads: str = ""
    """Module of a platform that lowers a plan for it; empty: the one named as the target."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Where one of our price ids stands in a vendor's public list."""

    id: str
    unit: str
    """Ours."""
    offer: str
    """Service name, or offer code."""
    meters: tuple[str, ...]
    """Meter names, or usage types without the region in front; the first that is there counts."""
    units: tuple[str, ...]
    """What the list must price it by, lower case."""
    product: str = ""
    """Pattern that the product name must hold."""
    attributes: dict[str, str] = {}
    """Patterns of whole attributes."""
    factor: Decimal = Decimal(1)
    """List price to ours."""


class PriceList(msgspec.Struct, frozen=True, kw_only=True):
    """A public list that needs no account."""

    url: str
    title: str
    shape: Literal["azure", "aws"]
    listed: tuple[Listed, ...]


class Pricing(msgspec.Struct, frozen=True, kw_only=True):
    """One line on a third party's bill."""

    name: str
    price: str
    """Price id."""
    per: Literal["month", "instance", "log GB", "responder", "database GB"] = "month"
    free: Decimal = Decimal(0)
    times: Decimal = Decimal(1)
    """Units of the price for each of `per`."""
    note: str = ""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A third party that joins any platform."""

    key: str
    name: str
    kinds: tuple[str, ...]
    """metrics, logs, errors, uptime, channel, database, cache …"""
    alerts_on: tuple[str, ...] = ()
    pricing: tuple[Pricing, ...] = ()
    secrets: tuple[Secret, ...] = ()
    steps: tuple[str, ...] = ()
    """Exact set-up steps for the runbook, Markdown."""
    source: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    document: str
    heading: tuple[str, ...]
    render: Callable[[Case, tuple[Diagnostic, ...]], tuple[Field, ...]]


PlanFunction: TypeAlias = "Callable[[Draft, Facts], Plan]"
