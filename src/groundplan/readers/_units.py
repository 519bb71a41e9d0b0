"""What stands behind a number: a sign, a unit, a currency, a counted thing. Knows no ranges and no purpose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from groundplan.readers._tokens import Hit, Text
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
Unit = tuple[Kind, str, int, Decimal]
"""Kind, unit, token after it, factor."""


def unit_behind(
    text: Text,
    at: int,
    units: dict[int, Hit],
    counted: dict[int, Hit],
    money: dict[int, tuple[int, str]],
    value: Decimal,
) -> Unit | None:
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
    if at + 1 < len(tokens) and tokens[at].text in _LASTING and units.get(at + 1, _NONE).key in _SECONDS:
        at += 1
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


_LASTING = words("idle consecutive straight full more whole quiet")
_NONE = Hit("unit", "", 0, 0)
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


_MULTIPLES = {
    "万": 10_000, "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "crore": 10_000_000, "crores": 10_000_000,
    "grand": 1000, "thousand": 1000, "tausend": 1000, "mille": 1000, "mil": 1000, "hundred": 100, "hundert": 100,
    "million": 1_000_000, "millions": 1_000_000, "millionen": 1_000_000, "mio": 1_000_000,
}  # fmt: skip


def _simple_unit(
    text: Text,
    at: int,
    units: dict[int, Hit],
    money: dict[int, tuple[int, str]],
    factor: Decimal,
    value: Decimal,
) -> Unit | None:
    token = text.tokens[at]
    if token.text == "%":
        return ("percent", "%", at + 1, factor)
    if token.text in ("x", "×", "*") and at + 1 < len(text.tokens):
        return ("count", "x", at + 1, factor)
    if token.text in _MULTIPLES:
        many = factor * _MULTIPLES[token.text]
        following = money.get(at + 1)
        return ("money", following[1], following[0], many) if following else ("plain", "", at + 1, many)
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


def _unit_of(text: Text, hit: Hit, factor: Decimal) -> Unit | None:
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
    before = text.tokens[hit.first - 2].text if hit.first > 1 else ""
    timed = token.text in ("s", "h") and before in _COMPARED
    return len(token.text) == 1 and not token.tight and more and not timed


_COMPARED = words("over above > >= than under below < <= exceeds uber unter sobre plus mas for after within")
"""`over 2 s to Teams`: behind a comparison a letter that stands apart is a unit of time."""


def _no_unit(text: Text, hit: Hit) -> bool:
    if hit.key == "clock":
        return not _of_the_day(text, hit)
    return hit.key in ("day", "second", "minute", "hour") and _is_letter(text, hit)


def _of_the_day(text: Text, hit: Hit) -> bool:
    """`8am`, `6 pm` beside another hour; `am Wochenende` and `10 pm` of money are none."""
    word = text.tokens[hit.first]
    return word.text not in ("am", "pm") or word.tight or {"am", "pm"} <= {t.text for t in text.tokens}


def _counted_unit(text: Text, at: int, counted: dict[int, Hit], factor: Decimal) -> Unit | None:
    """`2 small web servers`: up to two words, none of them a link, before the counted thing."""
    machine = at if at < len(text.tokens) and text.tokens[at].kind == "machine" else None
    alone: Unit | None = ("instance", "instance", machine, factor) if machine is not None else None
    for step in range(3):
        here = at + step
        if here >= len(text.tokens):
            return alone
        hit = counted.get(here)
        if (
            hit is not None
            and (hit.key in ("instance", "worker") or (step == 0 and hit.last - hit.first == 1))
            and not _is_adjective(hit, counted)
        ):
            return ("instance", hit.key, hit.last, factor)
        token = text.tokens[here]
        if token.kind not in ("word", "machine") or token.value is not None or token.text in _STOPPERS:
            return alone
    return alone


def _is_adjective(hit: Hit, counted: dict[int, Hit]) -> bool:
    """`web` in `3 web servers`."""
    following = counted.get(hit.last)
    return hit.key == "web" and following is not None and following.key in ("instance", "worker")


_STOPPERS = words(
    "and or to for of in on with at per max min up down then each by plus if when und oder et ou y o "
    "days a x is are"
)
