"""The period of a sum: `$50 a month`, `1,200 a year`. Knows periods; not what a sum is for."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit


def behind_period(notes: Notes, hit: Hit | None) -> str | None:
    """`150/mo USD`."""
    return next((h.key for h in notes.text.of("currency") if hit is not None and h.first == hit.last), None)


def period_after(notes: Notes, q: Quantity) -> Hit | None:
    for hit in notes.text.of("period"):
        between = notes.text.tokens[q.last : hit.first]
        if (
            hit.first >= q.last
            and len(between) <= 3
            and all(
                t.text
                in (
                    "/",
                    "a",
                    "per",
                    "each",
                    "pro",
                    "par",
                    "por",
                    "al",
                    "max",
                    "total",
                    "the",
                    "-",
                    "in",
                    "im",
                    "every",
                    "p",
                    "(",
                    "budget",
                    "maximum",
                    "le",
                    "usd",
                    "or",
                    "so",
                    "for",
                    "any",
                    "whole",
                    "entire",
                    "full",
                    "calendar",
                    "ht",
                    "ttc",
                    "net",
                    "netto",
                    "gross",
                    "brutto",
                    "given",
                    "fur",
                    "das",
                    "pour",
                    "para",
                )
                for t in between
            )
        ):
            return hit
    return None


def period_of(notes: Notes, money: list[Quantity], n: int) -> Hit | None:
    q = money[n]
    after = period_after(notes, q)
    if after is not None and (n + 1 >= len(money) or after.first < money[n + 1].first):
        return after
    floor = money[n - 1].last if n else 0
    before = [
        h
        for h in notes.text.of("period")
        if floor <= h.first
        and h.last <= q.first
        and q.first - h.last <= 5
        and notes.scope.sentence[h.first] == notes.scope.sentence[q.first]
    ]
    return before[-1] if before else None
