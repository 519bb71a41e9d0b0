"""What `check` says of a document that a person edited: another answer, other words, or words nobody understood.

Knows messages and which command settles each; readback.py knows what the words mean.
"""

from __future__ import annotations

import msgspec

from groundplan.drift.readback import Offer, Reader, offer
from groundplan.drift.told import told
from groundplan.drift.types import DocumentChange
from groundplan.fill.tell import kept_note
from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.spec import FieldChange
from groundplan.syntax.quoting import apart, short


def document_findings(document: DocumentChange, reader: Reader | None) -> tuple[Diagnostic, ...]:
    """Findings of one document: what stops it from being filled, then each field that a person wrote anew."""
    stops = [d for d in document.filled.diagnostics if d.severity == "error"]
    edited = (_edited(document, field, reader) for field in document.filled.changes)
    return (*stops, *(d for d in edited if d))


def _edited(document: DocumentChange, field: FieldChange, reader: Reader | None) -> Diagnostic | None:
    """A field that a person wrote: anew, which is drift, or from the start, which is noted."""
    ours = next(
        (w.text for w in document.known if (w.section, w.label) == (field.section, field.label)), None
    )
    if field.state != "kept":
        return None
    if ours is None:
        return _theirs(document.path, field)
    if reader is None:
        return _behind(document.path, field)
    found = offer(reader, field.section, field.label, ours, field.before, field.after)
    match found.kind:
        case "answer":
            return _offered(document.path, field, found)
        case "behind":
            return _behind(document.path, field)
        case "unclear":
            return _unclear(document.path, field, found)
        case "wording" | "computed":
            return _reworded(document.path, field, found)


def _offered(path: str, field: FieldChange, found: Offer) -> Diagnostic:
    taken = " && ".join(found.commands)
    drops = f"; the answer would no longer name: {', '.join(found.drops)}" if found.drops else ""
    theirs, ours = apart(field.before, field.after)
    message = f"you changed `{field.called}` to `{theirs}`, and the answers say `{ours}`"
    return told(
        "GP813",
        "document-edited",
        "warning",
        message,
        f"the document and the code disagree until one of them moves{drops}",
        path,
        Fix(
            text=f"take it as the answer: {taken}; or go back: remove line {field.line}, then groundplan apply",
            question=found.question if found.answer else None,
            answer=found.answer,
        ),
        field.line,
    )


def _unclear(path: str, field: FieldChange, found: Offer) -> Diagnostic:
    message = f"`{field.called}` now says `{short(field.before)}`, which could not be read as an answer"
    fix = (
        f'say it in the answer: groundplan change {found.question} "…"; '
        f"or go back: remove line {field.line}, then groundplan apply"
    )
    why = f"it stays as you wrote it, and the code follows the answers: `{short(field.after)}`"
    return told("GP818", "document-not-understood", "warning", message, why, path, fix, field.line)


def _reworded(path: str, field: FieldChange, found: Offer) -> Diagnostic:
    what = "the answers say the same" if found.kind == "wording" else "it follows from the answers"
    message = f"`{field.called}` is in your own words: `{short(field.before)}`; {what}"
    why = "your words stay, so they do not follow when the answers change"
    fix = (
        f"nothing needs to be done; to have it filled again, remove line {field.line}, then groundplan apply"
    )
    return told("GP817", "document-reworded", "note", message, why, path, fix, field.line)


def _theirs(path: str, field: FieldChange) -> Diagnostic:
    """It was never ours, so nothing moved; a reader of both still has to know."""
    found = kept_note(field)
    return msgspec.structs.replace(found, severity="note", where=Where(path=path, line=field.line))


def _behind(path: str, field: FieldChange) -> Diagnostic:
    """The answers moved, or nobody read the words; either way the two differ."""
    theirs, ours = apart(field.before, field.after)
    message = f"`{field.called}` now says `{theirs}`, and the answers say `{ours}`"
    why = "your words stay, so the document and the code disagree until one of them moves"
    fix = f"write line {field.line} anew; or have it filled: remove line {field.line}, then groundplan apply"
    return told("GP813", "document-edited", "warning", message, why, path, fix, field.line)
