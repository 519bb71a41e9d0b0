"""Numbers with their units, ranges and currencies. Knows how amounts are written; does not know what they are for."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.readers._tokens import Hit, Text, Token
from groundplan.readers._units import Kind, Unit, unit_behind
from groundplan.readers._words import words

_DASHES = frozenset(("-", "–", "—", "~", "→", "->"))
_RANGE_WORDS = words("to bis a hasta through till .. ... up")
_CLOSING = words(", . ; ) and up scale autoscale then each")
_PRONOUNS = words("one ein eine einer einem un une uno una mil a")


class Quantity(msgspec.Struct, frozen=True):
    """`low` to `high` (equal where it is one number); memory in MB, cpu in vCPU, money in its currency."""

    kind: Kind
    low: Decimal
    high: Decimal
    unit: str
    first: int
    last: int
    number: int
    """Token of the (first) number itself."""
    currency: str | None = None
    level: bool = False
    """A range with both ends the same: `from 3 to 3`."""

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def quantities(text: Text) -> list[Quantity]:
    """Every number in the text, in order, none twice."""
    units = {h.first: h for h in text.hits.get("unit", ())}
    counted = {h.first: h for h in text.hits.get("counted", ())}
    money = _currencies(text)
    found: list[Quantity] = []
    i = 0
    while i < len(text.tokens):
        floor = found[-1].last if found else 0
        numbered = text.tokens[i].value is not None or _one_unit(text.tokens, i)
        quantity = _at(text, i, floor, units, counted, money) if numbered else None
        if quantity is None:
            i += 1
        else:
            found.append(quantity)
            i = max(quantity.last, i + 1)
    return found


def _currencies(text: Text) -> dict[int, tuple[int, str]]:
    """Both ends of each currency sign or word: first and last token -> (other end, code)."""
    ends: dict[int, tuple[int, str]] = {}
    for hit in text.hits.get("currency", ()):
        first, key = hit.first, hit.key
        if (
            hit.last - first == 2
            and text.tokens[hit.last - 1].text == "$"
            and not text.tokens[hit.last - 1].tight
        ):
            first, key = hit.last - 1, "USD"
        ends.setdefault(first, (hit.last, key))
        ends.setdefault(hit.last - 1, (hit.last, key)) if hit.last - 1 != first else None
        ends[-1 - (hit.last - 1)] = (first, key)
    return ends


def _at(
    text: Text,
    i: int,
    floor: int,
    units: dict[int, Hit],
    counted: dict[int, Hit],
    money: dict[int, tuple[int, str]],
) -> Quantity | None:
    tokens = text.tokens
    low, number, at = _number(tokens, i)
    if low is None:
        return None
    prefix = money.get(-i) if i else None
    if prefix is not None and prefix[0] < floor:
        prefix = None
    unit_low = unit_behind(text, at, units, counted, money, low)
    high, end, unit = low, at, unit_low
    reach = _range_end(text, unit_low[2] if unit_low else at, money)
    if reach is not None:
        second, _, after = _number(tokens, reach)
        unit_high = unit_behind(text, after, units, counted, money, second or low)
        if second is not None and _fits(unit_low, unit_high):
            high, end, unit = second, after, unit_high or unit_low
            low = _scale_shared(low, unit_low, unit_high)
            unit = unit_high or (unit_low and (unit_low[0], unit_low[1], end, unit_low[3]))
    alone = number and unit is None and prefix is None and reach is None
    if alone and tokens[i].text in _PRONOUNS and not _bounded(text, i):
        return None
    built = _build(text, i, low, high, end, unit, prefix)
    level = built is not None and reach is not None and high == low and end > reach
    return msgspec.structs.replace(built, level=True) if built is not None and level else built


def _bounded(text: Text, i: int) -> bool:
    """`start w/ one`, `max one`: behind a bound even `one` is a number, where nothing else follows."""
    following = text.tokens[i + 1].text if i + 1 < len(text.tokens) else ","
    return following in _CLOSING and any(
        0 <= i - h.last <= 1 for h in text.hits.get("bound", ()) if h.last <= i
    )


def _scale_shared(low: Decimal, unit_low: Unit | None, unit_high: Unit | None) -> Decimal:
    """`1-2k`: both ends in thousands; `512MB-1GB` keeps its own."""
    return (
        low * unit_high[3] / unit_low[3]
        if unit_low and unit_high and unit_low[3] != unit_high[3] and not unit_low[1]
        else low
    )


def _fits(a: Unit | None, b: Unit | None) -> bool:
    return a is None or b is None or a[0] == b[0]


def _one_unit(tokens: tuple[Token, ...], i: int) -> bool:
    """`a gig of memory`, `a grand a month`."""
    if tokens[i].text == "quarter":
        return i + 1 < len(tokens) and tokens[i + 1].text in ("vcpu", "core", "cpu")
    return tokens[i].text in ("a", "an") and i + 1 < len(tokens) and tokens[i + 1].text in _UNITS


_UNITS = words("gig gigabyte gb vcpu grand lakh")


def _number(tokens: tuple[Token, ...], i: int) -> tuple[Decimal | None, bool, int]:
    """Value at token `i`, whether it is written in words, and the token after it (`two hundred` is one number)."""
    token = tokens[i]
    if token.value is None:
        one = Decimal("0.25") if token.text == "quarter" else Decimal(1)
        return (one, True, i + 1) if _one_unit(tokens, i) else (None, False, i)
    if token.kind == "number":
        return token.value, False, i + 1
    value, at = token.value, i + 1
    if (
        (value < 1 or token.text in ("pair", "dozen"))
        and at < len(tokens)
        and tokens[at].text in ("a", "an", "of")
    ):
        return value, True, at + 1
    while at < len(tokens) and at - i < 6:
        linked = tokens[at].text in ("and", "und") and value >= 100
        hyphened = tokens[at].text == "-" and tokens[at].tight and value >= 20
        joined = (linked or hyphened) and at + 1 < len(tokens)
        spoken = tokens[at + joined]
        if spoken.kind != "word" or spoken.value is None or (joined and spoken.value >= 100):
            break
        following = spoken.value
        at += joined
        if following in (100, 1000) and value < following:
            value *= following
        elif (value >= 20 and following < 10 and value % 10 == 0) or (
            value % 100 == 0 and value and following < 100
        ):
            value += following
        else:
            break
        at += 1
    return value, True, at


def _range_end(text: Text, at: int, money: dict[int, tuple[int, str]]) -> int | None:
    """Token of the second number where `at` continues a range."""
    tokens = text.tokens
    if at >= len(tokens):
        return None
    sign = tokens[at].text
    if sign == "up" and at + 1 < len(tokens) and tokens[at + 1].text == "to":
        return None
    joins = (
        sign in _DASHES or sign in _RANGE_WORDS or (sign in ("and", "und", "et", "y") and _between(text, at))
    )
    if not joins:
        return None
    after = at + 1
    if after in money and after < len(tokens) and tokens[after].kind == "symbol":
        after = money[after][0]
    return after if after < len(tokens) and tokens[after].value is not None else None


def _between(text: Text, at: int) -> bool:
    words = {t.text for t in text.tokens[max(0, at - 5) : at]}
    return bool(words & {"between", "zwischen", "entre"})


def _build(
    text: Text,
    i: int,
    low: Decimal,
    high: Decimal,
    end: int,
    unit: Unit | None,
    prefix: tuple[int, str] | None,
) -> Quantity | None:
    first = i
    kind: Kind = "plain"
    name, last, factor, currency = "", end, Decimal(1), None
    if unit is not None:
        kind, name, last, factor = unit
        if kind == "money":
            name, currency = "", name
    sign = prefix is not None and text.tokens[i - 1].kind == "symbol"
    if prefix is not None and (kind in ("plain", "money") or sign):
        kind, first, currency = "money", prefix[0], currency or prefix[1]
        if unit is not None and unit[0] not in ("plain", "money"):
            last, factor = end, Decimal(1)
    if kind == "plain" and low == high and 1990 <= low <= 2099 and text.tokens[i].text.isdigit():
        kind = "year"
    return Quantity(kind, low * factor, high * factor, name, first, last, i, currency)
