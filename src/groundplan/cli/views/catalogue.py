"""The catalogue as rows: one list for each kind, every fact with its source. Knows what to show; not how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from groundplan.model.infrastructure import Facts, Row

Rows = list[dict[str, Any]]  # Any: JSON values


def rows_of(kind: str) -> Rows:
    """Every row of this kind, in the catalogue's order."""
    if kind == "platforms":
        return _platforms()
    if kind == "services":
        return _services()
    if kind == "rules":
        return _rules()
    from groundplan import facts

    return _FACTS[kind](facts.load())


def columns(kind: str) -> tuple[str, ...]:
    return _COLUMNS[kind]


def _platforms() -> Rows:
    from groundplan import facts
    from groundplan.platforms import platforms

    known = facts.load()
    return [
        {"key": p.key, "name": p.name, "services": list(p.planned), "targets": list(p.targets), "iac": p.iac}
        | {"scaling": p.scaling, "monitoring": p.monitoring, "budget_alarm": p.budget_alarm, "risk": p.risk}
        | {
            "planned": bool(p.services),
            "written": bool(p.targets),
            "unwritten": list(p.unwritten),
            "burden": p.burden,
            "operations": p.operations,
        }
        | {"cannot": list(p.unmanageable), "regions": len(known.regions.get(p.key, {}))}
        | {"lifecycle": known.lifecycles[p.key].status if p.key in known.lifecycles else "open"}
        for p in platforms().values()
    ]


def _services() -> Rows:
    """Third parties: what they do, where they keep data, and what they cost."""
    from groundplan import facts
    from groundplan.services import services

    known = facts.load()
    return [
        {"key": s.key, "name": s.name, "kinds": list(s.kinds), "alerts_on": list(s.alerts_on)}
        | {
            "prices": [p.price for p in s.pricing],
            "sites": [_site(known, s.key, c) for c in known.sites.get(s.key, {})],
        }
        | {"secrets": [secret.name for secret in s.secrets]}
        for s in services().values()
    ]


def _site(facts: Facts, provider: str, code: str) -> str:
    site = facts.sites[provider][code]
    return f"{code} ({', '.join(x for x in (site.city, site.country) if x)})"


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
        {"provider": r.provider, "code": r.code, "region": r.code, "city": r.city, "country": r.country}
        | {"latitude": r.latitude, "longitude": r.longitude, "zones": r.zones, "pair": r.pair, "eea": r.eea}
        | {"area": area(facts, r.country), "status": r.status, "services": list(r.services)}
        | {"default_enabled": r.default_enabled}
        | _source(facts, r)
        for rows in facts.regions.values()
        for r in rows.values()
    ]


def area(facts: Facts, country: str) -> str:
    """`EU`, `EEA`, `adequacy`, `adequacy in part`, or `other`: membership and decisions, no judgement."""
    known = facts.countries.get(country)
    if known is None:
        return "other"
    if known.eea:
        return "EU" if known.eu else "EEA"
    return {"full": "adequacy", "partial": "adequacy in part"}.get(known.adequacy, "other")


def _prices(facts: Facts) -> Rows:
    return [
        {"id": p.id, "region": p.region, "unit": p.unit, "amount": p.amount, "currency": p.currency}
        | _source(facts, p)
        for rows in facts.prices.values()
        for p in rows.values()
    ]


def _plain(facts: Facts, rows: Any) -> Rows:  # Any: facts of one kind
    return [msgspec.structs.asdict(row) | _source(facts, row) for row in rows]


def _source(facts: Facts, row: Row) -> dict[str, Any]:
    source = facts.source_of(row)
    return {"source": f"{source.title} ({source.date})", "url": source.url, "date": source.date} | {
        "certainty": source.certainty
    }


_FACTS: dict[str, Callable[[Facts], Rows]] = {
    "regions": _regions,
    "prices": _prices,
    "sizes": lambda f: _plain(f, (s for rows in f.skus.values() for s in rows.values())),
    "sites": lambda f: _plain(f, (s for rows in f.sites.values() for s in rows.values())),
    "countries": lambda f: _plain(f, f.countries.values()),
    "rates": lambda f: _plain(f, f.rates.values()),
    "slas": lambda f: _plain(f, f.slas.values()),
    "lifecycles": lambda f: _plain(f, f.lifecycles.values()),
    "alternatives": lambda f: _plain(f, f.alternatives.values()),
    "claims": lambda f: _plain(f, f.claims.values()),
}
_COLUMNS = {
    "platforms": ("key", "name", "services", "targets", "lifecycle", "scaling"),
    "services": ("key", "name", "kinds", "prices", "sites"),
    "rules": ("code", "severity", "name", "platforms"),
    "regions": ("provider", "code", "city", "country", "area", "zones", "pair", "status"),
    "prices": ("id", "region", "unit", "amount", "certainty", "source"),
    "sizes": ("provider", "id", "cpu", "memory_mib", "kind", "certainty"),
    "sites": ("provider", "code", "city", "country", "chosen_at", "certainty"),
    "countries": ("code", "eu", "eea", "adequacy", "certainty"),
    "rates": ("currency", "usd", "date", "certainty", "source"),
    "slas": ("id", "percent", "topology", "certainty", "source"),
    "lifecycles": ("id", "status", "text", "instead", "certainty", "source"),
    "alternatives": ("id", "change", "costs", "certainty", "source"),
    "claims": ("id", "text", "certainty", "source"),
}
KINDS = tuple(_COLUMNS)
