"""Where new text goes in an existing document: more items, rows, a list, whole sections. Knows layout; decides nothing."""

from __future__ import annotations

import itertools
import re

from groundplan.fill import create, values
from groundplan.fill.types import Edit, Edits, Group
from groundplan.model.spec import Field, FieldChange
from groundplan.syntax.markdown import label
from groundplan.syntax.outline import Heading, Item, Outline

_WIDEST = 4
"""Blanks behind a list marker; with more of them the item would be code."""


def insert(
    document: str,
    text: str,
    seen: Outline,
    place: Heading,
    claimed: list[Item],
    missing: tuple[tuple[str, Field], ...],
) -> Edits:
    """Add the missing fields behind the section's list or table, or a list of them where it has neither."""
    rows = [slot for slot in claimed if slot.kind == "row"]
    claimed = [item for item in claimed if item.kind == "item"]
    if rows and not claimed:
        edit = _more_rows(text, seen, rows[-1], tuple(f for _, f in missing))
        return Edits(edits=(edit,), changes=tuple(_added(document, s, f) for s, f in missing))
    last = _last_item(seen, place, claimed)
    if last is None:
        edit = _new_list(text, seen, place, tuple(f for _, f in missing))
    else:
        edit = _more_items(text, seen, last, tuple(f for _, f in missing))
    return Edits(edits=(edit,), changes=tuple(_added(document, s, f) for s, f in missing))


def _more_rows(text: str, seen: Outline, row: Item, fields: tuple[Field, ...]) -> Edit:
    """Rows of the same width behind the last one of the table."""
    last = row.line
    while any(slot.kind == "row" and slot.line == last + 1 for slot in seen.slots):
        last += 1
    eol = line_end(text, seen, row.line)
    more = " |" * max(row.cells - 2, 0)
    made = (f"{eol}| {label(f.label)} | {values.in_cell(values.flat(f))} |{more}" for f in fields)
    stop = seen.lines[last].stop
    return Edit(stop, stop, "".join(made))


def _last_item(seen: Outline, place: Heading, claimed: list[Item]) -> Item | None:
    """The last item of the list that holds the section's fields, else of the last one before a subsection with labels."""
    own = min((h.line for h in seen.headings if place.line < h.line < place.end), default=place.end)
    direct = [i for i in seen.items if i.depth == 0 and place.body <= i.line < own]
    named = {i.list for i in direct if i.label}
    chosen = claimed or [i for i in direct if i.list in named]
    if not chosen:
        return None
    return [i for i in seen.items if i.depth == 0 and i.list == chosen[-1].list][-1]


def _more_items(text: str, seen: Outline, last: Item, fields: tuple[Field, ...]) -> Edit:
    line = seen.lines[last.line]
    eol = line_end(text, seen, last.line)
    match = re.match(r"([ \t]*)([-*+]|(\d{1,9})([.)]))([ \t]+|$)", text[line.start : line.stop])
    indent, marker, number, mark, blank = match.groups() if match else ("", "-", None, None, " ")
    blank = blank if 0 < len(blank.expandtabs(4)) <= _WIDEST else " "
    markers = [
        f"{int(number) + 1 + n}{mark}{blank}" if number else marker + blank for n in range(len(fields))
    ]
    gap = eol if _loose(seen, last) else ""
    body = "".join(
        f"{eol}{gap}{create.item(f, m, indent, eol)}" for f, m in zip(fields, markers, strict=True)
    )
    stop = seen.lines[last.end - 1].stop
    return Edit(stop, stop, body + _spacer(text, seen, last.end, eol))


def _loose(seen: Outline, last: Item) -> bool:
    """True where blank lines stand between the items of the list."""
    same = [i for i in seen.items if i.list == last.list and i.depth == 0]
    return any(b.line > a.end for a, b in itertools.pairwise(same))


