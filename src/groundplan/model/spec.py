"""What goes into which section of which specification document, and what an edit of one is."""

from __future__ import annotations

from typing import Literal

import msgspec

from groundplan.model.diagnostic import Diagnostic


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled value: `- **Label:** text`. Further lines of `text` become nested list items."""

    label: str
    text: str
    uncertain: bool = False
    """True puts `<!-- TODO: Confirm with developer -->` behind it."""
    also: tuple[str, ...] = ()
    """Other labels that mean the same field in documents found in the wild."""
    drawing: str = ""
    """Lines of a Mermaid diagram, below `text`; left out where there is room for one line alone."""
    optional: bool = False
    """Filled where the document has the label, and never added."""


class SectionFill(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    """`codebase_infrastructure`."""
    document: str
    """Path inside the project: `docs/specs/codebase_spec.md`."""
    heading: tuple[str, ...]
    """Heading path, outermost first; compared without case, numbering and bracketed suffixes."""
    fields: tuple[Field, ...]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was last written into a field, as the lock remembers it."""

    document: str
    section: str
    label: str
    text: str


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: filled a placeholder or a missing label, updated our own text, same as before,
    or kept because a person wrote it."""

    document: str
    section: str
    label: str
    state: Literal["filled", "updated", "same", "kept"]
    before: str = ""
    after: str = ""
    line: int | None = None
    named: str = ""
    """The label as the document has it, where that is another one."""

    @property
    def called(self) -> str:
        return self.named or self.label


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """One document after filling: whole new bytes, and what happened to each field."""

    document: str
    content: bytes
    changes: tuple[FieldChange, ...]
    written: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
