"""Write values as TOML that parses back equal. Knows TOML's grammar; does not know what any key means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | Decimal | Mapping[str, Value] | Sequence[Value]"
Table: TypeAlias = "Mapping[str, Value]"

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def write(table: Table, comments: Mapping[str, str] | None = None) -> str:
    """Write a document: keys in the order given, plain values before sub-tables, one blank line between tables.

    `comments` maps a dotted path (`http_service.checks`) to text that is written above it. Raises ValueError for
    a text that is not Unicode (a lone surrogate), which TOML cannot hold.
    """
    blocks = _blocks(table, (), comments or {})
    return "\n\n".join(blocks) + "\n" if blocks else ""


def string(text: str) -> str:
    """Write one basic string with its quotes."""
    text.encode()
    return '"' + "".join(_ESCAPES.get(c) or _plain(c) for c in text) + '"'


def _plain(character: str) -> str:
    return f"\\u{ord(character):04X}" if character < " " or character == "\x7f" else character


def _blocks(table: Table, path: tuple[str, ...], comments: Mapping[str, str], header: str = "") -> list[str]:
    lines = [*_comment(comments, path), header] if header else []
    for key, value in table.items():
        if not _is_table(value):
            lines += [*_comment(comments, (*path, key)), f"{_key(key)} = {_inline(value)}"]
    blocks = ["\n".join(lines)] if lines else []
    for key, value in table.items():
        if _is_table(value):
            blocks += _sub_tables((*path, key), value, comments)
    return blocks


def _sub_tables(path: tuple[str, ...], value: Value, comments: Mapping[str, str]) -> list[str]:
    name = ".".join(_key(part) for part in path)
    if isinstance(value, Mapping):
        only_tables = bool(value) and all(_is_table(v) for v in value.values())
        return _blocks(value, path, comments, "" if only_tables else f"[{name}]")
    assert isinstance(value, Sequence)
    blocks: list[str] = []
    for position, row in enumerate(value):
        assert isinstance(row, Mapping)
        blocks += _blocks(row, path, comments if position == 0 else {}, f"[[{name}]]")
    return blocks


def _is_table(value: Value) -> bool:
    if isinstance(value, Mapping):
        return True
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    return bool(value) and all(isinstance(row, Mapping) for row in value)


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return "[" + ", ".join(_inline(item) for item in value) + "]"


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return "nan" if value.is_nan() else str(value).lower().replace("infinity", "inf")
    text = str(value)
    return text if "." in text or "E" in text else f"{text}.0"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else string(key)


def _comment(comments: Mapping[str, str], path: tuple[str, ...]) -> list[str]:
    text = comments.get(".".join(path), "")
    return [f"# {line}".rstrip() for line in text.splitlines()]
