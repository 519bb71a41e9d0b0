"""Give every finding a file and a line, for formats that need one. Knows where an answer stands in groundplan.toml."""

from __future__ import annotations

import msgspec

from groundplan.model.diagnostic import Diagnostic, Where
from groundplan.store.toml_lines import line_of, lines

_ANSWERS = "groundplan.toml"


def located(found: tuple[Diagnostic, ...], content: bytes | None) -> tuple[Diagnostic, ...]:
    """The findings with their places: that of the answer where a finding speaks of words, else the file's start."""
    text = (content or b"").decode("utf-8-sig", "replace")
    seen = list(lines(text))
    return tuple(msgspec.structs.replace(d, where=_place(d.where or Where(), seen, text)) for d in found)


def _place(where: Where, seen: list[tuple[int, tuple[str, ...]]], text: str) -> Where:
    if where.path and where.path != _ANSWERS:
        return where if where.line else msgspec.structs.replace(where, line=1)
    line = where.line
    if line is None and where.path and where.quote:
        line = next((n for n, row in enumerate(text.split("\n"), 1) if f'"{where.quote}"' in row), None)
    if line is None and where.question:
        line = line_of(seen, "answers", where.question)
    return msgspec.structs.replace(where, path=_ANSWERS, line=line or 1)
