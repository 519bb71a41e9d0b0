"""Numbers with their units, ranges and currencies. Knows how amounts are written; does not know what they are for."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from groundplan.readers._tokens import Hit, Text, Token
from groundplan.readers._words import words

Kind = Literal[
    "instance",
    "count",
    "memory",
    "cpu",
    "percent",
    "money",
    "duration",
    "rate",
    "people",
    "thing",
    "year",
    "clock",
    "plain",
]

_DASHES = frozenset(("-", "–", "—", "~", "→", "->"))
_RANGE_WORDS = words("to bis a hasta through till .. ... up")
_MEMORY = {"kb": Decimal(1) / 1024, "mb": Decimal(1), "gb": Decimal(1024), "tb": Decimal(1024 * 1024)}
_SECONDS = {
    "ms": "ms",
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "y",
}
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
        quantity = _at(text, i, floor, units, counted, money) if text.tokens[i].value is not None else None
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
    unit_low = _unit(text, at, units, counted, money, low)
    high, end, unit = low, at, unit_low
    reach = _range_end(text, unit_low[2] if unit_low else at, money)
    if reach is not None:
        second, _, after = _number(tokens, reach)
        unit_high = _unit(text, after, units, counted, money, second or low)
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


def _scale_shared(low: Decimal, unit_low: _Unit | None, unit_high: _Unit | None) -> Decimal:
    """`1-2k`: both ends in thousands; `512MB-1GB` keeps its own."""
    return (
        low * unit_high[3] / unit_low[3]
        if unit_low and unit_high and unit_low[3] != unit_high[3] and not unit_low[1]
        else low
    )


_Unit = tuple[Kind, str, int, Decimal]
"""Kind, unit, token after it, factor."""


def _fits(a: _Unit | None, b: _Unit | None) -> bool:
    return a is None or b is None or a[0] == b[0]


def _number(tokens: tuple[Token, ...], i: int) -> tuple[Decimal | None, bool, int]:
    """Value at token `i`, whether it is written in words, and the token after it (`two hundred` is one number)."""
    token = tokens[i]
    if token.value is None:
        return None, False, i
    if token.kind == "number":
        return token.value, False, i + 1
    value, at = token.value, i + 1
    if value < 1 and at < len(tokens) and tokens[at].text in ("a", "an", "of"):
        return value, True, at + 1
    while at < len(tokens) and at - i < 6:
        joined = tokens[at].text in ("and", "und") and value >= 100 and at + 1 < len(tokens)
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


def _unit(
    text: Text,
    at: int,
    units: dict[int, Hit],
    counted: dict[int, Hit],
    money: dict[int, tuple[int, str]],
    value: Decimal,
) -> _Unit | None:
    """What stands behind a number: a sign, a unit, a currency, or up to two adjectives and a counted thing."""
    tokens = text.tokens
    if at >= len(tokens):
        return None
    factor = Decimal(1)
    start = at
    if tokens[at].tight and tokens[at].text in ("k", "m") and at not in units:
        factor, at = _suffix(text, at, value)
        if factor == 60:
            return ("duration", "min", at, Decimal(1))
        if factor < 1:
            return ("cpu", "cpu", at, factor)
        if factor == 1:
            return ("memory", "mb", at, factor)
    if (
        at + 1 < len(tokens)
        and tokens[at].text in "+-"
        and tokens[at].tight
        and tokens[at + 1].kind == "word"
    ):
        at += 1
    at += at < len(tokens) and tokens[at].text == "ish"
    if at < len(tokens):
        found = _simple_unit(text, at, units, money, factor, value) or _counted_unit(
            text, at, counted, factor
        )
        if found is not None:
            return found
    return ("plain", "k", at, factor) if at > start and factor > 1 else None


def _suffix(text: Text, at: int, value: Decimal) -> tuple[Decimal, int]:
    """`10k`, `500m` of CPU (factor below 1), `512m` of memory (1), `for 5m` of time (60), `2m` of anything else."""
    if text.tokens[at].text == "k":
        return Decimal(1000), at + 1
    if at >= 2 and text.tokens[at - 2].text in ("for", "over", "within", "during", "after", "last", "every"):
        return Decimal(60), at + 1
    near = {t.text for t in text.tokens[max(0, at - 6) : at + 4]}
    if _beside_memory(text, at):
        return Decimal("0.001"), at + 1
    if near & {"cpu", "cpus", "vcpu", "millicores", "cores"} and value >= 50:
        return Decimal("0.001"), at + 1
    if value in (128, 192, 256, 384, 512, 640, 768, 1024, 1536, 2048, 4096) or near & {
        "ram",
        "memory",
        "mem",
    }:
        return Decimal(1), at + 1
    return Decimal(1_000_000), at + 1


_FRENCH = {"go": "gb", "mo": "mb"}


def _is_french_size(text: Text, at: int, value: Decimal) -> bool:
    """`1 Go`, `512 Mo`; not `go` as a verb and not `mo` as a month."""
    token = text.tokens[at]
    written = text.raw[token.start : token.end]
    return written[0].isupper() and (token.text == "go" or value >= 64)


def _beside_memory(text: Text, at: int) -> bool:
    """`250m/256Mi`, `128Mi/100m`: the other half of a slash is memory, so this one is CPU."""
    tokens = text.tokens
    sizes = {h.first for h in text.hits.get("unit", ()) if h.key in ("mb", "gb")}
    after = at + 3 in sizes and tokens[at + 1].text == "/"
    before = at >= 3 and at - 3 in sizes and tokens[at - 2].text == "/"
    return after or before


def _simple_unit(
    text: Text,
    at: int,
    units: dict[int, Hit],
    money: dict[int, tuple[int, str]],
    factor: Decimal,
    value: Decimal,
) -> _Unit | None:
    token = text.tokens[at]
    if token.text == "%":
        return ("percent", "%", at + 1, factor)
    if token.text in ("x", "×", "*") and at + 1 < len(text.tokens):
        return ("count", "x", at + 1, factor)
    if token.text == "万":
        ten_thousand = factor * 10000
        following = money.get(at + 1)
        return (
            ("money", following[1], following[0], ten_thousand)
            if following
            else ("plain", "", at + 1, ten_thousand)
        )
    if at in money and (token.tight or at not in units):
        return ("money", money[at][1], money[at][0], factor)
    if token.text in _FRENCH and _is_french_size(text, at, value):
        return ("memory", _FRENCH[token.text], at + 1, _MEMORY[_FRENCH[token.text]] * factor)
    hit = units.get(at)
    if (
        token.text == "min"
        and at + 1 < len(text.tokens)
        and (text.tokens[at + 1].value is not None or text.tokens[at + 1].text in ":=")
    ):
        return None
    return _unit_of(text, hit, factor) if hit is not None and not _is_key(text, hit) else None


def _is_key(text: Text, hit: Hit) -> bool:
    """`max:3 cpu:70`: a unit with a value behind it is the name of the next one."""
    after = text.tokens[hit.last : hit.last + 2]
    return len(after) == 2 and after[0].text in ":=" and after[0].tight and after[1].value is not None


def _unit_of(text: Text, hit: Hit, factor: Decimal) -> _Unit | None:
    key = hit.key
    if _no_unit(text, hit):
        return None
    if key in _MEMORY:
        return ("memory", key, hit.last, _MEMORY[key] * factor)
    if key in _SECONDS:
        return ("duration", _SECONDS[key], hit.last, factor)
    match key:
        case "cpu":
            return ("cpu", "cpu", hit.last, factor)
        case "millicpu":
            return ("cpu", "cpu", hit.last, factor / 1000)
        case "percent":
            return ("percent", "%", hit.last, factor)
        case "rps" | "rpm":
            return ("rate", key, hit.last, factor)
        case "clock":
            return ("clock", "h", hit.last, factor)
        case "people":
            return ("people", key, hit.last, factor)
        case _:
            return ("thing", text.tokens[hit.first].text, hit.last, factor)


def _is_letter(text: Text, hit: Hit) -> bool:
    """`2 d` and more words: a letter that stands apart is no unit."""
    token = text.tokens[hit.first]
    more = hit.last < len(text.tokens) and text.tokens[hit.last].kind not in ("stop", "line", "symbol")
    return len(token.text) == 1 and not token.tight and more


def _no_unit(text: Text, hit: Hit) -> bool:
    if hit.key == "clock":
        return not _of_the_day(text, hit)
    return hit.key in ("day", "second", "minute", "hour") and _is_letter(text, hit)


def _of_the_day(text: Text, hit: Hit) -> bool:
    """`8am`, `6 pm` beside another hour; `am Wochenende` and `10 pm` of money are none."""
    word = text.tokens[hit.first]
    return word.text not in ("am", "pm") or word.tight or {"am", "pm"} <= {t.text for t in text.tokens}


def _counted_unit(text: Text, at: int, counted: dict[int, Hit], factor: Decimal) -> _Unit | None:
    """`2 small web servers`: up to two words, none of them a link, before the counted thing."""
    for step in range(3):
        here = at + step
        if here >= len(text.tokens):
            return None
        hit = counted.get(here)
        if (
            hit is not None
            and (hit.key in ("instance", "worker") or (step == 0 and hit.last - hit.first == 1))
            and not _is_adjective(hit, counted)
        ):
            return ("instance", hit.key, hit.last, factor)
        token = text.tokens[here]
        if token.kind not in ("word", "machine") or token.value is not None or token.text in _STOPPERS:
            return None
    return None


def _is_adjective(hit: Hit, counted: dict[int, Hit]) -> bool:
    """`web` in `3 web servers`."""
    following = counted.get(hit.last)
    return hit.key == "web" and following is not None and following.key in ("instance", "worker")


_STOPPERS = words(
    "and or to for of in on with at per max min up down then each by plus if when und oder et ou y o "
    "days a x is are"
)


def _build(
    text: Text,
    i: int,
    low: Decimal,
    high: Decimal,
    end: int,
    unit: _Unit | None,
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
