"""Rows of fact files to typed facts: what is malformed, unsourced, doubled or contradictory is refused with its line.

Knows what a row must hold; does not know where the files lie. Used when the index is built and for a person's own
facts, so both meet the same checks; a normal run never imports it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from groundplan.model.infrastructure import (
    Alternative,
    Claim,
    Copy,
    Country,
    Facts,
    Lifecycle,
    Price,
    Rate,
    Region,
    Site,
    Sku,
    Sla,
    Source,
)

KINDS: dict[str, type[Any]] = {
    "regions": Region, "skus": Sku, "claims": Claim, "prices": Price, "countries": Country, "rates": Rate,
    "slas": Sla, "lifecycles": Lifecycle, "copies": Copy, "alternatives": Alternative, "sites": Site,
}  # fmt: skip
_DECIMALS = ("amount", "cpu", "usd", "percent", "factor")
_OWNED = ("regions", "skus", "claims", "slas", "lifecycles", "copies", "alternatives", "sites")
"""Kinds whose rows belong to a provider: the folder's, where the row names none."""
_NESTED = {"regions": "code", "skus": "id", "sites": "code"}
_KEYS = {
    "claims": "id",
    "copies": "id",
    "alternatives": "id",
    "slas": "id",
    "lifecycles": "id",
    "countries": "code",
    "rates": "currency",
}


class Malformed(Exception):
    """A row that cannot be used; the text is `file:line: what is wrong`."""


class Rows(msgspec.Struct):
    """Facts under construction, and where each row was read."""

    sources: dict[str, Source] = {}
    regions: dict[str, dict[str, Region]] = {}
    skus: dict[str, dict[str, Sku]] = {}
    prices: dict[str, dict[str, Price]] = {}
    claims: dict[str, Claim] = {}
    countries: dict[str, Country] = {}
    rates: dict[str, Rate] = {}
    slas: dict[str, Sla] = {}
    lifecycles: dict[str, Lifecycle] = {}
    copies: dict[str, Copy] = {}
    alternatives: dict[str, Alternative] = {}
    sites: dict[str, dict[str, Site]] = {}
    lines: dict[tuple[str, ...], str] = {}


def read_sources(text: str, path: str, rows: Rows) -> None:
    """Add the `[sources.…]` tables of one file; sources come first, so that rows of other files may use them."""
    for key, row in _parsed(text, path).get("sources", {}).items():
        where = f"{path}:{_line(text, f'[sources.{key}]')}"
        if key in rows.sources:
            raise Malformed(f"{where}: source `{key}` is there twice")
        rows.sources[key] = _source(key, row, where)


def read_rows(text: str, path: str, provider: str | None, rows: Rows, own: bool = False) -> None:
    """Add the rows of one file. `own`: a person's file, whose rows must each give a reason in `because`."""
    tables = {k: v for k, v in _parsed(text, path).items() if k not in ("sources", "as_of")}
    for kind, found in tables.items():
        if kind not in KINDS or not isinstance(found, list):
            raise Malformed(f"{path}: unknown table `{kind}`; known are {', '.join(KINDS)}")
        for index, row in enumerate(found):
            where = f"{path}:{_line(text, f'[[{kind}]]', index)}"
            if own:
                row = _reasoned(row, where, rows)
            for single in _spread(row, kind, where):
                _add(rows, kind, _with_provider(single, kind, provider, where), where)


def check_together(rows: Rows) -> None:
    """Refuse what contradicts something else: units, regions, pairs, legal areas."""
    for problem in (*_units(rows), *_price_regions(rows), *_pairs(rows), *_areas(rows)):
        raise Malformed(problem)


