"""Load the compiled facts. Knows where they are; tools/build_facts.py knows how they are made."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from groundplan.errors import FactsError
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

INDEX = Path(__file__).parent / "index.json"
_KINDS: dict[str, Any] = {
    "sources": Source,
    "regions": dict[str, Region],
    "skus": dict[str, Sku],
    "claims": Claim,
    "countries": Country,
    "rates": Rate,
    "slas": Sla,
    "lifecycles": Lifecycle,
    "copies": Copy,
    "alternatives": Alternative,
    "sites": dict[str, Site],
}  # Any: each its own type


def _prices(id: str, stored: list[Any]) -> dict[str, Price]:
    return {
        region: Price(id=id, region=region, unit=s.unit, amount=amount, currency=s.currency, source=s.source)
        for s in stored
        for region, amount in s.amounts.items()
    }


@cache
def load() -> Facts:
    """Read the index once; raises FactsError (GP901) where it is missing or damaged."""
    return load_from(INDEX)


def load_from(path: Path) -> Facts:
    import msgspec

    from groundplan.facts.decoded import Decoded, StoredPrice

    try:
        parts = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
        as_of = msgspec.json.decode(parts.pop("as_of"), type=str)
        rows = {name: msgspec.json.decode(part, type=dict[str, msgspec.Raw]) for name, part in parts.items()}
        prices = Decoded(rows.pop("prices"), list[StoredPrice], _prices)
        others: dict[str, Any] = {name: Decoded(found, _KINDS[name]) for name, found in rows.items()}
        return Facts(as_of=as_of, prices=prices, **others)
    except (OSError, LookupError, TypeError, msgspec.MsgspecError) as problem:
        raise FactsError(
            "GP901", f"the facts index cannot be read: {problem}", "reinstall groundplan"
        ) from problem
