"""Which row of the matrix to take, and why: tests that a candidate must pass, then the cost. Hides no weights.

A test that no candidate would pass is left out and said so. The person's own choice stays where it passes every test
and is not much dearer, because moving costs too, or is paid for at every load and serves more wishes as stated.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec

from groundplan.model.estimate import OptionRow
from groundplan.model.quantity import Range

_PRICED, _UNPRICED = "is priced in every part", "a part of it has no known price"
_NEAR_SHARE = Decimal("1.2")
_NEAR_USD = Decimal(10)
_OVER = ("over_at_minimum", "breaks_at_expected", "breaks_at_maximum")
_BURDEN = {"low": 0, "medium": 1, "high": 2}


class _Test(msgspec.Struct, frozen=True):
    passes: Callable[[OptionRow], bool]
    word: str
    """What a row that passes does: `keeps the data in the area that was named`."""
    fails: str


_TESTS = (
    _Test(lambda r: not r.rejected, "is not ruled out by you", "you ruled it out"),
    _Test(lambda r: _cost(r) is not None, "has known prices", "its machines have no known price here"),
    _Test(
        lambda r: r.residency != "not_kept",
        "keeps data where you said",
        "it has no place where data must stay",
    ),
    _Test(
        lambda r: r.residency != "partly",
        "has every region inside",
        "one of its regions lies outside the area where data must stay",
    ),
    _Test(lambda r: not r.short, "is in every place that you named", "it is in fewer places than you named"),
    _Test(
        lambda r: not r.lifecycle.startswith(("sustaining", "closed")),
        "is open to new systems",
        "its status speaks against a new system",
    ),
)
_PAID = (
    _Test(lambda r: r.budget_state not in _OVER[:2], "is paid for at the expected load", "it is over budget"),
    _Test(
        lambda r: r.budget_state not in _OVER,
        "is paid for at the maximum too",
        "the budget breaks at its maximum",
    ),
)
"""After the test that asks for whole sums: a lower bound is paid for by nothing."""
_WRITTEN = _Test(lambda r: r.written, "has its code written here", "its code is not written here")
"""About this tool and not about the platform, so it never speaks against the person's own choice."""


def recommended(rows: tuple[OptionRow, ...]) -> tuple[OptionRow, ...]:
    """The rows with one marked and every row's reason filled in; none is marked where nothing has a price."""
    kept, best, passed, reasons = _pick(*_through(list(rows), (*_TESTS, _whole(rows), *_PAID)))
    if kept is None or best is None:
        return rows
    words = _why(kept, best, passed)
    return tuple(
        msgspec.structs.replace(
            row,
            recommended=row is kept,
            reason=words if row is kept else _fell(row, reasons) or _dearer(row, kept),
        )
        for row in rows
    )


def _fell(row: OptionRow, reasons: dict[str, str]) -> str:
    """A lower bound that passes the budget says more than that it is one."""
    reason = reasons.get(row.platform, "")
    return "it is over budget" if reason == _UNPRICED and row.budget_state in _OVER[:2] else reason


def _whole(rows: tuple[OptionRow, ...]) -> _Test:
    """A sum that leaves a part out is a lower bound; what has no price on any platform counts against none.

    What is not known here is about this tool, so it never speaks against the person's own choice.
    """
    priced = [set(r.unknown) for r in rows if _cost(r) is not None]
    everywhere: set[str] = set.intersection(*priced) if priced else set()
    return _Test(
        lambda r: r.chosen or set(r.unknown) <= everywhere,
        _PRICED,
        _UNPRICED,
    )


def _pick(
    left: list[OptionRow], passed: list[_Test], reasons: dict[str, str]
) -> tuple[OptionRow | None, OptionRow | None, list[_Test], dict[str, str]]:
    """The person's own choice where it holds against the cheapest, else the cheapest whose code is written here."""
    own = next((r for r in left if r.chosen), None)
    if own and not own.written:
        best = _cheapest(left)
        if best and _holds(own, best):
            return own, best, passed, reasons
    left, more, fell = _through(left, (_WRITTEN,))
    best = _cheapest(left)
    kept = own if own in left and own and best and _holds(own, best) else best
    return kept, best, [*passed, *more], reasons | fell


def _holds(own: OptionRow, best: OptionRow) -> bool:
    return own is best or _near(own, best) or _serves_more(own, best)


def _cheapest(rows: list[OptionRow]) -> OptionRow | None:
    return min((r for r in rows if _cost(r) is not None), key=_rank, default=None)


def _through(
    left: list[OptionRow], tests: tuple[_Test, ...]
) -> tuple[list[OptionRow], list[_Test], dict[str, str]]:
    """Who passes all tests that somebody passes; the tests that mattered; why the others fell out."""
    passed: list[_Test] = []
    reasons: dict[str, str] = {}
    for test in tests:
        through = [r for r in left if test.passes(r)]
        if not through:
            continue
        out = [r for r in left if r not in through]
        passed += [test] if out else []
        reasons |= {r.platform: test.fails for r in out}
        left = through
    return left, passed, reasons


def _why(kept: OptionRow, best: OptionRow, passed: list[_Test]) -> str:
    tests = ", ".join(t.word for t in passed if not (kept.unknown and t.word == _PRICED))
    if kept is best:
        part = "; a part of it has no known price, so its sum is a lower bound" if kept.unknown else ""
        return (f"the cheapest that {tests}" if tests else "the cheapest") + part
    more = (_cost(kept) or Decimal(0)) - (_cost(best) or Decimal(0))
    yours = f"your choice, which {tests or 'passes every test'}"
    if _near(kept, best):
        return f"{yours}; {best.name} is only {more:.2f} USD a month cheaper"
    other = f"{len(best.instead)} of your wishes another way"
    return f"{yours}; {best.name} is {more:.2f} USD a month cheaper and serves {other}"


def _dearer(row: OptionRow, kept: OptionRow) -> str:
    cost, other = _cost(row), _cost(kept)
    if cost is None or other is None:
        return ""
    gap = cost - other
    return f"{abs(gap):.2f} USD a month {'more' if gap > 0 else 'less'} at the expected load"


def _near(row: OptionRow, best: OptionRow) -> bool:
    cost, least = _cost(row), _cost(best)
    if cost is None or least is None:
        return False
    return cost <= max(least * _NEAR_SHARE, least + _NEAR_USD)


def _serves_more(row: OptionRow, best: OptionRow) -> bool:
    """What is paid for at every load, and serves more wishes as stated, is not given up for a lower sum."""
    return row.budget_state == "within" and len(row.instead) < len(best.instead)


def _cost(row: OptionRow) -> Decimal | None:
    best: Range | None = row.like or row.total
    return best.expected if best else None


def _rank(row: OptionRow) -> tuple[Decimal, int, str]:
    return _cost(row) or Decimal("Infinity"), _BURDEN[row.burden], row.platform
