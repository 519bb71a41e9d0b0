"""Rows of a compiled index, each decoded when it is asked for. Knows JSON; does not know what a row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from groundplan.errors import FactsError

T = TypeVar("T")


class Decoded(Mapping[str, T]):
    """One run needs few of the rows, and decoding all of them takes longer than planning and pricing."""

    def __init__(self, stored: dict[str, msgspec.Raw], kind: type[T]) -> None:
        self._stored = stored
        self._kind = kind
        self._decoder: msgspec.json.Decoder[T] | None = None
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            self._made[key] = self._decode(self._stored[key])
        return self._made[key]

    def _decode(self, row: msgspec.Raw) -> T:
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
