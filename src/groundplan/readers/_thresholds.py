"""At which sums and shares of a budget somebody is told. Knows no limit."""

from __future__ import annotations

import itertools
from decimal import Decimal

import msgspec

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._sums import Sum
from groundplan.readers._words import words


class Thresholds(msgspec.Struct, frozen=True):
    """Rising, none twice."""

    amounts: tuple[Decimal, ...] = ()
    percents: tuple[Decimal, ...] = ()


def thresholds(notes: Notes, amounts: list[Quantity], sums: list[Sum]) -> Thresholds:
    money = [s.quantity for s in sums if s.role == "alert"]
    percents = [q for q in amounts if q.kind == "percent" and _alerting(notes, q)]
    percents = _with_listed(notes, amounts, percents)
    return Thresholds(
        _rising(notes, money, "alert_threshold_amount", "further_amounts"),
        _rising(notes, percents, "alert_threshold_percent", "further_percents"),
    )


def _rising(notes: Notes, found: list[Quantity], first: str, further: str) -> tuple[Decimal, ...]:
    lowest = min((q.low for q in found), default=None)
    for q in found:
        notes.take(first if q.low == lowest else further, q.first, q.last)
    return tuple(sorted({q.low for q in found}))


def _alerting(notes: Notes, q: Quantity) -> bool:
    sentence = notes.scope.sentence[q.first]
    return (
        any(notes.scope.sentence[c.first] == sentence for c in notes.text.cues("alert"))
        or any(
            notes.scope.sentence[h.first] == sentence and h.key in ("aws_budgets", "billing_alerts")
            for h in notes.text.of("tracking")
        )
        or _told_at(notes, q)
    )


_TELL = words(
    "tell inform informs page pages message sag sagt informiere informieren melde melden prevenez dile"
)
_AT = words("at when once over reaches hits upon from bei ab a al > >= @")


def _told_at(notes: Notes, q: Quantity) -> bool:
    """`tell finance@shop.example at 70% and 90%`, `Slack at 80%`: somebody is told at a share of the budget."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    here = [i for i, s in enumerate(sentence) if s == sentence[q.first]]
    told = any(tokens[i].text in _TELL or "@" in tokens[i].text for i in here)
    told = told or any(sentence[h.first] == sentence[q.first] for h in notes.text.of("channel"))
    first = q.first
    while (first > 1 and tokens[first - 1].text in (",", "and", "und", "et", "y", "&", "/", "%")) or (
        first > 1 and tokens[first - 1].value is not None
    ):
        first -= 1
    return told and first > 0 and tokens[first - 1].text in _AT


def _with_listed(notes: Notes, amounts: list[Quantity], percents: list[Quantity]) -> list[Quantity]:
    """`80 and 100 percent`: a plain number listed before a percentage is one as well."""
    listed = []
    for a, b in reversed(list(itertools.pairwise(amounts))):
        near = b.first - a.last <= 2 and all(
            t.text in (",", "and", "/", "&", "und", "et", "y") for t in notes.text.tokens[a.last : b.first]
        )
        if a.kind in ("plain", "percent") and a not in percents and (b in percents or b in listed) and near:
            listed.append(a)
    return [*listed, *percents]


_SAVES = words(
    "save saves saving reduce reduces cut cuts discount spare sparen spart economiser ahorrar trim shave"
)
_SAVED = words("off discount cheaper savings saving less rabatt gunstiger reduction descuento")


def of_a_saving(notes: Notes, q: Quantity) -> bool:
    """`save 20% with spot`, `a 30% discount`: a share that is hoped for, and no alert."""
    tokens = notes.text.tokens
    before = {t.text for t in tokens[max(0, q.first - 3) : q.first]}
    after = {t.text for t in tokens[q.last : q.last + 2]}
    return q.kind == "percent" and bool(before & _SAVES or after & _SAVED)
