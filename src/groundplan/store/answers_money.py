"""The tables of groundplan.toml about money: what is assumed, and whose prices. Knows their form; computes nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from groundplan.model.quantity import Range
from groundplan.store.answers_problems import Problems

_RATE = r"usd_per_[a-z]{3}"
_MOST = Decimal(10) ** 9
_LIMITS = {"busy_percent": Decimal(100)}


def assumed(table: dict[str, Any], problems: Problems) -> dict[str, Range]:
    """`egress_gb = 200`, or `[10, 50, 200]` at minimum, expected and maximum load."""
    if not table:
        return {}
    known = tuple(load_fields())
    problems.keys("assume", table, (*known, *(k for k in table if re.fullmatch(_RATE, k))))
    made: dict[str, Range] = {}
    for name, value in table.items():
        if name not in known and not re.fullmatch(_RATE, name):
            continue
        found = load_range(name, value)
        if found is None:
            problems.wrong_type(
                "assume", name, "a number, or three that do not fall: `[10, 50, 200]`; a share is at most 100"
            )
        else:
            made[name] = found
    return made


def load_fields() -> tuple[str, ...]:
    """Names that may be assumed; imported here because most projects assume nothing of their own."""
    from groundplan.model.plan import Load

    return tuple(f for f in Load.__struct_fields__ if f not in ("rates", "stated"))


def load_range(name: str, value: object) -> Range | None:
    """One number or three in order, none below zero or past what `name` can be; None where it is neither."""
    numbers = [_number(n) for n in (value if isinstance(value, list) else [value] * 3)]
    if len(numbers) != 3:
        return None
    low, middle, high = numbers
    if low is None or middle is None or high is None:
        return None
    return Range(low, middle, high) if low <= middle <= high <= _LIMITS.get(name, _MOST) else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    made = Decimal(value)
    return made if made.is_finite() and 0 <= made <= _MOST else None


def own_facts(table: dict[str, Any], problems: Problems) -> tuple[str, ...]:
    """`own = "prices.toml"`, or a list of files; a later one wins."""
    problems.keys("facts", table, ("own",))
    said = table.get("own", [])
    paths = [said] if isinstance(said, str) else said
    if isinstance(paths, list) and all(isinstance(p, str) and p.strip() for p in paths):
        return tuple(paths)
    problems.wrong_type("facts", "own", 'a path in quotes, or a list of them: `own = "own-facts.toml"`')
    return ()
