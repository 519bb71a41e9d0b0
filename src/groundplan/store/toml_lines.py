"""Find the line of a table or key in TOML text, for messages. Knows lines; the meaning is tomllib's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"


def lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line, path) of each table header and of each key at the start of a line, in order."""
    header = re.compile(rf"[ \t]*\[\[?[ \t]*({_KEY})[ \t]*\]")
    key = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
    table: tuple[str, ...] = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quote:
            if match := header.match(line):
                table = parts(match[1])
                yield number, table
            elif match := key.match(line):
                yield number, table + parts(match[1])
        quote = _open_quote(line, quote)


def _open_quote(line: str, quote: str) -> str:
    """Which triple quote is open at the end of the line; a comment or a short string may hide one, rarely."""
    for found in re.findall(r'"""|\'\'\'', line):
        if not quote:
            quote = found
        elif quote == found:
            quote = ""
    return quote


def parts(key: str) -> tuple[str, ...]:
    """Split a dotted key into its parts, without their quotes."""
    found = re.findall(_PART, key)
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in found)


def line_of(found_in: Iterable[tuple[int, tuple[str, ...]]], *path: str) -> int | None:
    """The line, among those of lines(), that sets `path`, or that of the nearest table around it.

    A quoted `"a.b"` counts as `a.b`.
    """
    wanted = ".".join(path).split(".")
    best, depth = None, 0
    for number, found in found_in:
        names = ".".join(found).split(".")
        if depth < len(names) <= len(wanted) and names == wanted[: len(names)]:
            best, depth = number, len(names)
    return best


def twice(text: str) -> tuple[tuple[str, ...], int, int] | None:
    """The first key or table that is set twice, and both lines. `[[tables]]` may repeat and are left out."""
    lists = {parts(m) for m in re.findall(rf"(?m)^[ \t]*\[\[[ \t]*({_KEY})", text)}
    seen: dict[tuple[str, ...], int] = {}
    for number, path in lines(text):
        if any(path[: len(name)] == name for name in lists):
            continue
        if path in seen:
            return path, seen[path], number
        seen[path] = number
    return None
