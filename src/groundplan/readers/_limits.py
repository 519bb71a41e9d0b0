"""Which of several sums are limits as of now: no question, no plan, no price of one thing. Adds nothing up."""

from __future__ import annotations

import itertools

from groundplan.readers._conditions import asked, conditional, example, hypothetical, later, of_somebody
from groundplan.readers._notes import Notes
from groundplan.readers._shares import for_one_of_several
from groundplan.readers._sums import Sum, paid_once
from groundplan.readers._tokens import Hit
from groundplan.readers._turns import put_down
from groundplan.readers._words import words


def settled(notes: Notes, limits: list[Sum]) -> list[Sum]:
    """What is asked, an example, said for later or on a condition is no limit beside one that is none of these."""
    held = [s for s in limits if _is_held(notes, s)]
    if held and len(held) == len(limits):
        _ask_whether(notes, held[0])
        return []
    _set_aside(notes, held, "`{}` is taken as a possibility only")
    limits = [s for s in limits if s not in held]
    prices = [s for s in limits if for_one_of_several(notes, s) or _costs(notes, s)]
    if prices and any(_is_bound(notes, s) for s in limits if s not in prices):
        _set_aside(notes, prices, "`{}` is taken as a price, not as a budget")
        return [s for s in limits if s not in prices]
    return limits


def total_of(notes: Notes, sums: list[Sum]) -> Sum | None:
    """`$120: 80 compute, 25 database, 15 logs`: of three or more sums the one that the others add up to."""
    total = max(sums, key=lambda s: s.quantity.high, default=None)
    rest = [s for s in sums if s is not total]
    if total is None or len(rest) < 2 or sum(s.quantity.high for s in rest) != total.quantity.high:
        return None
    _set_aside(notes, rest, "`{}` is taken as a part")
    return total


def added_up(notes: Notes, limits: list[Sum]) -> bool:
    """`$7/mo for the app + $7/mo for the database`: a plus between each two of them."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    same = len({(s.currency, s.period) for s in limits}) == 1
    return same and all(
        sentence[a.quantity.first] == sentence[b.quantity.first]
        and any(t.text in _PLUS for t in tokens[a.quantity.last : b.quantity.first])
        for a, b in itertools.pairwise(limits)
    )


_PLUS = words("+ plus")


def _set_aside(notes: Notes, sums: list[Sum], saying: str) -> None:
    for s in sums:
        notes.remark("note", saying, s.quantity.first, s.quantity.last)
        notes.use_hits([s.period_hit] if s.period_hit else [])


def _costs(notes: Notes, s: Sum) -> bool:
    """`a box is 4,51 € a month`: what one thing costs."""
    before = [t.text for t in notes.text.tokens[max(0, s.quantity.first - 2) : s.quantity.first]]
    return bool(_COSTS.intersection(before)) and not _is_bound(notes, s)


_COSTS = words("is are costs cost kostet kosten coute coutent cuesta cuestan ist")


def _is_bound(notes: Notes, s: Sum) -> bool:
    """A word for a limit stands right before it."""
    first = s.quantity.first
    return any(0 <= first - c.last <= 2 for c in notes.text.cues("limit"))


def _is_held(notes: Notes, s: Sum) -> bool:
    q = s.quantity
    behind = max(q.last, s.period_hit.last if s.period_hit else 0)
    return (
        asked(notes, q.first)
        or example(notes, q.first)
        or later(notes, q.first)
        or of_somebody(notes, q.first)
        or hypothetical(notes, q.first)
        or paid_once(notes, s)
        or _refused(notes, q.first)
        or put_down(notes.text, Hit("money", "", q.first, behind)) is not None
        or conditional(notes, q.first, behind)
    )


def _refused(notes: Notes, first: int) -> bool:
    """`not $500`; in `not more than $500` the word for a limit comes between."""
    return any(c.last == first for c in notes.text.cues("neg"))


def _ask_whether(notes: Notes, s: Sum) -> None:
    said = notes.words(s.quantity.first, s.quantity.last)
    notes.use(s.quantity.first, s.quantity.last)
    notes.use_hits([s.period_hit] if s.period_hit else [])
    amount = {"amount": str(s.quantity.high), "currency": s.currency, "period": s.period}
    notes.doubt("amount", f"is “{said}” the limit as of now?", ("yes", amount), ("no", {}))
    for field in ("alert_threshold_amount", "alert_threshold_percent"):
        if asked(notes, s.quantity.first) or example(notes, s.quantity.first):
            notes.doubt(field)
