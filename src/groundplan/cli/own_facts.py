"""The own facts file that a refresh writes: whole, checked and in one step. Touches no file that a person wrote."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from groundplan.facts.price_list import Difference
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import PriceList

HEADER = "# Written by `groundplan catalog refresh --write`; run it again to renew. Keep rows of your own elsewhere.\n"


class NotOurs(Exception):
    """The file is there and was not written by a refresh."""


def merged(target: Path, found: Difference, prices: PriceList, today: str, known: Facts) -> str:
    """The text of the file with these rows in it; rows of other vendors and regions stay."""
    from groundplan.facts.own import with_own

    sources, rows = _before(target)
    key = f"refreshed_{prices.shape}"
    sources[key] = {"title": prices.title, "url": prices.url, "date": today, "certainty": "verified"}
    for change in found.changed:
        offer = change.offer
        rows[(offer.id, offer.region)] = {
            "id": offer.id,
            "region": offer.region,
            "unit": offer.unit,
            "amount": f"{offer.amount:f}",
            "source": key,
            "because": "read from the public price list",
        }
    text = HEADER + "".join(_table(f"[sources.{k}]", v) for k, v in sorted(sources.items()))
    text += "".join(_table("[[prices]]", rows[at]) for at in sorted(rows))
    with_own(known, text, str(target))  # what is written must be what the next run accepts
    return text


def save(target: Path, text: str) -> None:
    """All of it or nothing: written beside, then moved over."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _before(target: Path) -> tuple[dict[str, Any], dict[tuple[str, str], dict[str, Any]]]:
    if not target.exists():
        return {}, {}
    text = target.read_text("utf-8")
    if not text.startswith(HEADER):
        raise NotOurs(f"`{target}` is there and was not written by a refresh")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise NotOurs(f"`{target}` is no longer TOML: {problem}") from problem
    rows = {(row["id"], row["region"]): row for row in table.get("prices", [])}
    return dict(table.get("sources", {})), rows


def _table(header: str, row: dict[str, str]) -> str:
    lines = [f'{key} = "{value}"\n' for key, value in row.items()]
    return f"\n{header}\n{''.join(lines)}"
