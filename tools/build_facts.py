"""Compile the hand-kept facts into src/groundplan/facts/index.json; with --check, say whether it is current.

Reads facts/world.toml, platforms/*/facts.toml, platforms/*/prices.toml and services/facts.toml. A row that is
malformed, unsourced, doubled or contradictory stops the build with its file and line.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from _index import run

from groundplan.facts.schema import Malformed, Rows, check_together, facts_of, read_rows, read_sources
from groundplan.model.infrastructure import Facts, Price

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "groundplan"
INDEX = PACKAGE / "facts" / "index.json"


def collect(package: Path) -> Rows:
    """Read every facts file below `package`, in a fixed order."""
    rows = Rows()
    loose = [package / "facts" / "world.toml", package / "services" / "facts.toml"]
    paths: list[tuple[Path, str | None]] = [(p, None) for p in loose if p.exists()]
    for name in ("facts", "prices"):
        paths += [(p, p.parent.name) for p in sorted(package.glob(f"platforms/*/{name}.toml"))]
    texts = [(p.read_text(encoding="utf-8"), str(p), provider) for p, provider in paths]
    for text, path, _ in texts:
        read_sources(text, path, rows)
    for text, path, provider in texts:
        read_rows(text, path, provider, rows)
    check_together(rows)
    return rows


def compiled(package: Path = PACKAGE) -> bytes:
    encoder = msgspec.json.Encoder(order="deterministic")
    return encoder.encode(_lean(facts_of(collect(package)))).replace(b"},", b"},\n") + b"\n"


def _lean(facts: Facts) -> dict[str, Any]:
    """Amounts that share unit, currency and source together, and no default: half of the file."""
    plain: dict[str, Any] = msgspec.to_builtins(facts)
    plain["prices"] = {id: _together(rows) for id, rows in facts.prices.items()}
    for size in (s for sizes in plain["skus"].values() for s in sizes.values()):
        if not size["storage_gb"]:
            del size["storage_gb"]
    return plain


def _together(rows: Mapping[str, Price]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for region, row in rows.items():
        found.setdefault((row.unit, row.currency, row.source), {})[region] = str(row.amount)
    return [
        {
            "unit": unit,
            "source": source,
            "amounts": amounts,
            **({} if currency == "USD" else {"currency": currency}),
        }
        for (unit, currency, source), amounts in found.items()
    ]


def main() -> int:
    try:
        return run(__doc__, INDEX, "src/groundplan/facts/index.json", compiled)
    except Malformed as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
