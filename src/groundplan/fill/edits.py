"""Find each field in an existing document and decide what to replace. Writes nothing; proof.py applies the edits."""

from __future__ import annotations

import itertools
import re
from typing import Literal, TypeAlias

import msgspec

from groundplan.fill import create, values
from groundplan.fill.tell import ambiguous, kept_note
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.spec import Field, FieldChange, SectionFill, Written
from groundplan.syntax.outline import Heading, Item, Outline, key, outline

State: TypeAlias = Literal["filled", "updated", "same", "kept"]


class Edit(msgspec.Struct, frozen=True):
    """`text[start:end]` becomes `new`; nothing is removed where start is end."""

    start: int
    end: int
    new: str


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of every fill that goes under one heading, each with the key of its fill."""

    heading: tuple[str, ...]
    fields: tuple[tuple[str, Field], ...]


class Edits(msgspec.Struct, frozen=True, kw_only=True):
    edits: tuple[Edit, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    """Level and title of every heading of the document before the edits."""


def groups(sections: tuple[SectionFill, ...]) -> tuple[Group, ...]:
    """Fills of one heading joined, in order of appearance; of two fields with one label the first counts."""
    joined: dict[tuple[str, ...], Group] = {}
    for fill in sections:
        where = tuple(key(name, numbering=True) for name in fill.heading)
        group = joined.get(where) or Group(heading=fill.heading, fields=())
        known = {key(field.label) for _, field in group.fields}
        fresh: list[tuple[str, Field]] = []
        for field in fill.fields:
            if key(field.label) not in known:
                fresh.append((fill.key, field))
                known.add(key(field.label))
        joined[where] = msgspec.structs.replace(group, fields=(*group.fields, *fresh))
    return tuple(group for group in joined.values() if group.fields)


def find(document: str, text: str, wanted: tuple[Group, ...], written: tuple[Written, ...]) -> Edits:
    """Every edit that `wanted` needs in `text`; with an error among the diagnostics there are none."""
    seen = outline(text)
    found = [_in_group(document, text, seen, group, written) for group in wanted]
    missing = tuple(group for group, one in zip(wanted, found, strict=True) if one is None)
    there = [one for one in found if one is not None]
    if missing:
        there.append(_append(document, text, seen, missing))
    diagnostics = tuple(d for one in there for d in one.diagnostics)
    headings = tuple((h.level, h.title) for h in seen.headings)
    if any(d.severity == "error" for d in diagnostics):
        return Edits(diagnostics=diagnostics, headings=headings)
    return Edits(
        edits=tuple(sorted((e for one in there for e in one.edits), key=lambda e: (e.start, e.end))),
        changes=tuple(c for one in there for c in one.changes),
        diagnostics=diagnostics,
        headings=headings,
    )


def _in_group(
    document: str, text: str, seen: Outline, group: Group, written: tuple[Written, ...]
) -> Edits | None:
    """The edits inside the section of `group`; None where the document has no such section."""
    places = _sections(seen, group.heading)
    if not places:
        return None
    if len(places) > 1:
        name = " / ".join(group.heading)
        return Edits(diagnostics=(ambiguous(document, "section", name, [p.line + 1 for p in places]),))
    items = [i for i in seen.items if places[0].body <= i.line < places[0].end]
    claimed: set[int] = set()
    parts: list[Edits] = []
    missing: list[tuple[str, Field]] = []
    for section, field in group.fields:
        hits = _matches(items, field, claimed)
        if len(hits) > 1:
            parts.append(
                Edits(diagnostics=(ambiguous(document, "field", field.label, [h.line + 1 for h in hits]),))
            )
        elif hits:
            claimed |= {i.line for i in items if hits[0].line <= i.line < hits[0].end}
            parts.append(_replace(document, text, seen, hits[0], section, field, written))
        else:
            missing.append((section, field))
    if missing:
        last = [i for i in items if i.line in claimed and i.depth == 0]
        parts.append(_insert(document, text, seen, places[0], last, tuple(missing)))
    return Edits(
        edits=tuple(e for p in parts for e in p.edits),
        changes=tuple(c for p in parts for c in p.changes),
        diagnostics=tuple(d for p in parts for d in p.diagnostics),
    )


def _sections(seen: Outline, heading: tuple[str, ...]) -> list[Heading]:
    """Headings with this path; `Open Questions / Deferred Topics` may also stand under either of its names alone."""
    above = [key(name, numbering=True) for name in heading[:-1]]
    names = [heading[-1], *(heading[-1].split(" / ") if " / " in heading[-1] else ())]
    for name in names:
        wanted = [*above, key(name, numbering=True)]
        places = [h for h in seen.headings if h.title == wanted[-1] and _under(h.path, wanted)]
        if places:
            return places
    return []


def _under(path: tuple[str, ...], wanted: list[str]) -> bool:
    left = iter(path)
    return all(name in left for name in wanted)


def _matches(items: list[Item], field: Field, claimed: set[int]) -> list[Item]:
    """Items with the field's label, else with the first of its other labels that occurs; outermost only."""
    for name in (field.label, *field.also):
        hits = [i for i in items if i.label == key(name) and i.line not in claimed]
        outer = [i for i in hits if not any(o.line < i.line < o.end for o in hits)]
        if outer:
            return outer
    return []


