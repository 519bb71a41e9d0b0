"""Values and calls as Python source that a formatter leaves alone. Knows the language; not any library.

A `Name` is source that we wrote ourselves; every text of an answer is a literal, escaped so that it evaluates back
to itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

import msgspec

WIDTH = 88


class Name(msgspec.Struct, frozen=True):
    """An expression that stands for something else: `vpc.id`; never made from an answer."""

    source: str


class Call(msgspec.Struct, frozen=True):
    function: str
    positional: tuple[Expression, ...] = ()
    named: dict[str, Expression] = {}


Expression: TypeAlias = (
    "str | int | bool | Decimal | Name | Call | tuple[Expression, ...] | dict[str, Expression] | None"
)


def assigned(name: str, value: Expression, *, tall: bool = False) -> str:
    """`name = value`; `tall` puts each argument on a line of its own even where one line would hold them."""
    used = len(name) + 3
    first = _marks(value)[0] if _items(value) else _flat(value)
    if used + len(first) <= WIDTH:
        return f"{name} = " + expression(value, 0, used, tall=tall)
    return f"{name} = (\n    {expression(value, 1, 4, tall=tall)}\n)"


def expression(value: Expression, depth: int = 0, used: int = 0, *, tall: bool = False) -> str:
    """Source of `value` at `depth` levels of four spaces, where `used` columns of its first line are taken."""
    flat = _flat(value)
    items = _items(value)
    if isinstance(value, Name) and used + len(flat) > WIDTH:
        return _split(flat, depth)
    if not items or (not tall and used + len(flat) <= WIDTH):
        return flat
    opening, closing = _marks(value)
    pad = "    " * (depth + 1)
    lines = [f"{pad}{head}{expression(item, depth + 1, len(pad) + len(head) + 1)},\n" for head, item in items]
    return f"{opening}\n{''.join(lines)}{'    ' * depth}{closing}"


def _split(source: str, depth: int) -> str:
    """An index is where a name that is too long is broken, and the ends of several; without one it stays whole."""
    if source.count("[") > 1:
        return source.replace("].", f"]\n{'    ' * depth}.")
    before, bracket, rest = source.partition("[")
    index, closing, after = rest.partition("]")
    if not bracket or not closing:
        return source
    pad = "    " * depth
    return f"{before}[\n{pad}    {index}\n{pad}]{after}"


def string(text: str) -> str:
    """A literal in the quotes that need fewer escapes, double ones where both do."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_character(c, quote) for c in text) + quote


def _flat(value: Expression) -> str:
    match value:
        case str():
            return string(value)
        case Name():
            return value.source
        case Decimal():
            return f"{int(value)}" if value == value.to_integral_value() else f"{value:f}"
        case Call() | tuple() | dict():
            opening, closing = _marks(value)
            return opening + ", ".join(f"{head}{_flat(item)}" for head, item in _items(value)) + closing
    return repr(value)


def _marks(value: Expression) -> tuple[str, str]:
    match value:
        case Call():
            return f"{value.function}(", ")"
        case dict():
            return "{", "}"
    return "[", "]"


def _items(value: Expression) -> list[tuple[str, Expression]]:
    match value:
        case Call():
            plain: list[tuple[str, Expression]] = [("", item) for item in value.positional]
            return plain + [(f"{name}=", item) for name, item in value.named.items()]
        case dict():
            return [(f"{string(key)}: ", item) for key, item in value.items()]
        case tuple():
            return [("", item) for item in value]
    return []


_NAMED = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _character(character: str, quote: str) -> str:
    if character == quote:
        return "\\" + character
    if character in _NAMED:
        return _NAMED[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
