"""Read which sections of which documents a question fills. Knows the ways that people write it; opens no document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from groundplan.model.question import Fill
from groundplan.syntax.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

_LABEL = late(r"^\W*fill(?:s|ed)?\b[^:]{0,24}:\s*", re.I)
_DOCUMENT = late(r"[\w./\0-]*\w\.(?:md|markdown|mdx)\b")
_BEFORE = late(r"([^,;()]*\w)\s+(?:of|in)\s*$")
_SECTION = late(r"^the\s+|\s*\bsections?$", re.I)
_AROUND = " \t\n\"'“”„«»‘’.:-–—→#"


def labelled(words: str) -> bool:
    """Whether a paragraph starts with `Fills:`."""
    return _LABEL.match(words) is not None


def fills(children: list[Token], title: str) -> Iterator[Fill]:
    """`docs/x.md` (Section section) pairs, also `docs/x.md` — Section, or Section in docs/x.md; a bracket may name several.

    A document without a section is filled below `title`.
    """
    text = _LABEL.sub("", _said(children))
    found = [(m.start(), m.end()) for m in _DOCUMENT.finditer(text)]
    ends = [*(start for start, _ in found[1:]), len(text)]
    at = 0
    for (start, stop), end in zip(found, ends, strict=False):  # without a document there is one end too many
        if start < at:  # named inside the bracket of the one before
            continue
        before = _BEFORE.search(text, at, start)
        named, at = _behind(text, stop, end)
        names = list(_names(named)) or (list(_names(before[1])) if before else [])
        yield from (Fill(text[start:stop].replace("\0", " "), name) for name in names or [title])


def _behind(text: str, stop: int, end: int) -> tuple[str, int]:
    """What stands behind a document: its bracket, which may hold another one, else the words up to the next document."""
    open_ = re.match(r"\s*\(", text[stop:])
    if not open_:
        words = re.split(r"[,;]\s|\band\s*$", text[stop:end])[0]
        return words, stop
    depth = 0
    for n in range(stop, len(text)):
        depth += {"(": 1, ")": -1}.get(text[n], 0)
        if text[n] == ")" and depth == 0:
            return text[stop + open_.end() : n], n + 1
    return text[stop + open_.end() :], len(text)


def _names(words: str) -> Iterator[str]:
    """The sections of `Identity section, Roles`; only `sections` may be joined by `and`."""
    for part in re.split(r"[,;]", words):
        bare = part.strip(_AROUND)
        name = _SECTION.sub("", bare)
        joined = re.split(r"\s+and\s+", name) if bare.lower().endswith("sections") else [name]
        yield from (made for one in joined if (made := one.strip(_AROUND)))


def _said(children: list[Token]) -> str:
    """The words of a paragraph; a link stands for where it leads."""
    parts: list[str] = []
    inside = False
    for child in children:
        if child.type == "link_open":
            parts.append(str(child.attrs.get("href", "")))
        inside = child.type == "link_open" or (inside and child.type != "link_close")
        if not inside and child.type in ("text", "code_inline"):
            spaced = child.type == "code_inline"  # a name in it may hold blanks
            parts.append(child.content.replace(" ", "\0") if spaced else child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