def _replace(
    document: str,
    text: str,
    seen: Outline,
    item: Item,
    section: str,
    field: Field,
    written: tuple[Written, ...],
) -> Edits:
    stop = seen.lines[item.end - 1].stop
    now = values.read_back(text[item.value : stop])
    new = "\n".join(values.lines_of(field))
    ours = next((w.text for w in written if (w.section, w.label) == (section, field.label)), None)
    state = decide(now, new, ours)
    change = FieldChange(
        document=document, section=section, label=field.label, state=state, before=now,
        after=now if state == "same" else new, line=item.line + 1,
    )  # fmt: skip
    if state == "same":
        return Edits(changes=(change,))
    if state == "kept":
        return Edits(changes=(change,), diagnostics=(kept_note(change),))
    fresh = create.value(field, " " * item.column, line_end(text, seen, item.line))
    return Edits(edits=(Edit(item.value, stop, fresh),), changes=(change,))


def decide(now: str, new: str, ours: str | None) -> State:
    """What to do with a field that says `now`, where `ours` was last written and `new` is to be written.

    A removed TODO comment is a person's confirmation and stays removed while the value is the same.
    """
    if now == new:
        return "same"
    if ours is not None and now == ours:
        return "updated"
    if values.without_todo(now) == values.without_todo(new):
        return "same"
    if values.empty(now) or (ours is None and values.placeholder(now)):
        return "filled"
    if ours is not None and now == values.without_todo(ours):
        return "updated"
    return "kept"


def _insert(
    document: str,
    text: str,
    seen: Outline,
    place: Heading,
    claimed: list[Item],
    missing: tuple[tuple[str, Field], ...],
) -> Edits:
    """Add the missing fields behind the section's list, or a list of them where it has none."""
    last = _last_item(seen, place, claimed)
    if last is None:
        edit = _new_list(text, seen, place, tuple(f for _, f in missing))
    else:
        edit = _more_items(text, seen, last, tuple(f for _, f in missing))
    return Edits(edits=(edit,), changes=tuple(_added(document, s, f) for s, f in missing))


def _last_item(seen: Outline, place: Heading, claimed: list[Item]) -> Item | None:
    """The last item of the list that holds the section's fields, else of the last list before a subsection."""
    own = min((h.line for h in seen.headings if place.line < h.line < place.end), default=place.end)
    direct = [i for i in seen.items if i.depth == 0 and place.body <= i.line < own]
    chosen = claimed or direct
    if not chosen:
        return None
    return [i for i in seen.items if i.depth == 0 and i.list == chosen[-1].list][-1]


def _more_items(text: str, seen: Outline, last: Item, fields: tuple[Field, ...]) -> Edit:
    line = seen.lines[last.line]
    eol = line_end(text, seen, last.line)
    match = re.match(r"([ \t]*)([-*+]|(\d{1,9})([.)]))([ \t]+|$)", text[line.start : line.stop])
    indent, marker, number, mark = (
        (match[1], match[2], match[3], match[4]) if match else ("", "-", None, None)
    )
    markers = [f"{int(number) + 1 + n}{mark} " if number else f"{marker} " for n in range(len(fields))]
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
    after = own
    while after > place.body and _skipped(
        text[seen.lines[after - 1].start : seen.lines[after - 1].stop].strip()
    ):
        after -= 1
    eol = line_end(text, seen, place.line)
    stop = seen.lines[after - 1].stop
    body = eol.join(create.item(field, "- ", "", eol) for field in fields)
    return Edit(stop, stop, f"{eol}{eol}{body}{_spacer(text, seen, after, eol)}")


def _skipped(line: str) -> bool:
    """Blank lines, and a comment that stands directly above the next heading and belongs to it."""
    return not line or (line.startswith("<!--") and line.endswith("-->"))


def _spacer(text: str, seen: Outline, line: int, eol: str) -> str:
    """A blank line before what follows directly, so that it cannot become part of the new item."""
    follows = line < len(seen.lines) and text[seen.lines[line].start : seen.lines[line].stop].strip()
    return eol if follows else ""


def _append(document: str, text: str, seen: Outline, missing: tuple[Group, ...]) -> Edits:
    """Add whole sections: at the end, or at the end of the section that they belong into."""
    level = (
        2
        if any(h.level <= 2 for h in seen.headings) or not seen.headings
        else min(h.level for h in seen.headings)
    )
    edits: list[Edit] = []
    ends: dict[int, list[str]] = {}
    for group in missing:
        home = next(
            (
                h
                for h in seen.headings
                if len(group.heading) > 1 and _sections(seen, group.heading[:-1]) == [h]
            ),
            None,
        )
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
    for line in (*seen.lines[number : number + 1], *seen.lines):
        if line.next > line.stop:
            return text[line.stop : line.next]
    return "\n"
