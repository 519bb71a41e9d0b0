"""Compile the hand-kept facts into src/groundplan/facts/index.json; with --check, say whether it is current.

Reads platforms/*/facts.toml, platforms/*/prices.toml and services/facts.toml. A row that is malformed, unsourced
or doubled stops the build with its file and line.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from groundplan.model.infrastructure import Claim, Facts, Price, Region, Sku, Source

PACKAGE = Path(__file__).parents[1] / "src" / "groundplan"
INDEX = PACKAGE / "facts" / "index.json"
KINDS: dict[str, type[Any]] = {"regions": Region, "skus": Sku, "claims": Claim, "prices": Price}
MONEY = ("amount", "cpu")


class Malformed(Exception):
    """A row that cannot be used: file, line and what is wrong with it."""


class Rows(msgspec.Struct):
    sources: dict[str, Source] = {}
    regions: dict[str, dict[str, Region]] = {}
    skus: dict[str, dict[str, Sku]] = {}
    prices: dict[str, dict[str, Price]] = {}
    claims: dict[str, Claim] = {}


def line_of(text: str, kind: str, index: int) -> int:
    """1-based line of the `index`-th `[[kind]]` table."""
    starts = [m.start() for m in re.finditer(rf"(?m)^\[\[{kind}\]\]", text)]
    return text.count("\n", 0, starts[index]) + 1 if index < len(starts) else 1


def parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise Malformed(f"{path}: {problem}") from problem


def load_sources(path: Path, rows: Rows) -> None:
    for key, row in parsed(path).get("sources", {}).items():
        if key in rows.sources:
            raise Malformed(f"{path}: source `{key}` is defined twice")
        rows.sources[key] = convert(row, Source, f"{path}: source `{key}`")


def load_rows(path: Path, provider: str | None, rows: Rows) -> None:
    text = path.read_text(encoding="utf-8")
    tables_by_kind = {k: v for k, v in parsed(path).items() if k not in ("sources", "as_of")}
    for kind, tables in tables_by_kind.items():
        if kind not in KINDS:
            raise Malformed(f"{path}: unknown table `{kind}`; known are {', '.join(KINDS)}")
        for index, row in enumerate(tables):
            where = f"{path}:{line_of(text, kind, index)}"
            for single in spread(row, kind):
                add(rows, kind, with_provider(single, kind, provider, where), where)


def with_provider(row: dict[str, Any], kind: str, provider: str | None, where: str) -> dict[str, Any]:
    if kind == "prices":
        return row
    if provider:
        row = {"provider": provider, **row}
    if "provider" not in row:
        raise Malformed(f"{where}: the row names no provider")
    return row


def spread(row: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """A price row with `amounts` by region is as many rows."""
    if kind != "prices" or "amounts" not in row:
        return [row]
    shared = {k: v for k, v in row.items() if k != "amounts"}
    return [{**shared, "region": region, "amount": amount} for region, amount in row["amounts"].items()]


def convert(row: dict[str, Any], kind: type[Any], where: str) -> Any:
    unknown = set(row) - {f.name for f in msgspec.structs.fields(kind)}
    if unknown:
        raise Malformed(f"{where}: unknown key `{sorted(unknown)[0]}`")
    for name in MONEY:
        if name in row and not decimal(row[name]):
            raise Malformed(f"{where}: `{name}` must be a decimal number in quotes, not {row[name]!r}")
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as problem:
        raise Malformed(f"{where}: {problem}") from problem


def decimal(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite() and Decimal(value) >= 0
    except InvalidOperation:
        return False


def add(rows: Rows, kind: str, row: dict[str, Any], where: str) -> None:
    fact = convert(row, KINDS[kind], where)
    if fact.source not in rows.sources:
        raise Malformed(f"{where}: source `{fact.source}` is not defined")
    if kind == "claims":
        put(rows.claims, fact.id, fact, where)
    elif kind == "prices":
        put(rows.prices.setdefault(fact.id, {}), fact.region, fact, where)
    elif kind == "skus":
        put(rows.skus.setdefault(fact.provider, {}), fact.id, fact, where)
    else:
        put(rows.regions.setdefault(fact.provider, {}), fact.code, fact, where)


def put(table: dict[str, Any], key: str, fact: Any, where: str) -> None:
    if key in table:
        raise Malformed(f"{where}: `{key}` is there twice")
    table[key] = fact


def collect(package: Path) -> Rows:
    """Read every facts file below `package`, in a fixed order."""
    rows = Rows()
    services = package / "services" / "facts.toml"
    paths: list[tuple[Path, str | None]] = [
        (p, p.parent.name) for p in sorted(package.glob("platforms/*/facts.toml"))
    ]
    paths += [(p, p.parent.name) for p in sorted(package.glob("platforms/*/prices.toml"))]
    every = [*paths, *([(services, None)] if services.exists() else [])]
    for path, _ in every:
        load_sources(path, rows)
    for path, provider in every:
        load_rows(path, provider, rows)
    check_price_regions(rows)
    return rows


def check_price_regions(rows: Rows) -> None:
    for id, by_region in rows.prices.items():
        known = rows.regions.get(id.split(".")[0], {})
        unknown = [r for r in by_region if r != "*" and known and r not in known]
        if unknown:
            raise Malformed(f"price `{id}` names the region `{unknown[0]}`, which no regions row defines")


def compiled(package: Path = PACKAGE) -> bytes:
    rows = collect(package)
    facts = Facts(
        as_of=max((s.date for s in rows.sources.values()), default=""),
        sources=dict(sorted(rows.sources.items())),
        regions={k: dict(sorted(v.items())) for k, v in sorted(rows.regions.items())},
        skus={k: dict(sorted(v.items())) for k, v in sorted(rows.skus.items())},
        prices={k: dict(sorted(v.items())) for k, v in sorted(rows.prices.items())},
        claims=dict(sorted(rows.claims.items())),
    )
    encoded = msgspec.json.encode(facts, order="deterministic").replace(b"},", b"},\n")
    return encoded + b"\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where the index is stale"
    )
    check = parser.parse_args().check
    try:
        new = compiled()
    except Malformed as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    if INDEX.exists() and INDEX.read_bytes() == new:
        return 0
    if check:
        print("stale: src/groundplan/facts/index.json; run `make facts`", file=sys.stderr)
        return 1
    INDEX.write_bytes(new)
    print(f"written: {INDEX.name}, {len(new)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
