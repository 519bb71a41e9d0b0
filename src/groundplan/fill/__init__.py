"""Fill specification documents in place: pure over bytes, every byte outside the edited fields stays.

Knows how fields meet a document; what a field says comes from the sections, and writing is the store's work.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from groundplan.fill import create
from groundplan.fill.tell import not_safe, not_text
from groundplan.fill.values import lines_of
from groundplan.model.case import Case
from groundplan.model.decision import Chosen, Decisions, Reading
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.question import Fill, Phase, Question
from groundplan.model.spec import Field, FieldChange, Filled, SectionFill, Written
from groundplan.sections import sections as known_sections
from groundplan.syntax.markdown import inline
from groundplan.syntax.outline import key

if TYPE_CHECKING:
    from groundplan.fill.types import Edits, Group

__all__ = ["fill", "generic_sections", "sections"]

_TYPED = frozenset({"hosting", "regions", "scaling", "monitoring", "budget", "iac"})


def sections(case: Case, diagnostics: tuple[Diagnostic, ...]) -> tuple[SectionFill, ...]:
    """What every known section says of `case`; a section with nothing to say is left out."""
    made = (
        SectionFill(key=s.key, document=s.document, heading=s.heading, fields=s.render(case, diagnostics))
        for s in known_sections().values()
    )
    return tuple(fill for fill in made if fill.fields)


def generic_sections(
    phase: Phase, decisions: Decisions, besides: tuple[SectionFill, ...] = ()
) -> tuple[SectionFill, ...]:
    """What the fills lines of `phase` ask for: each answer, escaped, under its question's title.

    With `besides`, only questions that no typed section serves are filled, and those sections come first.
    """
    found: dict[Fill, list[Field]] = {}
    labels = _labels(phase)
    for question in phase.questions:
        if besides and question.key in _TYPED:
            continue
        field = _answered(question, labels[question.key], decisions.readings.get(question.key))
        for place in question.fills if field else ():
            found.setdefault(place, []).append(field)  # type: ignore[arg-type]  # the loop is empty without a field
    made = (
        SectionFill(
            key=_slug(place), document=place.document, heading=_path(place.section), fields=tuple(fields)
        )
        for place, fields in found.items()
    )
    return (*besides, *made)


def _labels(phase: Phase) -> dict[str, str]:
    """Question key -> the label of its answer: its title, told apart where several questions have one title."""
    titles = Counter(key(q.title) for q in phase.questions)
    made: dict[str, str] = {}
    for question in phase.questions:
        apart = question.blanks[:1] or (question.prompt,) if titles[key(question.title)] > 1 else ()
        label = ", ".join((question.title, *(words for words in apart if words)))
        taken = {key(known) for known in made.values()}
        made[question.key] = label if key(label) not in taken else f"{label} {question.key}"
    return made


def _answered(question: Question, label: str, reading: Reading | None) -> Field | None:
    """The answer as a field; None where there is none."""
    if reading is None or not (reading.text.strip() or reading.corrected):
        return None
    value = reading.value
    said = [made for line in reading.text.split("\n") if (made := inline(line))]
    if isinstance(value, Chosen) and value.options and " ".join(reading.text.split()).isdigit():
        said = [inline(", ".join(value.options))]
    if isinstance(value, Chosen) and reading.corrected:
        said = [inline(", ".join(value.options) or value.text)]
    text = "\n".join(said if len(said) == 1 else ["", *said])
    return Field(label=label, text=text, uncertain=reading.status != "ok", also=question.blanks)


def _path(section: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in section.split(" > ") if part.strip())


def _slug(place: Fill) -> str:
    stem = place.document.rsplit("/", 1)[-1].removesuffix(".md")
    return re.sub(r"\W+", "_", f"{stem} {place.section}".lower()).strip("_")


def fill(
    document: str,
    existing: bytes | None,
    sections: tuple[SectionFill, ...],
    written: tuple[Written, ...],
    into: frozenset[int] = frozenset(),
) -> Filled:
    """Fill `sections` into the document's bytes, or create it where there are none.

    `written` is what the lock remembers, `into` the 1-based lines of headings that decide where several would
    fit, or 0 where none of them is meant. An error among the diagnostics means that nothing was changed.
    """
    here = tuple(s for s in sections if s.document == document)
    known = tuple(w for w in written if w.document == document)
    if existing is None:
        return _created(document, "", here, known)
    try:
        text = _text(existing)
    except ValueError as problem:
        return _refused(document, existing, known, not_text(document, *problem.args))
    if not text.strip("\ufeff \t\r\n"):
        return _created(document, text, here, known)
    same = _untouched(document, existing, here, known)
    return same or _edited(document, existing, text, here, known, into)


def _text(content: bytes) -> str:
    """Decode UTF-8; ValueError with the reason and its 1-based line for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("it starts like UTF-16", 1)
    if b"\0" in content:
        raise ValueError("it holds a zero byte", content[: content.index(b"\0")].count(b"\n") + 1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise ValueError(f"byte {problem.start} is 0x{content[problem.start]:02x}", line) from problem


def _created(
    document: str, before: str, sections: tuple[SectionFill, ...], known: tuple[Written, ...]
) -> Filled:
    from groundplan.fill.edits import groups, needed

    wanted = [needed(group) for group in groups(sections)]
    changes = tuple(
        FieldChange(
            document=document, section=key, label=f.label, state="filled", after="\n".join(lines_of(f))
        )
        for group in wanted
        for key, f in group.fields
    )
    content = (before + _whole(document, sections)).encode()
    return Filled(document=document, content=content, changes=changes, written=_remembered(changes, known))


def _whole(document: str, sections: tuple[SectionFill, ...]) -> str:
    """The document as it is created from nothing."""
    from groundplan.fill.edits import groups, needed

    wanted = [group for group in map(needed, groups(sections)) if group.fields]
    return create.document(document, ((g.heading, tuple(f for _, f in g.fields)) for g in wanted))


def _untouched(
    document: str, existing: bytes, sections: tuple[SectionFill, ...], known: tuple[Written, ...]
) -> Filled | None:
    """The result where the document is what would be created: it costs no parser. None where it is not."""
    from groundplan.fill.edits import groups
    from groundplan.fill.untouched import unchanged

    changes = unchanged(document, existing, _whole(document, sections).encode(), groups(sections))
    if changes is None:
        return None
    return Filled(document=document, content=existing, changes=changes, written=_remembered(changes, known))


def _edited(
    document: str,
    existing: bytes,
    text: str,
    sections: tuple[SectionFill, ...],
    known: tuple[Written, ...],
    into: frozenset[int],
) -> Filled:
    from groundplan.fill.edits import find, groups
    from groundplan.fill.proof import prove, shifted, spliced

    wanted = groups(sections)
    found = find(document, text, wanted, known, into)
    if any(d.severity == "error" for d in found.diagnostics):
        return _refused(document, existing, known, *found.diagnostics)
    remembered = _remembered(found.changes, known)
    if found.edits:
        try:
            after = spliced(text, found.edits)
        except ValueError as problem:
            return _refused(document, existing, known, not_safe(document, str(problem)))
        content = after.encode()
        prove(existing, content, text, found.edits)
        reason = _misread(document, after, wanted, remembered, found, shifted(into, text, found.edits))
        if reason:
            return _refused(document, existing, known, not_safe(document, reason))
        existing = content
    return Filled(
        document=document,
        content=existing,
        changes=found.changes,
        written=remembered,
        diagnostics=found.diagnostics,
    )


def _misread(
    document: str,
    after: str,
    wanted: tuple[Group, ...],
    written: tuple[Written, ...],
    first: Edits,
    into: frozenset[int],
) -> str:
    """Why the filled document does not read back as it was meant; empty where it does."""
    from groundplan.fill.edits import find

    again = find(document, after, wanted, written, into)
    if again.edits or any(d.severity == "error" for d in again.diagnostics):
        return "the end of a section lies inside an open code fence, comment or quotation"
    left = iter(again.headings)
    if not all(heading in left for heading in first.headings):
        return "a heading of yours would no longer be one"
    return ""


def _refused(document: str, existing: bytes, known: tuple[Written, ...], *problems: Diagnostic) -> Filled:
    return Filled(document=document, content=existing, changes=(), written=known, diagnostics=problems)


def _remembered(changes: tuple[FieldChange, ...], known: tuple[Written, ...]) -> tuple[Written, ...]:
    """What the lock is to remember: what was written now, else what was written before."""
    before = {(w.section, w.label): w for w in known}
    for change in changes:
        place = (change.section, change.label)
        if change.state == "same" and place in before:
            continue
        if change.state != "kept":
            before[place] = Written(
                document=change.document, section=change.section, label=change.label, text=change.after
            )
    return tuple(before[place] for place in sorted(before))
