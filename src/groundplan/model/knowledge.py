"""The shapes of what the open folders hold: one struct for each kind of noun."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

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
    """Empty: every platform, and also where there is no plan."""
    check: Callable[[Case], Iterable[Diagnostic]]


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


class Target(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    name: str
    emit: Callable[[Plan, Lowered], tuple[File, ...]]
    reads: str = ""
    """Module of a platform that lowers a plan for it; empty: the one named as the target."""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A third party that joins any platform."""

    key: str
    name: str
    kinds: tuple[str, ...]
    """metrics, logs, errors, uptime, channel, database, cache …"""
    alerts_on: tuple[str, ...] = ()
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
