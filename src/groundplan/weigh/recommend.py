"""Which row of the matrix to take, and why: tests that a candidate must pass, then the cost. Hides no weights.

A test that no candidate would pass is left out and said so. The person's own choice stays where it passes every test
and is not much dearer, because moving costs too.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec

from groundplan.model.estimate import OptionRow
from groundplan.model.quantity import Range

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
        lambda r: not r.lifecycle.startswith(("sustaining", "closed")),
        "is open to new systems",
        "its status speaks against a new system",
    ),
    _Test(lambda r: r.budget_state not in _OVER[:2], "is paid for at the expected load", "it is over budget"),
    _Test(
        lambda r: r.budget_state not in _OVER,
        "is paid for at the maximum too",
        "the budget breaks at its maximum",
    ),
    _Test(lambda r: r.written, "has its code written here", "its code is not written here"),
)


def recommended(rows: tuple[OptionRow, ...]) -> tuple[OptionRow, ...]:
    """The rows with one marked and every row's reason filled in; none is marked where nothing has a price."""
    left, passed, reasons = _through(rows)
    priced = [r for r in left if _cost(r) is not None]
    if not priced:
        return rows
    best = min(priced, key=_rank)
    kept = next((r for r in priced if r.chosen and _near(r, best)), best)
    words = _why(kept, best, passed)
    return tuple(
        msgspec.structs.replace(
            row,
            recommended=row is kept,
            reason=words if row is kept else reasons.get(row.platform) or _dearer(row, kept),
        )
        for row in rows
    )


def _through(rows: tuple[OptionRow, ...]) -> tuple[list[OptionRow], list[str], dict[str, str]]:
    """Who passes all tests that somebody passes; the tests that mattered; why the others fell out."""
    left = list(rows)
    passed: list[str] = []
    reasons: dict[str, str] = {}
    for test in _TESTS:
        through = [r for r in left if test.passes(r)]
        if not through:
            continue
        out = [r for r in left if r not in through]
        passed += [test.word] if out else []
        reasons |= {r.platform: test.fails for r in out}
        left = through
    return left, passed, reasons


def _why(kept: OptionRow, best: OptionRow, passed: list[str]) -> str:
    tests = ", ".join(passed)
    if kept is best:
        return f"the cheapest that {tests}" if tests else "the cheapest"
    more = (_cost(kept) or Decimal(0)) - (_cost(best) or Decimal(0))
    return f"your choice, which {tests or 'passes every test'}; {best.name} is only {more:.2f} USD a month cheaper"


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


def _cost(row: OptionRow) -> Decimal | None:
    best: Range | None = row.like or row.total
    return best.expected if best else None


def _rank(row: OptionRow) -> tuple[Decimal, int, str]:
    return _cost(row) or Decimal("Infinity"), _BURDEN[row.burden], row.platform
