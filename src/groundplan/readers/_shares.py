"""Sums that are said for one of several, or for once: `per order`, `each`. Knows no limit and no alert."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._sums import Sum
from groundplan.readers._words import words


def for_one_of_several(notes: Notes, s: Sum) -> bool:
    """`$100 per environment`: the whole is not said."""
    last = max(s.quantity.last, s.period_hit.last if s.period_hit else 0)
    return (
        _per_thing(notes, s, last)
        or _each_has(notes, s)
        or _several_at(notes, s)
        or any(
            (0 <= c.first - last <= 2 or 0 <= c.first - s.quantity.last <= 2)
            and notes.scope.clause[c.first] == notes.scope.clause[s.quantity.first]
            and not any(p.first <= c.first and c.last <= p.last for p in notes.text.of("period"))
            for c in notes.text.cues("per_part")
        )
    )


def _each_has(notes: Notes, s: Sum) -> bool:
    """`each team has $100`."""
    first = s.quantity.first
    before = notes.text.tokens[max(0, first - 4) : first]
    return bool({"each", "every", "jedes", "jede", "jeder", "chaque", "cada"} & {t.text for t in before})


def _several_at(notes: Notes, s: Sum) -> bool:
    """`100 instances at $5`: the price of one."""
    tokens, first = notes.text.tokens, s.quantity.first
    if first < 3 or tokens[first - 1].text not in _AT:
        return False
    several = tokens[first - 3]
    return tokens[first - 2].kind == "word" and several.value is not None and several.value > 1


_AT = words("at a zu je @ x for of")


def _per_thing(notes: Notes, s: Sum, last: int) -> bool:
    """`0.10 USD per order`, `$99 once`: what it is for is no period."""
    periods = {h.first for h in notes.text.of("period")}
    for at in {s.quantity.last, last}:
        words_there = [t.text for t in notes.text.tokens[at : at + 2]]
        if words_there in _FOR_EACH and not any(p.first in (at, at + 1) for p in notes.text.of("period")):
            return True
        if words_there[:1] == ["once"] and words_there[1:] in ([], [","], ["."], [";"]):
            return True
        if words_there[:1] == ["/"] and words_there[1:] and words_there[1] in _THINGS:
            return True
        if (
            words_there[:1]
            and words_there[0] in _PER
            and len(words_there) == 2
            and not {at, at + 1} & periods
        ):
            return notes.text.tokens[at + 1].kind == "word" and words_there[1] not in _WHOLE
    return False


_FOR_EACH = (["for", "every"], ["for", "each"], ["fur", "jede"], ["fur", "jeden"], ["fur", "jedes"], ["pour", "chaque"],
             ["por", "cada"])  # fmt: skip
_PER = words("per pro par por")
_THINGS = words(
    "user seat customer client tenant person head developer dev team env environment stage app project service site "
    "account instance server node pod cluster region store shop nutzer kunde benutzer umgebung projekt utilisateur usuario"
)
_WHOLE = words(
    "month year week day quarter monat jahr mois an mes ano annum mo yr total the calendar billing"
)


def ask_total(notes: Notes, q: Quantity) -> None:
    said = notes.words(q.first, q.last)
    options = ((f"{q.high * n} in all", {"amount": str(q.high * n)}) for n in (1, 2, 3))
    notes.doubt("amount", f"“{said}” is for one of several: how much may all of them cost?", *options)
