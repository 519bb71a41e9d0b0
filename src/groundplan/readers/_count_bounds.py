"""Which words make a number the least or the most: `at least 2`, `2 to 5`. Knows bounds; not what is counted."""

from __future__ import annotations

from groundplan.readers._count_kinds import (
    of_requests,
)  # fmt: skip
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_FILLER = words(
    "to of instances instance replicas machines count number is = : at for the a be with it and "
    "running pods dynos tasks go goes from total w / must should we stays stay remains set bleibt reste"
)


def bound_of(
    notes: Notes, amounts: list[Quantity], n: int, claimed: set[int]
) -> tuple[str, Hit | None] | None:
    q = amounts[n]
    if q.kind == "duration":
        return "min", None
    left = _left_bound(notes, amounts, n, claimed)
    right = _right_bound(notes, amounts, n, claimed)
    chosen = left if left is not None else right
    if chosen is None:
        return None
    claimed.add(chosen.first)
    if chosen.key == "between":
        return ("min", chosen) if _followed_by_max(notes, amounts, n) else None
    return chosen.key, chosen


def _left_bound(notes: Notes, amounts: list[Quantity], n: int, claimed: set[int]) -> Hit | None:
    q = amounts[n]
    floor = amounts[n - 1].last if n else 0
    for hit in reversed(notes.text.of("bound")):
        if hit.last > q.first or hit.first < floor or hit.first in claimed:
            continue
        between = notes.text.tokens[hit.last : q.first]
        if len(between) <= 4 and all(
            t.text in _FILLER or (t.kind == "symbol" and t.text not in ",;)") for t in between
        ):
            return None if of_requests(notes, hit) else hit
        return None
    return None


def _right_bound(notes: Notes, amounts: list[Quantity], n: int, claimed: set[int]) -> Hit | None:
    """`2 replicas min`, `10 max`; not when the word belongs to the next number."""
    q = amounts[n]
    ceiling = amounts[n + 1].first if n + 1 < len(amounts) else len(notes.text.tokens)
    for hit in notes.text.of("bound"):
        if hit.first < q.last or hit.first in claimed or hit.key == "between":
            continue
        if (
            hit.first - q.last > 2
            or hit.first >= ceiling
            or any(t.text in ",;)" for t in notes.text.tokens[q.last : hit.first])
        ):
            return None
        following = notes.text.tokens[hit.last : ceiling]
        belongs_next = (
            n + 1 < len(amounts)
            and len(following) <= 2
            and all(t.text in _FILLER or t.text in ":=" for t in following)
        )
        return None if belongs_next and hit.key != "initial" and not _closes(notes, hit) else hit
    return None


def _closes(notes: Notes, hit: Hit) -> bool:
    return (
        hit.last >= len(notes.text.tokens)
        or notes.text.tokens[hit.last].text in ",;.)/"
        or notes.text.tokens[hit.last].value is not None
    )


def _followed_by_max(notes: Notes, amounts: list[Quantity], n: int) -> bool:
    if n + 1 >= len(amounts):
        return False
    between = notes.text.tokens[amounts[n].last : amounts[n + 1].first]
    return len(between) <= 4 and any(
        t.text in ("to", "up", "and", "bis", "a", "hasta", "und", "y", "et", "till") for t in between
    )