def _new_list(text: str, seen: Outline, place: Heading, fields: tuple[Field, ...]) -> Edit:
    own = min((h.line for h in seen.headings if place.line < h.line < place.end), default=place.end)
    eol = line_end(text, seen, place.line)
    marker = _marker(text, seen, place.body, own)
    items = eol.join(create.item(field, marker, "", eol) for field in fields)
    blank = _placeholder(text, seen, place.body, own)
    if blank:
        return Edit(*blank, items)
    after = own
    while after > place.body and _skipped(
        text[seen.lines[after - 1].start : seen.lines[after - 1].stop].strip()
    ):
        after -= 1
    stop = seen.lines[after - 1].stop
    return Edit(stop, stop, f"{eol}{eol}{items}{_spacer(text, seen, after, eol)}")


def _marker(text: str, seen: Outline, first: int, end: int) -> str:
    """Another sign than that of the list before it, a person's own, so that the two do not become one."""
    lists = [i for i in seen.items if i.depth == 0 and first <= i.line < end]
    line = seen.lines[lists[-1].line] if lists else None
    dashes = line is not None and text[line.start : line.stop].lstrip().startswith("-")
    return "* " if dashes else "- "


def _placeholder(text: str, seen: Outline, first: int, end: int) -> tuple[int, int] | None:
    """Where the one line of a section stands that only says that nothing is there yet."""
    rows = [n for n in range(first, end) if text[seen.lines[n].start : seen.lines[n].stop].strip()]
    if len(rows) != 1 or seen.lines[rows[0]].start == seen.lines[first - 1].start:
        return None
    line = seen.lines[rows[0]]
    alone = rows[0] == first or not text[seen.lines[rows[0] - 1].start : seen.lines[rows[0] - 1].stop].strip()
    said = text[line.start : line.stop]
    return (line.start, line.stop) if alone and said[:1] not in " \t" and values.placeholder(said) else None


def _skipped(line: str) -> bool:
    """Blank lines, and a comment that stands directly above the next heading and belongs to it."""
    return not line or (line.startswith("<!--") and line.endswith("-->"))


def _spacer(text: str, seen: Outline, line: int, eol: str) -> str:
    """A blank line before what follows directly, so that it cannot become part of the new item."""
    follows = line < len(seen.lines) and text[seen.lines[line].start : seen.lines[line].stop].strip()
    return eol if follows else ""


def append(
    document: str, text: str, seen: Outline, missing: tuple[Group, ...], homes: tuple[Heading | None, ...]
) -> Edits:
    """Add whole sections: at the end, or at the end of the section that they belong into."""
    level = (
        2
        if any(h.level <= 2 for h in seen.headings) or not seen.headings
        else min(h.level for h in seen.headings)
    )
    edits: list[Edit] = []
    ends: dict[int, list[str]] = {}
    for group, home in zip(missing, homes, strict=True):
        end = home.end if home else len(seen.lines)
        eol = line_end(text, seen, 0)
        names = group.heading[-1:] if home else group.heading
        made = create.section(
            names, tuple(f for _, f in group.fields), home.level + 1 if home else level, eol
        )
        ends.setdefault(end, []).append(made)
    for end, made_there in ends.items():
        edits.append(_sections_at(text, seen, end, made_there))
    changes = [_added(document, s, f) for group in missing for s, f in group.fields]
    return Edits(edits=tuple(edits), changes=tuple(changes))


def _sections_at(text: str, seen: Outline, end: int, made: list[str]) -> Edit:
    """Put sections behind the last line with content before line `end`; whether the file ends in a line end stays."""
    eol = line_end(text, seen, 0)
    last = end
    while last and not text[seen.lines[last - 1].start : seen.lines[last - 1].stop].strip():
        last -= 1
    at = seen.lines[last - 1].stop if last else len(text)
    body = (eol + eol).join(made)
    return Edit(at, at, f"{eol}{eol}{body}{_spacer(text, seen, last, eol)}")


def _added(document: str, section: str, field: Field) -> FieldChange:
    return FieldChange(
        document=document,
        section=section,
        label=field.label,
        state="filled",
        after="\n".join(values.lines_of(field)),
    )


def line_end(text: str, seen: Outline, number: int) -> str:
    """How line `number` ends, else how the first line that has one does."""
    for line in itertools.chain(seen.lines[number : number + 1], seen.lines):
        if line.next > line.stop:
            return text[line.stop : line.next]
    return "\n"
