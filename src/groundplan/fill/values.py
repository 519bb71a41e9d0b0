"""The text of a field: how it is written, how it is read back, and when it says nothing yet. Knows no positions."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from groundplan.model.spec import Field
from groundplan.syntax.markdown import TODO

_MARKER = re.compile(r"^(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))+")
_WRAPPED = re.compile(r"^(?:\*\*(.+)\*\*|__(.+)__|\*(.+)\*|_([^_].*)_|`(.+)`)$", re.S)
_BLANK = re.compile(r"^(?:[_\s.…?—–-]+|\W*(?:TBD|TBC|TODO|FIXME|XXX)\W*)$", re.I)
_PHRASE = re.compile(
    r"^(?:to be (?:decided|determined|defined|confirmed|done)|fill (?:this )?in|not yet decided)\W*$", re.I
)
_FRAMED = re.compile(r"^(?:\[[^\]]*\]|\{\{[^}]*\}\}|\{[^}]*\}|<[^<>@:!/][^<>@:]*>)(?:[.;,]?)$")
_REMINDER = re.compile(
    r"^<!--\s*(?:TODO|TBD|FIXME|fill|describe|e\.g\.|example|add|list)\b.*-->$", re.I | re.S
)
_SUBLABEL = re.compile(r"^(?:\*\*)?[\w /&-]{1,40}:(?:\*\*)?\s*(?=$|[_<\[{.…?]|TBD|TODO)", re.I)


def lines_of(field: Field) -> list[str]:
    """The lines to write: the first stands behind the label, each further one is a nested item.

    An uncertain field says so at the end of its label line.
    """
    first, *rest = [" ".join(line.split()) for line in field.text.split("\n")]
    kept = [line for line in rest if line]
    if field.uncertain:
        first = f"{first} {TODO}".lstrip()
    return [first, *kept]


def read_back(raw: str) -> str:
    """What stands behind a label, comparable: a line for each written line, without markers and extra blanks."""
    first, *rest = re.split(r"\r\n|\r|\n", raw)
    kept = [_MARKER.sub("", line.strip()) for line in rest]
    return "\n".join([_squeeze(first), *(_squeeze(line) for line in kept if line)])


def without_todo(text: str) -> str:
    """The same value, whether a person has confirmed it or not."""
    return "\n".join(line.removesuffix(TODO).rstrip() for line in text.split("\n"))


def empty(text: str) -> bool:
    """True where nothing was ever entered: blanks, `TBD`, rules to write on."""
    return all(_says_nothing(line) for line in text.split("\n"))


def placeholder(text: str) -> bool:
    """True where a template's hint stands instead of a value: empty, `[describe …]`, `<…>`, `A | B | C`, a known hint."""
    if empty(text):
        return True
    return all(_hint(_unwrapped(line), nested=bool(n)) for n, line in enumerate(text.split("\n")))


def _hint(line: str, nested: bool) -> bool:
    if _says_nothing(line) or _FRAMED.match(line) or _REMINDER.match(line) or _choices(line):
        return True
    if _fold(line) in _known():
        return True
    return nested and bool(_SUBLABEL.match(line)) and _hint(_SUBLABEL.sub("", line), nested=False)


def _says_nothing(line: str) -> bool:
    bare = _unwrapped(line)
    return not bare or bool(_BLANK.match(bare) or _PHRASE.match(bare))


def _choices(line: str) -> bool:
    """`Fly.io | AWS | …`: names to choose from, with nothing chosen."""
    if re.search(r"\\\|", line):
        return False
    parts = [part.strip() for part in line.split(" | ")]
    return len(parts) > 1 and all(part and len(part.split()) <= 6 for part in parts)


def _unwrapped(line: str) -> str:
    match = _WRAPPED.match(line.strip())
    return next(group for group in match.groups() if group).strip() if match else line.strip()


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


@cache
def _known() -> frozenset[str]:
    """Hints that templates in use put behind a label; see hints.txt for where they were seen."""
    text = (Path(__file__).parent / "hints.txt").read_text(encoding="utf-8")
    return frozenset(_fold(line) for line in text.splitlines() if line and not line.startswith("#"))
