"""`groundplan catalog`: what is known, with sources and dates. Reads facts and registries; judges nothing."""

from __future__ import annotations

from typing import Any

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.terminal import Terminal
from groundplan.cli.views.tables import table
from groundplan.model.infrastructure import Facts

KINDS = ("platforms", "regions", "prices", "rules")
Rows = list[dict[str, Any]]  # Any: JSON values


@commandline.command("catalog")
@commandline.argument("kind", choices=KINDS)
@commandline.option("--platform", metavar="KEY", help="Only rows of this platform: fly, aws …")
@takes("json", "talk")
def command(settings: Settings, kind: str, platform: str | None) -> int:
    """Platforms, regions, prices and rules that are known, each with its source."""
    rows = [row for row in _rows(kind) if _of(row, platform)]
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode({kind: rows}), nl=False)
        return 0
    say("\n".join(_table(kind, rows, settings.device)))
    return 0


def _of(row: dict[str, Any], platform: str | None) -> bool:
    if platform is None:
        return True
    owner = (
        row.get("provider") or row.get("key") or row.get("platforms") or str(row.get("id", "")).split(".")[0]
    )
    return platform in owner if isinstance(owner, list) else owner == platform


def _rows(kind: str) -> Rows:
    if kind == "platforms":
        return _platforms()
    if kind == "rules":
        return _rules()
    from groundplan import facts

    return _regions(facts.load()) if kind == "regions" else _prices(facts.load())


def _platforms() -> Rows:
    from groundplan.platforms import platforms

    return [
        {"key": p.key, "name": p.name, "services": list(p.services), "targets": list(p.targets), "iac": p.iac}
        | {"scaling": p.scaling, "monitoring": p.monitoring, "budget_alarm": p.budget_alarm, "risk": p.risk}
        for p in platforms().values()
    ]


def _rules() -> Rows:
    from groundplan.rules import rules

    return [
        {
            "code": r.code,
            "name": r.name,
            "severity": r.severity,
            "platforms": list(r.platforms),
            "covers": list(r.covers),
        }
        for r in rules().values()
    ]


def _regions(facts: Facts) -> Rows:
    return [
        {"provider": r.provider, "code": r.code, "city": r.city, "country": r.country, "zones": r.zones}
        | {"eea": r.eea, "status": r.status, "services": list(r.services)}
        | _source(facts, r.source)
        for rows in facts.regions.values()
        for r in rows.values()
    ]


def _prices(facts: Facts) -> Rows:
    return [
        {"id": p.id, "region": p.region, "unit": p.unit, "amount": p.amount, "currency": p.currency}
        | _source(facts, p.source)
        for rows in facts.prices.values()
        for p in rows.values()
    ]


def _source(facts: Facts, key: str) -> dict[str, Any]:
    source = facts.sources[key]
    return {"source": f"{source.title} ({source.date})", "url": source.url, "certainty": source.certainty}


_COLUMNS = {
    "platforms": ("key", "name", "services", "targets", "scaling"),
    "regions": ("provider", "code", "city", "country", "zones", "status"),
    "prices": ("id", "region", "unit", "amount", "certainty", "source"),
    "rules": ("code", "severity", "name", "platforms"),
}


def _table(kind: str, rows: Rows, device: Terminal) -> list[str]:
    columns = _COLUMNS[kind]
    body = [tuple(_cell(row[column]) for column in columns) for row in rows]
    return table([columns, *body], device)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(v) for v in value) or "-"
    return "-" if value is None or value == "" else str(value)
