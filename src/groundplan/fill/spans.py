"""Which lines lie inside others. Knows numbers; a document may have 100,000 items, so nothing is compared with all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar


class Span(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Span)


class Inside:
    """Whether a line lies behind the first line of one of `spans`, and before its end."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans, key=_line)
        self._lines = [span.line for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def __call__(self, line: int) -> bool:
        before = bisect_left(self._lines, line)
        return before > 0 and self._reach[before - 1] > line


def between(spans: Sequence[S], first: int, end: int) -> Sequence[S]:
    """Those of `spans`, which are in order, that start in `first` or behind it and before `end`."""
    return spans[bisect_left(spans, first, key=_line) : bisect_left(spans, end, key=_line)]


def below(spans: Sequence[S], span: Span) -> Sequence[S]:
    """Those of `spans`, which are in order, that start behind the first line of `span` and before its end."""
    return spans[bisect_right(spans, span.line, key=_line) : bisect_left(spans, span.end, key=_line)]


def _line(span: Span) -> int:
    return span.line
