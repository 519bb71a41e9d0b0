"""The lines of a text by offset, as CommonMark counts them. Knows line ends; does not know Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import overload

import msgspec

from groundplan.syntax.patterns import late

_LINE = late(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Line(msgspec.Struct, frozen=True, gc=False):
    """Offsets into the text: where it starts, where its content ends, where the next line starts."""

    start: int
    stop: int
    next: int


class Lines(Sequence[Line]):
    """Every line of a text. A `Line` is made when it is asked for: of a long document few ever are."""

    def __init__(self, contents: list[str], length: int, gap: int) -> None:
        """`gap`: the length of every line end, 0 where the contents hold theirs."""
        self.contents = contents if gap else [line.rstrip("\r\n") for line in contents]
        """Without their ends."""
        self._before = [0, *accumulate(map(len, contents))]
        self._length = length
        self._gap = gap

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        n = range(len(self.contents))[at]
        start = self._start(n)
        return Line(start, start + len(self.contents[n]), min(self._start(n + 1), self._length))

    def _start(self, n: int) -> int:
        return self._before[n] + n * self._gap

    def __len__(self) -> int:
        return len(self.contents)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # the way to say that it has none


def split(text: str) -> Lines:
    """Lines ended by CRLF, a lone CR or LF, and by nothing else."""
    if "\r" in text:
        return Lines(_LINE.findall(text), len(text), gap=0)
    contents = text.split("\n")
    if not contents[-1]:
        contents.pop()
    return Lines(contents, len(text), gap=1)
