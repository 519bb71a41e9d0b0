"""Find each field in an existing document and decide what to replace. Writes nothing; proof.py applies the edits."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from groundplan.fill import create, values
from groundplan.fill.insert import append, insert, line_end
from groundplan.fill.spans import Inside, below, between
from groundplan.fill.tell import ambiguous, kept_note, uncertain
from groundplan.fill.types import Edit, Edits, Group, State
from groundplan.model.spec import Field, FieldChange, SectionFill, Written
from groundplan.syntax.outline import Heading, Item, Outline, key, names, outline
from groundplan.syntax.patterns import late

_GAP = late(r"[ \t]+(?=\S)")
"""What stands between a label and its value, on one line."""
_FRAME = late(r"^[\s>|]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s+)?[*_]*|[*_:：|—–\s]+$")


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


def needed(group: Group) -> Group:
    """Without the fields that are filled only where a document has them."""
    return msgspec.structs.replace(group, fields=tuple(f for f in group.fields if not f[1].optional))


def find(
    document: str,
    text: str,
    wanted: tuple[Group, ...],
    written: tuple[Written, ...],
    into: frozenset[int] = frozenset(),
) -> Edits:
    """Every edit that `wanted` needs in `text`; with an error among the diagnostics there are none.

    `into` holds the 1-based lines of headings that a person named where several would fit, or 0 for none of them.
    """
    titles = [name for group in wanted for name in (*group.heading, *group.heading[-1].split(" / "))]
    seen = outline(text, {key(title, numbering=True) for title in titles}.union(*map(names, titles)))
    found = [_in_group(document, text, seen, group, written, into) for group in wanted]
    absent = (group for group, one in zip(wanted, found, strict=True) if one is None)
    missing = tuple(kept for group in absent if (kept := needed(group)).fields)
    there = [one for one in found if one is not None]
    if missing:
        homes = tuple(_home(seen, group) for group in missing)
        there.append(append(document, text, seen, missing, homes))
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
    document: str,
    text: str,
    seen: Outline,
    group: Group,
    written: tuple[Written, ...],
    into: frozenset[int] = frozenset(),
) -> Edits | None:
    """The edits inside the section of `group`; None where the document has no such section."""
    places = _sections(seen, group.heading)
    near = _near(seen, group) if not places and 0 not in into else []
    places = places or _holding(seen, near, group)
    named = [h for h in places or near if h.line + 1 in into]
    if len(places) > 1:
        places = named or _waiting(text, seen, places, group, written)
    elif near and not places and not named and needed(group).fields:
        return Edits(diagnostics=(uncertain(document, " / ".join(group.heading), near),))
    places = places or named
    if not places:
        return None
    if len(places) > 1:
        name = " / ".join(group.heading)
        return Edits(diagnostics=(ambiguous(document, "section", name, [p.line + 1 for p in places]),))
    return _in_section(document, text, seen, group, written, places[0])


def _in_section(
    document: str,
    text: str,
    seen: Outline,
    group: Group,
    written: tuple[Written, ...],
    place: Heading,
) -> Edits:
    items = between(seen.items, place.body, place.end)
    slots = between(seen.slots, place.body, place.end)
    claimed: set[int] = set()
    parts: list[Edits] = []
    missing: list[tuple[str, Field]] = []
    for section, field in group.fields:
        hits = _matches(items, field, claimed) or _matches(slots, field, claimed)
        if len(hits) > 1:
            parts.append(
                Edits(diagnostics=(ambiguous(document, "field", field.label, [h.line + 1 for h in hits]),))
            )
        elif hits:
            claimed |= {i.line for i in (*items, *slots) if hits[0].line <= i.line < hits[0].end}
            parts.append(_replace(document, text, seen, hits[0], section, field, written))
        elif not field.optional:
            missing.append((section, field))
    if missing:
        last = [i for i in (*items, *slots) if i.line in claimed and i.depth == 0]
        parts.append(insert(document, text, seen, place, last, tuple(missing)))
    return Edits(
        edits=tuple(e for p in parts for e in p.edits),
        changes=tuple(c for p in parts for c in p.changes),
        diagnostics=tuple(d for p in parts for d in p.diagnostics),
    )


def _sections(seen: Outline, heading: tuple[str, ...]) -> list[Heading]:
    """Headings with this path; `Open Questions / Deferred Topics` may also stand under either of its names alone."""
    above = [key(name, numbering=True) for name in heading[:-1]]
    for name in _titles(heading):
        wanted = [*above, key(name, numbering=True)]
        places = [h for h in seen.headings if h.title == wanted[-1] and _under(h.path, wanted)]
        if places:
            return places
    return []


def _titles(heading: tuple[str, ...]) -> tuple[str, ...]:
    last = heading[-1]
    return (last, *(last.split(" / ") if " / " in last else ()))


def _near(seen: Outline, group: Group) -> list[Heading]:
    """Headings that speak of the section and of more: `Infrastructure: a history`, `Hosting & Infrastructure`."""
    above = [key(name, numbering=True) for name in group.heading[:-1]]
    wanted = [names(title) for title in _titles(group.heading)]
    some = {next(iter(title)) for title in wanted}
    maybe = (h for h in seen.headings if any(name in h.title for name in some))
    return [h for h in maybe if any(title <= h.names for title in wanted) and _under(h.path[:-1], above)]


def _holding(seen: Outline, places: list[Heading], group: Group) -> list[Heading]:
    """Those of `places` that hold a field of the section already."""
    return [h for h in places if any(_matches(_there(seen, h), field, set()) for _, field in group.fields)]


def _waiting(
    text: str, seen: Outline, places: list[Heading], group: Group, written: tuple[Written, ...]
) -> list[Heading]:
    """The one place of several that holds a field which is ours or empty; all of them where that does not decide."""
    texts = {(w.section, w.label): w.text for w in written}
    found = []
    for place in places:
        deeper = Inside(below(places, place))
        here = [i for i in _there(seen, place) if not deeper(i.line)]
        hits = [(s, f, hit) for s, f in group.fields for hit in _matches(here, f, set())]
        if any(_is_ours(text, seen, hit, texts.get((s, f.label))) for s, f, hit in hits):
            found.append(place)
    return found if len(found) == 1 else places


def _there(seen: Outline, place: Heading) -> list[Item]:
    return [*between(seen.items, place.body, place.end), *between(seen.slots, place.body, place.end)]


def _is_ours(text: str, seen: Outline, item: Item, ours: str | None) -> bool:
    stop = item.stop if item.kind != "item" else seen.lines[item.end - 1].stop
    now = values.read_back(text[item.value : stop])
    return values.placeholder(now) or (ours is not None and now in (ours, values.flat_text(ours)))


def _home(seen: Outline, group: Group) -> Heading | None:
    """The section that a missing one belongs into, where there is exactly one."""
    places = _sections(seen, group.heading[:-1]) if len(group.heading) > 1 else []
    return places[0] if len(places) == 1 else None


def _under(path: tuple[str, ...], wanted: list[str]) -> bool:
    left = iter(path)
    return all(name in left for name in wanted)


def _matches(items: Sequence[Item], field: Field, claimed: set[int]) -> list[Item]:
    """Items with the field's label, else with the first of its other labels that occurs; outermost only."""
    for name in (field.label, *field.also):
        label = key(name)
        hits = [i for i in items if i.label and i.label == label and i.line not in claimed]
        inside = Inside(hits)
        outer = [i for i in hits if not inside(i.line)]
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
    stop = item.stop if item.kind != "item" else seen.lines[item.end - 1].stop
    raw = text[item.value : stop]
    new = "\n".join(values.lines_of(field))
    ours = next((w.text for w in written if (w.section, w.label) == (section, field.label)), None)
    now = values.read_back(raw)
    if item.kind == "item":
        state = decide(now, new, ours)
    else:
        now = values.out_of_cell(raw) if item.kind == "row" else values.flat_text(now)
        state = decide(now, values.flat(field), values.flat_text(ours) if ours is not None else None)
    change = FieldChange(
        document=document, section=section, label=field.label, state=state, before=now,
        after=new, line=item.line + 1, named=_named(text, seen, item, field),
    )  # fmt: skip
    if state == "same":
        return Edits(changes=(change,))
    if state == "kept":
        return Edits(changes=(change,), diagnostics=(kept_note(change),))
    return Edits(edits=(Edit(item.value, stop, _fresh(text, seen, item, field)),), changes=(change,))


def _fresh(text: str, seen: Outline, item: Item, field: Field) -> str:
    """The new value as it is written behind the label of `item`."""
    if item.kind == "row":
        return f" {values.in_cell(values.flat(field))} "
    colon = ":" if _open_label(text[seen.lines[item.line].start : item.value]) else ""
    gap = _GAP.match(text, item.value)
    if item.kind == "line":
        made = f" {values.flat(field)}"
    else:
        made = create.value(field, " " * item.column, line_end(text, seen, item.line))
    return colon + (gap[0] + made[1:] if gap and made.startswith(" ") else made)


def _named(text: str, seen: Outline, item: Item, field: Field) -> str:
    """The label as the document has it; empty where it is the field's own."""
    said = _FRAME.sub("", text[seen.lines[item.line].start : item.value])
    return "" if said == field.label else said


def _open_label(said: str) -> bool:
    """`**Provider**` is a label while nothing stands behind it; with words behind it, only a colon keeps it one."""
    return re.search(r"[^:：\s]\s*(?:\*\*|__)$", said) is not None


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
