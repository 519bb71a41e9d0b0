"""Say what stands in the way of an apply, and for `check` which side moved. Knows messages; compares nothing."""

from __future__ import annotations

from typing import Literal

from groundplan.drift.types import Changes, DocumentChange, FileChange
from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.spec import FieldChange


def refusal(change: FileChange) -> Diagnostic | None:
    """What an apply says of a file that a person made, changed or removed."""
    path = change.path
    if change.forced:
        return None
    if change.state == "changed_by_person":
        return _told(
            "GP801",
            "code-changed-by-person",
            "error",
            f"`{path}` was changed since groundplan wrote it",
            "writing it again would undo that change, so nothing at all was written",
            path,
            f"groundplan apply --overwrite {path}",
        )
    if change.state == "foreign":
        return _told(
            "GP802",
            "file-not-ours",
            "error",
            f"`{path}` is there already, and groundplan did not write it",
            "writing it would replace somebody's work, so nothing at all was written",
            path,
            f"groundplan apply --overwrite {path}",
        )
    if change.state == "let_go" and change.before is not None:
        return _told(
            "GP803",
            "code-left-behind",
            "warning",
            f"`{path}` no longer belongs to the plan, but was changed by hand and stays",
            "it is yours from now on: groundplan neither updates nor removes it",
            path,
            f"rm {path}",
        )
    return None


def drift(changes: Changes) -> tuple[Diagnostic, ...]:
    """Say for `check` which side moved: the answers, a document, or the code; and how to settle it."""
    found = [
        _unapplied("code", [f.path for f in changes.files if f.state in ("new", "updated", "stale")]),
        _unapplied("documents", [d.path for d in changes.documents if _moved(d)]),
    ]
    found += [_edited(document, field) for document in changes.documents for field in document.filled.changes]
    found += [_code_moved(change) for change in changes.files]
    return tuple(d for d in found if d)


def _moved(document: DocumentChange) -> bool:
    return document.before != document.after


def _unapplied(part: Literal["code", "documents"], paths: list[str]) -> Diagnostic | None:
    if not paths:
        return None
    named = ", ".join(f"`{path}`" for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if paths[3:] else ""
    )
    return _told(
        "GP811" if part == "code" else "GP812",
        f"{part}-behind-answers",
        "error",
        f"the answers were not applied to {named}",
        "what is committed describes another foundation than the answers do",
        paths[0],
        "groundplan apply",
    )


def _edited(document: DocumentChange, field: FieldChange) -> Diagnostic | None:
    """A field that we wrote once and that a person wrote anew; what was theirs from the start is no drift."""
    ours = any((w.section, w.label) == (field.section, field.label) for w in document.known)
    if field.state != "kept" or not ours:
        return None
    return _told(
        "GP813",
        "document-edited",
        "warning",
        f"`{field.label}` now says `{_short(field.before)}`, and the answers say `{_short(field.after)}`",
        "the document and the code disagree until one of them moves",
        document.path,
        "change the answer in `groundplan.toml`, or remove that line and run `groundplan apply`",
        field.line,
    )


def _code_moved(change: FileChange) -> Diagnostic | None:
    path = change.path
    if change.state == "changed_by_person":
        why = "the next apply refuses to write until this is settled"
        fix = f"groundplan apply --overwrite {path}"
        return _told("GP814", "code-edited", "error", f"`{path}` was edited by hand", why, path, fix)
    if change.state == "deleted_by_person":
        why = "what it describes is planned and priced, but no code makes it"
        return _told(
            "GP815", "code-deleted", "error", f"`{path}` was removed by hand", why, path, "groundplan apply"
        )
    if change.state == "foreign":
        why = "the plan needs this file, and the next apply refuses to replace yours"
        fix = f"groundplan apply --overwrite {path}"
        return _told(
            "GP816", "code-in-the-way", "error", f"`{path}` was not written by groundplan", why, path, fix
        )
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _told(
    code: str,
    name: str,
    severity: Literal["error", "warning"],
    message: str,
    why: str,
    path: str,
    fix: str,
    line: int | None = None,
) -> Diagnostic:
    where = Where(path=path, line=line)
    return Diagnostic(
        code=code, name=name, severity=severity, message=message, why=why, where=where, fix=Fix(text=fix)
    )
