"""groundplan.lock: what was last written, so that a person's change can be told from our own. Knows no files."""

from __future__ import annotations

from typing import Any

import msgspec

from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.spec import Written
from groundplan.store.paths import refusal

PATH = "groundplan.lock"
_VERSION = 1
_HEX = frozenset("0123456789abcdef")
_RESTORE = "take `groundplan.lock` from the last commit with `git checkout -- groundplan.lock`"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A decision record, as it was written; it is never edited afterwards."""

    said: str
    """What was said to the question when it was recorded."""
    path: str
    title: str
    date: str


class Generation(msgspec.Struct, frozen=True, kw_only=True):
    files: dict[str, str] = {}
    """Path of each generated file -> SHA-256 of what was written."""
    written: tuple[Written, ...] = ()
    """What was written into each field of the documents."""
    answers: dict[str, str] = {}
    """Question -> what was said to it when it was last applied."""
    records: dict[str, Record] = {}
    """Question -> the last record of its decision."""


class _Stored(msgspec.Struct, kw_only=True):
    format_version: int
    files: dict[str, str] = {}
    documents: dict[str, dict[str, dict[str, str]]] = {}
    """document -> section -> label -> text."""
    answers: dict[str, str] = {}
    records: dict[str, Record] = {}


def encode(generation: Generation) -> bytes:
    """Write the lock: sorted, one entry a line, without times, so that two branches merge line by line."""
    documents: dict[str, dict[str, dict[str, str]]] = {}
    for w in sorted(generation.written, key=lambda w: (w.document, w.section, w.label)):
        documents.setdefault(w.document, {}).setdefault(w.section, {})[w.label] = w.text
    stored = {
        "format_version": _VERSION,
        "files": dict(sorted(generation.files.items())),
        "documents": documents,
        **({"answers": dict(sorted(generation.answers.items()))} if generation.answers else {}),
        **({"records": dict(sorted(generation.records.items()))} if generation.records else {}),
    }
    return msgspec.json.format(msgspec.json.encode(stored), indent=2) + b"\n"


def decode(content: bytes) -> tuple[Generation, tuple[Diagnostic, ...]]:
    """Read the lock; one that cannot be used is an empty generation and an error, and is never overwritten."""
    try:
        version = msgspec.json.decode(content, type=dict[str, Any]).get("format_version")
        if isinstance(version, int) and version > _VERSION:
            return Generation(), (_newer(version),)
        stored = msgspec.json.decode(content, type=_Stored)
    except (msgspec.MsgspecError, RecursionError) as error:
        return Generation(), (_damaged(content, str(error)),)
    if stored.format_version != _VERSION:
        return Generation(), (_damaged(content, f"format_version is {stored.format_version}"),)
    if wrong := next((path for path, sha in stored.files.items() if not _sound(path, sha)), None):
        return Generation(), (_damaged(content, f"the entry `{wrong[:80]}` is not one of ours"),)
    written = (
        Written(document=document, section=section, label=label, text=text)
        for document, sections in stored.documents.items()
        for section, labels in sections.items()
        for label, text in labels.items()
    )
    made = Generation(
        files=stored.files, written=tuple(written), answers=stored.answers, records=stored.records
    )
    return made, ()


def _sound(path: str, sha: str) -> bool:
    return refusal(path) is None and len(sha) == 64 and _HEX.issuperset(sha)


def _damaged(content: bytes, reason: str) -> Diagnostic:
    conflict = next(
        (n for n, line in enumerate(content.split(b"\n"), 1) if line.startswith(b"<<<<<<<")), None
    )
    message = (
        "`groundplan.lock` holds a merge conflict" if conflict else f"`groundplan.lock` is damaged: {reason}"
    )
    return Diagnostic(
        code="GP940",
        name="lock-damaged",
        severity="error",
        message=message,
        why="without it nobody can tell which lines a person wrote, so nothing is written",
        where=Where(path=PATH, line=conflict),
        fix=Fix(text=f"{_RESTORE}, or remove it: files that differ are then treated as yours"),
    )


def _newer(version: int) -> Diagnostic:
    return Diagnostic(
        code="GP941",
        name="lock-newer",
        severity="error",
        message=f"`groundplan.lock` has format_version {version}, and this groundplan knows {_VERSION}",
        why="an older groundplan would forget what the newer one wrote",
        where=Where(path=PATH),
        fix=Fix(text="install the newer groundplan that this project uses"),
    )
