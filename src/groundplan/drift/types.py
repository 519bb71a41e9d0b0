"""The types of a planned apply. Knows what each file was and shall be; decides nothing."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from groundplan.model.diagnostic import Diagnostic
from groundplan.model.spec import Filled, Written
from groundplan.store.digest import sha256
from groundplan.store.generation import Generation

State = Literal[
    "new", "same", "updated", "changed_by_person", "foreign", "deleted_by_person", "stale", "let_go"
]  # fmt: skip
"""`let_go`: no longer compiled, but a person changed it or removed it; it is theirs now."""


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True):
    before: bytes | None
    filled: Filled
    known: tuple[Written, ...] = ()
    """What groundplan.lock remembers of this document."""

    @property
    def path(self) -> str:
        return self.filled.document

    @property
    def after(self) -> bytes:
        return self.filled.content


class FileChange(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    state: State
    before: bytes | None
    after: bytes | None
    """None removes the file; equal to `before` where nothing is to be done."""
    compiled: str | None = None
    """SHA-256 of what the answers compile to; None where they no longer compile to this file."""
    executable: bool = False
    forced: bool = False
    """True where a person asked to replace what is there; it is kept aside."""


Change: TypeAlias = DocumentChange | FileChange


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an apply would do. Errors among the diagnostics forbid it."""

    documents: tuple[DocumentChange, ...]
    files: tuple[FileChange, ...]
    generation: Generation
    """What groundplan.lock says afterwards."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def touched(self) -> tuple[Change, ...]:
        """The changes whose file becomes another one, documents first."""
        every: tuple[Change, ...] = (*self.documents, *self.files)
        return tuple(change for change in every if change.before != change.after)

    @property
    def writes(self) -> dict[str, bytes | None]:
        """Path -> new content for Workspace.apply()."""
        return {c.path: c.after for c in self.touched}

    @property
    def expected(self) -> dict[str, str | None]:
        """Path -> SHA-256 that each target had when this was planned."""
        return {c.path: None if c.before is None else sha256(c.before) for c in self.touched}

    @property
    def executable(self) -> frozenset[str]:
        return frozenset(f.path for f in self.files if f.executable)

    @property
    def backup(self) -> tuple[str, ...]:
        return tuple(f.path for f in self.files if f.forced)
