"""What filling works with: an edit of the text, the fields that go under one heading, and all edits of a document."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from groundplan.model.diagnostic import Diagnostic
from groundplan.model.spec import Field, FieldChange

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
