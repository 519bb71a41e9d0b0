"""Drop small words inside longer phrases: `not` in `not sure`. Knows phrases; does not know what they mean."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundplan.readers._tokens import Hit

_SWALLOWED = (
    "cue.neg", "cue.maybe", "cue.all", "cue.then", "cue.now", "cue.or", "cue.same", "cue.contrast", "cue.correction",
    "cue.free", "status", "cue.future", "cue.past", "cue.and", "cue.limit", "cue.third_party", "cue.but",
    "cue.neg_post", "cue.unsettled", "cue.unsettled_here", "cue.decided",
    "cue.tried", "cue.spoken",
)  # fmt: skip


def without_swallowed(
    found: dict[str, list[Hit]], longest: list[tuple[int, int]]
) -> dict[str, tuple[Hit, ...]]:
    """`not` inside `not sure` says nothing by itself: such small words are dropped inside longer phrases."""
    starts = [a for a, _ in longest]
    kept: dict[str, tuple[Hit, ...]] = {}
    for slot, hits in found.items():
        if slot in _SWALLOWED:
            hits = [h for h in hits if not _inside(h, longest, starts)]
        if hits:
            kept[slot] = tuple(hits)
    return kept


def _inside(hit: Hit, longest: list[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_left(starts, hit.last)
    near = longest[max(0, at - 8) : at]
    return any(a <= hit.first and hit.last <= b and b - a > hit.last - hit.first for a, b in near)
