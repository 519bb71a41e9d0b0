"""Lines inside others, found by bisection, are those that a comparison with every span finds."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from groundplan.fill.spans import Inside, below, between


class Piece(msgspec.Struct, frozen=True):
    line: int
    end: int


PIECES = st.lists(
    st.builds(lambda line, length: Piece(line, line + length), st.integers(0, 12), st.integers(0, 6)),
    max_size=12,
)


@given(PIECES, st.integers(0, 20))
def test_a_line_is_inside_where_a_span_starts_before_it_and_goes_on_behind_it(
    pieces: list[Piece], line: int
) -> None:
    assert Inside(pieces)(line) == any(p.line < line < p.end for p in pieces)


@given(PIECES, st.integers(0, 20), st.integers(0, 20))
def test_spans_in_order_are_cut_out_by_their_first_lines(pieces: list[Piece], first: int, end: int) -> None:
    ordered = sorted(pieces, key=lambda p: p.line)
    assert list(between(ordered, first, end)) == [p for p in ordered if first <= p.line < end]
    place = Piece(first, end)
    assert list(below(ordered, place)) == [p for p in ordered if first < p.line < end]
