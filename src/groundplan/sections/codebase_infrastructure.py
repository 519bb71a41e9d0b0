"""codebase_spec.md, Infrastructure: provider, regions, scaling, monitoring, cost and code, one line each."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _answers as said
from groundplan.sections import _words as w


class _Row(msgspec.Struct, frozen=True):
    label: str
    question: str
    text: Callable[[Case], str]
    doubts: tuple[str, ...] = ()
    """Fields of the question that, in doubt, make this one uncertain; empty: all."""
    also: tuple[str, ...] = ()


_ROWS = (
    _Row(
        "Provider", "hosting", said.provider, ("primary", "services"),
        (
            "Hosting", "Hosting platform", "Cloud provider", "Hosting provider", "Platform", "Provider/Platform",
            "Hosting/Cloud provider", "Cloud/Hosting provider", "Hosting/Provider", "Cloud platform", "Cloud",
        ),
    ),
    _Row(
        "Regions/Zones", "regions", said.regions, (),
        ("Regions", "Region", "Region/Zone", "Regions/Availability", "Regions and failover", "Availability zones"),
    ),
    _Row(
        "Scaling", "scaling", said.scaling, (),
        ("Scaling strategy", "Scaling approach", "Scaling policy", "Auto-scaling", "Autoscaling"),
    ),
    _Row(
        "Monitoring", "monitoring", said.monitoring, ("tools",),
        ("Monitoring/Observability", "Observability", "Monitoring strategy", "Monitoring & alerting"),
    ),
    _Row("Alerting", "monitoring", said.alerting, ("alert",), ("Alerts", "Alerting strategy")),
    _Row(
        "Cost", "budget", said.cost, ("amount", "currency", "period"),
        ("Cost management", "Budget", "Cost/Budget", "Budget/Cost", "Costs", "Monthly cost", "Monthly budget"),
    ),
    _Row(
        "Infrastructure as Code", "iac", said.code, ("tool",),
        ("IaC", "IaC approach", "Infrastructure as code (IaC)", "IaC files", "IaC tool"),
    ),
)  # fmt: skip


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    fields = (
        Field(
            label=row.label,
            text=row.text(case),
            uncertain=w.doubtful(case, row.question, *row.doubts),
            also=row.also,
        )
        for row in _ROWS
    )
    return tuple(f for f in (*fields, *_stated(case), *_neighbours(case)) if f.text)


def _stated(case: Case) -> tuple[Field, ...]:
    """What only some answers decide; without a decision there is no line."""
    backups, recovery = said.backups(case), said.recovery(case)
    return (
        Field(label="Disaster recovery", text=recovery, also=("Failover", "DR", "Recovery", "RPO/RTO")),
        Field(label="Where data lies", text=said.data(case), also=("Data residency", "Data location")),
        Field(label="Backups", text=backups, also=("Backup", "Backup strategy")),
        Field(label="Access control", text=w.deeper(case, "Access control"), also=("Access", "Access management")),
        Field(label="Budget owner", text=w.deeper(case, "Budget owner"), also=("Cost owner",)),
    )  # fmt: skip


def _neighbours(case: Case) -> tuple[Field, ...]:
    """Labels that templates have in this section, filled where they are there."""
    plan = case.plan
    if plan is None:
        return ()
    secrets = ("Secrets store", "Secrets management", "Secret store", "Secret management")
    return (
        Field(label="Secrets", text=said.secrets_store(plan), also=secrets, optional=True),
        Field(
            label="Container runtime",
            text=said.runtime(plan),
            also=("Container platform", "Containers"),
            optional=True,
        ),
    )


SECTION = Section(
    key="codebase_infrastructure", document=w.CODEBASE, heading=("Infrastructure",), render=render
)
