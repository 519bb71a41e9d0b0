"""The text of a field: how it is written, how it is read back, and when it says nothing yet. Knows no positions."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from groundplan.model.spec import Field
from groundplan.platforms import platforms
from groundplan.syntax.markdown import TODO
from groundplan.syntax.patterns import late

_MARKER = late(r"^(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))+")
_COMMENT = late(r"<!--\s*([^<>]*?\S)\s*-->$")
_WRAPPED = late(r"^(?:\*\*(.+)\*\*|__(.+)__|\*(.+)\*|_([^_].*)_|`(.+)`)$", re.S)
_BLANK = late(r"^(?:[_\s.…?—–-]+|\W*(?:TBD|TBC|TODO|FIXME|XXX)\W*)$", re.I)
_PHRASE = late(
    r"^(?:to be (?:decided|determined|defined|confirmed|done)|fill (?:this )?in|not yet decided)\W*$", re.I
)
_FRAMED = late(r"^(?:\[[^\]]*\]|\{\{[^}]*\}\}|\{[^}]*\}|<[^<>@:!/][^<>@:]*>)(?:[.;,]?)$")
_REMINDER = late(r"^<!--\s*(?:TODO|TBD|FIXME|fill|describe|e\.g\.|example|add|list)\b.*-->$", re.I | re.S)
_GUIDE = late(r"^\(?(?:e\.g\.|eg[.:]|for example[:, ]|example:|(?:describe|specify|enter|insert)\s)", re.I)
_ASKS = late(
    r"^(?:e\.g\.|describe|specify|list|enter|fill|add|name|state|explain|your|which|what|where|how|who)\b",
    re.I,
)
_ASKS_SO = late(r"^(?:which|what|where|how|who)\b.*\?\s*\(e\.g\.[^)]*\)\W*$", re.I)
_SUBLABEL = late(r"^(?:\*\*)?[\w /&-]{1,40}:(?:\*\*)?\s*(?=$|[_<\[{.…?]|TBD|TODO)", re.I)


def lines_of(field: Field) -> list[str]:
    """The lines to write: the first stands behind the label, each further one is a nested item; a diagram comes last.

    An uncertain field says so at the end of its label line.
    """
    first, *rest = [" ".join(line.split()) for line in field.text.split("\n")]
    kept = [line for line in rest if line]
    if field.uncertain:
        first = f"{first} {TODO}".lstrip()
    return [first, *kept, *drawing(field)]


def drawing(field: Field) -> list[str]:
    """The field's diagram as the lines of a fence, none where it has no diagram."""
    lines = [_squeeze(line) for line in field.drawing.split("\n")]
    return ["```mermaid", *(line for line in lines if line), "```"] if field.drawing else []


def read_back(raw: str) -> str:
    """What stands behind a label, comparable: a line for each written line, without markers and extra blanks."""
    first, *rest = re.split(r"\r\n|\r|\n", raw)
    kept = [_MARKER.sub("", line.strip()) for line in rest]
    return "\n".join([_squeeze(first), *(_squeeze(line) for line in kept if line)])


def flat(field: Field) -> str:
    """The value on one line, for places that have no room for a list."""
    return flat_text("\n".join(lines_of(field)))


def flat_text(text: str) -> str:
    """A value of several lines on one: `2 alarms: first; second`, the TODO comment at the end."""
    plain = without_todo(text)
    first, *rest = plain.split("\n```mermaid\n", 1)[0].split("\n")
    joined = f"{first}: {'; '.join(rest)}" if first and rest else first or "; ".join(rest)
    return f"{joined} {TODO}".lstrip() if plain != text else joined


def in_cell(line: str) -> str:
    """A line as the content of a table cell: no bare pipe."""
    return re.sub(r"(?<!\\)\|", r"\\|", line)


def out_of_cell(raw: str) -> str:
    """What stands in a table cell, comparable to what flat() gives."""
    return _squeeze(raw)


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
    if _says_nothing(line) or _FRAMED.match(line) or _REMINDER.match(line) or _choices(line) or _guides(line):
        return True
    if _fold(line) in _known():
        return True
    return nested and bool(_SUBLABEL.match(line)) and _hint(_SUBLABEL.sub("", line), nested=False)


def _says_nothing(line: str) -> bool:
    comment = _COMMENT.match(line.strip())
    bare = comment[1] if comment else _unwrapped(line)
    return not bare or bool(_BLANK.match(bare) or _PHRASE.match(bare))


def _choices(line: str) -> bool:
    """`Fly.io | AWS | …`: a menu with nothing chosen. `fra | iad` is somebody's list and no menu."""
    if re.search(r"\\\|", line):
        return False
    parts = [_fold(part) for part in line.split(" | ")]
    menu = sum(part in _menu() for part in parts)
    return len(parts) > 1 and (menu > 1 or line.endswith((" …", " ...")))


def _guides(line: str) -> bool:
    """A sentence that tells what to write: `e.g. us-east-1`, `*Which provider?*`, `Describe the regions.`"""
    bare = _unwrapped(line)
    framed = bare != line.strip() or (bare[:1] == "(" and bare[-1:] == ")")
    return bool(_GUIDE.match(bare) or (framed and _ASKS.match(bare.strip("("))) or _ASKS_SO.match(bare))


def _unwrapped(line: str) -> str:
    match = _WRAPPED.match(line.strip())
    return next(group for group in match.groups() if group).strip() if match else line.strip()


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


@cache
def _menu() -> frozenset[str]:
    """What templates offer to choose from: platforms, tools, modes."""
    own = (
        "google cloud", "on premises", "self hosted", "docker", "bare metal", "vercel", "netlify", "render", "digitalocean",
        "none", "terraform", "opentofu", "pulumi", "cloudformation", "ansible", "cdk", "platform specific",
        "manual", "auto", "auto scaling", "autoscaling", "serverless", "yes", "no", "n a", "other",
        "single region", "multi region", "global", "datadog", "prometheus", "cloudwatch", "new relic", "sentry",
    )  # fmt: skip
    names = (_fold(name) for p in platforms().values() for name in (p.key, p.name))
    return frozenset((*own, *names))


@cache
def _known() -> frozenset[str]:
    """Hints that templates in use put behind a label; see hints.txt for where they were seen."""
    text = (Path(__file__).parent / "hints.txt").read_text(encoding="utf-8")
    return frozenset(_fold(line) for line in text.splitlines() if line and not line.startswith("#"))
