"""A person's words as Markdown that stays text. Knows escaping; outline.py knows where things lie."""

from __future__ import annotations

import re

from groundplan.syntax.patterns import late

TODO = "<!-- TODO: Confirm with developer -->"
_SPECIAL = late(r"([\\`*_{}\[\]<|~]|(?<! )>|>(?![ =\d]))")
"""The sign of `CPU > 80 %` is none: with a blank before it nothing starts or ends there."""
_ENTITY = late(r"&(?=#?\w+;)")
_INVISIBLE = late(
    "[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_STARTS_BLOCK = late(r"^(#|[-+=]|\d{1,9}[.)])(?=\s|$|[-=#])")


def inline(words: str) -> str:
    """One line on which no markup, link, heading, comment, list or table can come of `words`."""
    visible = _visible(words)
    escaped = _SPECIAL.sub(r"\\\1", _ENTITY.sub("&amp;", visible))
    return _STARTS_BLOCK.sub(r"\\\1", escaped) if not escaped[:1].isdigit() else _number(escaped)


def prose(text: str) -> str:
    """A message with its code spans as code spans, and everything else as text that stays text."""
    parts = re.split(r"(`[^`\n]+`)", " ".join(text.split()))
    return "".join(_code(part) if n % 2 else _kept_ends(part) for n, part in enumerate(parts))


def _code(span: str) -> str:
    """A code span; words that cannot all be seen are text instead."""
    words = span[1:-1]
    return span if words.strip() == words and words.isprintable() else inline(words)


def _kept_ends(part: str) -> str:
    """inline() strips; the blanks beside a code span stay."""
    if not part.strip():
        return part
    lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return lead + inline(part) + tail


def label(words: str) -> str:
    """Text of a heading or a bold label: one line, nothing that ends it early."""
    return _SPECIAL.sub(r"\\\1", _visible(words))


def _visible(words: str) -> str:
    line = " ".join(words.split())
    return line if line.isprintable() else _INVISIBLE.sub("", line)


def _number(text: str) -> str:
    """`1. x` would start a list; the escape goes before the full stop or bracket."""
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
