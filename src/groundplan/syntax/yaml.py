"""Write values as block-style YAML that parses back equal. Knows YAML 1.1's traps; not what any key means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import msgspec


class Tagged(msgspec.Struct, frozen=True):
    """A value with a local tag, as in `!Ref Vpc`; the tag is written by us, never from an answer."""

    tag: str
    value: Value


Value: TypeAlias = "str | int | bool | Decimal | Tagged | Mapping[str, Value] | Sequence[Value] | None"

_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_KEY_LIMIT = 500
"""YAML readers give up on an implicit key past 1024 characters; an escaped character takes up to ten."""


def write(value: Value) -> str:
    """Write a document; mappings keep the order given.

    Raises ValueError for a key of more than 500 characters and for a number that is not finite.
    """
    return "\n".join(_block(value, "")) + "\n"


def string(text: str) -> str:
    """Write one text on one line: bare where no reader can take it for anything else, else in double quotes."""
    bare = re.fullmatch(r"[A-Za-z_/](?:[A-Za-z0-9_ ./-]|::(?=[A-Za-z]))*(?<! )", text)
    if bare and text.lower() not in _WORDS:
        return text
    return '"' + "".join(_ESCAPES.get(c) or _safe(c) for c in text) + '"'


def _block(value: Value, indent: str) -> list[str]:
    if isinstance(value, Mapping) and value:
        return [line for key, item in value.items() for line in _entry(f"{_key(key)}:", item, indent)]
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return [line for item in value for line in _item(item, indent)]
    return [f"{indent}{_scalar(value)}"]


def _entry(head: str, value: Value, indent: str) -> list[str]:
    if isinstance(value, Tagged):
        return _entry(f"{head} !{value.tag}", value.value, indent)
    if isinstance(value, str) and _fits_literal(value):
        chomp = "" if value.endswith("\n") else "-"
        lines = value.removesuffix("\n").split("\n")
        return [f"{indent}{head} |{chomp}", *(f"{indent}  {line}" if line else "" for line in lines)]
    if value and not isinstance(value, str) and isinstance(value, Mapping | Sequence):
        return [f"{indent}{head}", *_block(value, indent + "  ")]
    return [f"{indent}{head} {_scalar(value)}"]


def _item(value: Value, indent: str) -> list[str]:
    if isinstance(value, Mapping) and value:
        lines = _block(value, indent + "  ")
        return [f"{indent}- {lines[0].removeprefix(indent + '  ')}", *lines[1:]]
    return _entry("-", value, indent)


def _scalar(value: Value) -> str:
    if isinstance(value, Tagged):
        return f"!{value.tag} {_scalar(value.value)}"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    return "{}" if isinstance(value, Mapping) else "[]"


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"`{value}` is not a finite number")
    text = f"{value:f}"
    return text if "." in text else f"{text}.0"


def _key(key: str) -> str:
    if len(key) > _KEY_LIMIT:
        raise ValueError(f"a key of {len(key)} characters is longer than {_KEY_LIMIT}")
    return string(key)


def _safe(character: str) -> str:
    code = ord(character)
    if _printable(code):
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _printable(code: int) -> bool:
    if code in (0x2028, 0x2029, 0xFEFF):
        return False
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _fits_literal(text: str) -> bool:
    if "\n" not in text.removesuffix("\n") or text.startswith(("\n", " ")) or text.endswith("\n\n"):
        return False
    lines = text.removesuffix("\n").split("\n")
    return all(line.strip() or not line for line in lines) and all(
        _printable(ord(c)) for line in lines for c in line
    )