def facts_of(rows: Rows) -> Facts:
    """All rows in one fixed order."""

    def nested(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:  # Any: a row of that kind
        return {k: dict(sorted(v.items())) for k, v in sorted(table.items())}

    return Facts(
        as_of=max((s.date for s in rows.sources.values()), default=""),
        sources=dict(sorted(rows.sources.items())),
        regions=nested(rows.regions),
        skus=nested(rows.skus),
        prices=nested(rows.prices),
        claims=dict(sorted(rows.claims.items())),
        countries=dict(sorted(rows.countries.items())),
        rates=dict(sorted(rows.rates.items())),
        slas=dict(sorted(rows.slas.items())),
        lifecycles=dict(sorted(rows.lifecycles.items())),
        copies=dict(sorted(rows.copies.items())),
        alternatives=dict(sorted(rows.alternatives.items())),
        sites=nested(rows.sites),
    )


def _parsed(text: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Malformed(f"{path}: {problem}") from problem


def _line(text: str, header: str, index: int = 0) -> int:
    """1-based line of the `index`-th `header`."""
    starts = [m.start() for m in re.finditer(rf"(?m)^[ \t]*{re.escape(header)}", text)]
    return text.count("\n", 0, starts[index]) + 1 if index < len(starts) else 1


def _source(key: str, row: Any, where: str) -> Source:  # Any: a TOML value
    for field in ("title", "date", "certainty"):
        if not isinstance(row, dict) or not str(row.get(field, "")).strip():
            raise Malformed(f"{where}: source `{key}` has no `{field}`")
    made: Source = _convert(row, Source, where)
    if not _is_date(made.date):
        raise Malformed(f"{where}: `{made.date}` is no date; write it as 2026-11-24")
    if made.certainty == "verified" and not made.url:
        raise Malformed(f"{where}: source `{key}` is called verified and names no `url`")
    return made


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _reasoned(row: dict[str, Any], where: str, rows: Rows) -> dict[str, Any]:
    """The row with its reason joined to its source, so that every line that rests on it shows both."""
    reason = row.get("because")
    if not isinstance(reason, str) or not reason.strip():
        raise Malformed(f'{where}: the row gives no reason; add `because = "…"`')
    source = rows.sources.get(str(row.get("source")))
    kept = {k: v for k, v in row.items() if k != "because"}
    if source is None:
        return kept
    key = f"own {where.rpartition('/')[2]}"
    rows.sources[key] = msgspec.structs.replace(source, title=f"{source.title}; own: {reason.strip()}")
    return kept | {"source": key}


def _with_provider(row: dict[str, Any], kind: str, provider: str | None, where: str) -> dict[str, Any]:
    if kind not in _OWNED:
        return row
    if provider:
        row = {"provider": provider, **row}
    if "provider" not in row:
        raise Malformed(f"{where}: the row names no provider")
    return row


def _spread(row: dict[str, Any], kind: str, where: str) -> Iterator[dict[str, Any]]:
    """A price row with `amounts` by region is as many rows."""
    if kind != "prices" or "amounts" not in row:
        yield row
        return
    if "amount" in row or not isinstance(row["amounts"], dict):
        raise Malformed(f"{where}: write either `amount`, or `amounts` as a table by region")
    shared = {k: v for k, v in row.items() if k != "amounts"}
    for region, amount in row["amounts"].items():
        yield {**shared, "region": region, "amount": amount}


def _convert(row: dict[str, Any], kind: type[Any], where: str) -> Any:  # Any: a row of that kind
    unknown = set(row) - {f.name for f in msgspec.structs.fields(kind)}
    if unknown:
        raise Malformed(f"{where}: unknown key `{sorted(unknown)[0]}`")
    for name in _DECIMALS:
        if name in row and not _decimal(row[name]):
            raise Malformed(f"{where}: `{name}` must be a decimal number in quotes, not {row[name]!r}")
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as problem:
        raise Malformed(f"{where}: {problem}") from problem


def _decimal(value: object) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite() and Decimal(value) >= 0
    except InvalidOperation:
        return False


def _add(rows: Rows, kind: str, row: dict[str, Any], where: str) -> None:
    if not row.get("source"):
        raise Malformed(f"{where}: the row names no `source`")
    fact = _convert(row, KINDS[kind], where)
    if fact.source not in rows.sources:
        raise Malformed(f"{where}: source `{fact.source}` is not defined")
    if problem := _odd(fact):
        raise Malformed(f"{where}: {problem}")
    if kind == "prices":
        _put(rows, rows.prices.setdefault(fact.id, {}), (kind, fact.id, fact.region), fact, where)
    elif kind in _NESTED:
        table = getattr(rows, kind).setdefault(fact.provider, {})
        _put(rows, table, (kind, fact.provider, getattr(fact, _NESTED[kind])), fact, where)
    else:
        _put(rows, getattr(rows, kind), (kind, getattr(fact, _KEYS[kind])), fact, where)


def _odd(fact: Any) -> str:  # Any: a row of one of the kinds
    """What no value of this kind can be."""
    match fact:
        case Region() if not (-90 <= fact.latitude <= 90 and -180 <= fact.longitude <= 180):
            return f"`{fact.code}` lies at {fact.latitude}, {fact.longitude}, which is not on the earth"
        case Region() if not re.fullmatch(r"[A-Z]{2}", fact.country):
            return f"country `{fact.country}` is no ISO 3166-1 code of two capital letters"
        case Price() if not re.fullmatch(r"[A-Z]{3}", fact.currency):
            return f"currency `{fact.currency}` is no ISO 4217 code of three capital letters"
        case Sku() if fact.cpu == 0 or fact.memory_mib < 1:
            return f"`{fact.id}` has no CPU or no memory"
        case Sla() if fact.percent is not None and fact.percent > 100:
            return f"`{fact.id}` promises {fact.percent} %"
        case Rate() if fact.usd == 0:
            return f"one {fact.currency} cannot be worth nothing"
    return ""


def _put(rows: Rows, table: dict[str, Any], key: tuple[str, ...], fact: Any, where: str) -> None:
    if key in rows.lines:
        raise Malformed(f"{where}: `{' '.join(key[1:])}` is there twice; the other is at {rows.lines[key]}")
    rows.lines[key] = where
    table[key[-1]] = fact


def _units(rows: Rows) -> Iterator[str]:
    for id, by_region in rows.prices.items():
        seen: dict[tuple[str, str], str] = {}
        for region, price in by_region.items():
            seen.setdefault((price.unit, price.currency), region)
        if len(seen) > 1:
            units = " and ".join(
                f"{unit} in {currency} ({region})" for (unit, currency), region in seen.items()
            )
            yield f"{_at(rows, 'prices', id, *seen.values())}: `{id}` has two units: {units}"


def _price_regions(rows: Rows) -> Iterator[str]:
    for id, by_region in rows.prices.items():
        known = rows.regions.get(id.split(".")[0], {})
        for region in by_region:
            if region != "*" and known and region not in known:
                where = _at(rows, "prices", id, region)
                yield f"{where}: price `{id}` names the region `{region}`, which no regions row defines"


def _pairs(rows: Rows) -> Iterator[str]:
    for provider, regions in rows.regions.items():
        for region in regions.values():
            if region.pair is not None and region.pair not in regions:
                where = _at(rows, "regions", provider, region.code)
                yield f"{where}: `{region.code}` is paired with `{region.pair}`, which no regions row defines"


def _areas(rows: Rows) -> Iterator[str]:
    """A region's `eea` must be what its country is, where the country is known."""
    for provider, regions in rows.regions.items():
        for region in regions.values():
            country = rows.countries.get(region.country)
            inside = country.eea if country else False
            if rows.countries and region.eea != inside:
                where = _at(rows, "regions", provider, region.code)
                yield f"{where}: `{region.code}` says eea = {str(region.eea).lower()}; {region.country} is not so"


def _at(rows: Rows, kind: str, owner: str, *keys: str) -> str:
    """Where the last of these rows was read; shipped rows have no line when a person's own are checked."""
    found = [rows.lines[(kind, owner, key)] for key in keys if (kind, owner, key) in rows.lines]
    return found[-1] if found else "shipped facts"
