"""Tell, without a Markdown parser, that a document is byte for byte what would be created, so that nothing changes.

Says so only where parsing could find nothing else: plain labels, each there once, under plain headings of one level.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.fill.types import Group
from groundplan.fill.values import drawing, lines_of
from groundplan.model.spec import Field, FieldChange
from groundplan.syntax.outline import key, label_at
from groundplan.syntax.patterns import late

_PLAIN_NAME = late(r"[A-Za-z][A-Za-z0-9 /&-]*")
_FENCE = late(r"```[a-z]+")


def unchanged(
    document: str, existing: bytes, made: bytes, groups: tuple[Group, ...]
) -> tuple[FieldChange, ...] | None:
    """Each field as it stands; None where the document is another one, or where parsing has to decide."""
    if existing != made or not _decided(made.decode(), groups):
        return None
    return tuple(_standing(document, made.decode(), groups))


def _decided(made: str, groups: tuple[Group, ...]) -> bool:
    title = made.split("\n", 1)[0].removeprefix("# ")
    names = [title, *(name for group in groups for name in group.heading)]
    keys = {key(name, numbering=True) for name in names}
    one_level = all(len(group.heading) == 1 for group in groups)
    return one_level and _all_plain(names) and len(keys) == len(names) and all(_each_once(g) for g in groups)


def _each_once(group: Group) -> bool:
    """Whether every label of the section can be found once, and no optional one at all."""
    fields = [field for _, field in group.fields]
    there = [field for field in fields if not field.optional]
    labels = [key(field.label) for field in there]
    nested = {found[0] for f in there for line in lines_of(f)[1:] if (found := label_at(line, 0))}
    absent = {key(name) for f in fields if f.optional for name in (f.label, *f.also)}
    once = len(set(labels)) == len(labels) and not nested & {*labels, *absent} and not absent & {*labels}
    return once and all(labels) and _all_plain([f.label for f in there]) and all(_plain(f) for f in there)


def _all_plain(names: list[str]) -> bool:
    return all(_PLAIN_NAME.fullmatch(name) for name in names)


def _plain(field: Field) -> bool:
    """Whether no line of the value can be anything but text, and a drawing ends where it should."""
    first, *rest = lines_of(field)
    drawn = drawing(field)
    if drawn and not (_FENCE.fullmatch(drawn[0]) and drawn[-1] == "```" and _text(drawn[1:-1])):
        return False
    said = rest[: len(rest) - len(drawn)]
    return "\0" not in first and _text(said)


def _text(lines: list[str]) -> bool:
    return all(_plain_line(line) for line in lines)


def _plain_line(line: str) -> bool:
    first = line[:1]
    starts = first in ("`", "“", "(") or (first.isascii() and first.isalpha())
    return starts and not any(mark in line for mark in ("\0", "\r", "```"))


def _standing(document: str, made: str, groups: tuple[Group, ...]) -> Iterator[FieldChange]:
    numbered = iter(enumerate(made.split("\n"), 1))
    for group in groups:
        for section, field in group.fields:
            if field.optional:
                continue
            start = f"- **{field.label}:**"
            line = next(number for number, text in numbered if text.startswith(start))
            text = "\n".join(lines_of(field))
            yield FieldChange(
                document=document, section=section, label=field.label, state="same", before=text, after=text, line=line
            )  # fmt: skip
