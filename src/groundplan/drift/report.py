"""Say what stands in the way of an apply, and for `check` which side moved. Knows messages; compares nothing."""

from __future__ import annotations

from typing import Literal

import msgspec

from groundplan.drift.documents import document_findings
from groundplan.drift.readback import Reader
from groundplan.drift.said import APP
from groundplan.drift.told import told
from groundplan.drift.types import Changes, DocumentChange, FileChange
from groundplan.model.diagnostic import Diagnostic


def refusal(change: FileChange) -> Diagnostic | None:
    """What an apply says of a file that a person made, changed or removed."""
    path = change.path
    if change.forced:
        return None
    if change.state == "changed_by_person":
        return told(
            "GP801",
            "code-changed-by-person",
            "error",
            f"`{path}` was changed since groundplan wrote it",
            "writing it again would undo that change, so nothing at all was written",
            path,
            f"groundplan apply --overwrite {path}",
        )
    if change.state == "foreign":
        return told(
            "GP802",
            "file-not-ours",
            "error",
            f"`{path}` is there already, and groundplan did not write it",
            "writing it would replace somebody's work, so nothing at all was written",
            path,
            f"groundplan apply --overwrite {path}",
        )
    if change.state == "let_go" and change.before is not None:
        return told(
            "GP803",
            "code-left-behind",
            "warning",
            f"`{path}` no longer belongs to the plan, but was changed by hand and stays",
            "it is yours from now on: groundplan neither updates nor removes it",
            path,
            f"rm {path}",
        )
    return None


def drift(
    changes: Changes, reader: Reader | None = None, moved: tuple[str, ...] | None = None
) -> tuple[Diagnostic, ...]:
    """Say for `check` which side moved: the answers, a document, or the code; and how to settle it.

    With `reader`, what a person wrote into a document is read as an answer. `moved` names the answers that changed
    since the last apply; None where that is not known.
    """
    found = [
        _unapplied("code", [f.path for f in changes.files if f.state in ("new", "updated", "stale")], moved),
        _unapplied("documents", [d.path for d in changes.documents if _moved(d)], moved),
    ]
    found += [d for document in changes.documents for d in document_findings(document, reader)]
    found += [_code_moved(change) for change in changes.files]
    return tuple(_with_acceptance(d) for d in found if d)


def _with_acceptance(found: Diagnostic) -> Diagnostic:
    """What somebody did to a document or to the code can also be lived with, for a reason."""
    if found.severity == "note" or found.fix is None or found.code in ("GP811", "GP812"):
        return found
    text = f'{found.fix.text}; or live with it: groundplan accept {found.code} --because "…" [--until DATE]'
    return msgspec.structs.replace(found, fix=msgspec.structs.replace(found.fix, text=text))


def _moved(document: DocumentChange) -> bool:
    return document.before != document.after


def _unapplied(
    part: Literal["code", "documents"], paths: list[str], moved: tuple[str, ...] | None
) -> Diagnostic | None:
    if not paths:
        return None
    named = ", ".join(f"`{path}`" for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if paths[3:] else ""
    )
    return told(
        "GP811" if part == "code" else "GP812",
        f"{part}-behind-answers",
        "error",
        f"the answers were not applied to {named}",
        f"{_cause(moved)}what is committed describes another foundation than the answers do",
        paths[0],
        "groundplan apply",
    )


def _cause(moved: tuple[str, ...] | None) -> str:
    if moved is None:
        return ""
    if not moved:
        return "no answer changed, so groundplan or its facts did; "
    moved = tuple("what is known of the application" if key == APP else key for key in moved)
    if moved == ("what is known of the application",):
        return "what is known of the application changed since the last apply; "
    names = ", ".join(moved[:-1]) + f" and {moved[-1]}" if len(moved) > 1 else moved[0]
    return f"{names} changed in groundplan.toml since the last apply; "


def _code_moved(change: FileChange) -> Diagnostic | None:
    path = change.path
    if change.state == "changed_by_person":
        why = "the next apply refuses to write until this is settled"
        fix = f"groundplan apply --overwrite {path}"
        return told("GP814", "code-edited", "error", f"`{path}` was edited by hand", why, path, fix)
    if change.state == "deleted_by_person":
        why = "what it describes is planned and priced, but no code makes it"
        return told(
            "GP815", "code-deleted", "error", f"`{path}` was removed by hand", why, path, "groundplan apply"
        )
    if change.state == "foreign":
        why = "the plan needs this file, and the next apply refuses to replace yours"
        fix = f"groundplan apply --overwrite {path}"
        return told(
            "GP816", "code-in-the-way", "error", f"`{path}` was not written by groundplan", why, path, fix
        )
    return None
