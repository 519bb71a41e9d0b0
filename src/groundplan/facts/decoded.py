"""Rows of a compiled index, each decoded when it is asked for. Knows JSON; does not know what a row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar  # Any: what is stored differs from kind to kind

import msgspec

from groundplan.errors import FactsError

T = TypeVar("T")


class StoredPrice(msgspec.Struct, frozen=True):
    """Prices of one id that share all but region and amount."""

    unit: str
    source: str
    amounts: dict[str, Decimal]
    currency: str = "USD"


class Decoded(Mapping[str, T]):
    """One run needs few of the rows, and decoding all of them takes longer than planning and pricing."""

    def __init__(
        self, stored: dict[str, msgspec.Raw], kind: Any, made: Callable[[str, Any], T] | None = None
    ) -> None:
        """`kind` is what is stored, a type or an alias; `made` turns it into what is asked for, with its key."""
        self._stored = stored
        self._kind = kind
        self._make = made
        self._decoder: msgspec.json.Decoder[Any] | None = None
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            row = self._decode(self._stored[key])
            self._made[key] = self._make(key, row) if self._make else row
        return self._made[key]

    def _decode(self, row: msgspec.Raw) -> Any:
        if self._decoder is None:
            self._decoder = msgspec.json.Decoder(self._kind)
        try:
            return self._decoder.decode(row)
        except msgspec.MsgspecError as problem:
            raise FactsError(
                "GP901", f"an index cannot be read: {problem}", "reinstall groundplan"
            ) from problem

    def __contains__(self, key: object) -> bool:
        return key in self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)
