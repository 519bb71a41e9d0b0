"""A person's words as Markdown that stays text. Knows escaping; outline.py knows where things lie."""

from __future__ import annotations

import re

from groundplan.syntax.patterns import late

TODO = "<!-- TODO: Confirm with developer -->"
_SPECIAL = late(r"([\\`*_{}\[\]<>|~])")
_INVISIBLE = late(
    "[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_STARTS_BLOCK = late(r"^(#|[-+=]|\d{1,9}[.)])(?=\s|$|[-=#])")


def inline(words: str) -> str:
    """One line on which no markup, link, heading, comment, list or table can come of `words`."""
    visible = _visible(words)
    escaped = _SPECIAL.sub(r"\\\1", visible.replace("&", "&amp;"))
    return _STARTS_BLOCK.sub(r"\\\1", escaped) if not escaped[:1].isdigit() else _number(escaped)


def label(words: str) -> str:
    """Text of a heading or a bold label: one line, nothing that ends it early."""
    return _SPECIAL.sub(r"\\\1", _visible(words))


def _visible(words: str) -> str:
    line = " ".join(words.split())
    return line if line.isprintable() else _INVISIBLE.sub("", line)


def _number(text: str) -> str:
    """`1. x` would start a list; the escape goes before the full stop or bracket."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
