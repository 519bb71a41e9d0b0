"""Compare what the answers compile to with the last written generation and with the files on disk.

Knows three sides and which of them moved; reads files through a function and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Literal, Protocol

import msgspec

from groundplan.drift.report import refusal
from groundplan.drift.types import Changes, DocumentChange, FileChange, State
from groundplan.fill import fill
from groundplan.model.files import File
from groundplan.model.spec import SectionFill, Written
from groundplan.store.digest import sha256
from groundplan.store.generation import Generation

Tree = Callable[[str], bytes | None]
"""Path -> content of a file of the project, None where there is none."""
Part = Literal["documents", "code", "decision"]


class Compiled(Protocol):
    """What this module needs of a compilation."""

    @property
    def sections(self) -> tuple[SectionFill, ...]: ...
    @property
    def files(self) -> tuple[File, ...]: ...


def plan_changes(
    compilation: Compiled,
    tree: Tree,
    generation: Generation,
    overwrite: Set[str] = frozenset(),
    only: Part | None = None,
    into: Mapping[str, frozenset[int]] | None = None,
) -> Changes:
    """Plan what an apply would do to the documents and to the code.

    `overwrite` names code files that a person changed or made, and that may be replaced all the same; `into` the
    lines of headings that are meant where a document has several.
    """
    documents = _documents(compilation, tree, generation, into or {}) if only in (None, "documents") else ()
    files = _files(compilation, tree, generation, overwrite) if only in (None, "code") else ()
    found = [d for document in documents for d in document.filled.diagnostics]
    found += [d for change in files if (d := refusal(change))]
    return Changes(
        documents=documents,
        files=files,
        generation=_next(generation, documents, files),
        diagnostics=tuple(found),
    )


def _documents(
    compilation: Compiled, tree: Tree, generation: Generation, into: Mapping[str, frozenset[int]]
) -> tuple[DocumentChange, ...]:
    sections: dict[str, tuple[SectionFill, ...]] = {}
    for section in compilation.sections:
        sections[section.document] = (*sections.get(section.document, ()), section)
    return tuple(
        _document(path, sections[path], tree(path), generation, into.get(path, frozenset()))
        for path in sorted(sections)
    )


def _document(
    path: str,
    sections: tuple[SectionFill, ...],
    before: bytes | None,
    generation: Generation,
    into: frozenset[int],
) -> DocumentChange:
    written = tuple(w for w in generation.written if w.document == path)
    return DocumentChange(before=before, filled=fill(path, before, sections, written, into), known=written)


def _files(
    compilation: Compiled, tree: Tree, generation: Generation, overwrite: Set[str]
) -> tuple[FileChange, ...]:
    made = {file.path: file for file in compilation.files}
    changes = [_file(made[p], tree(p), generation.files.get(p), p in overwrite) for p in made]
    # a compilation without any code could not plan; that is no reason to remove what is there
    gone = [path for path in generation.files if path not in made] if made else []
    changes += [_dropped(path, tree(path), generation.files[path]) for path in gone]
    return tuple(sorted(changes, key=lambda change: change.path))


def _file(file: File, before: bytes | None, known: str | None, overwrite: bool) -> FileChange:
    after = file.content.encode("utf-8")
    state = _state(before, after, known)
    refused = state in ("changed_by_person", "foreign") and not overwrite
    return FileChange(
        path=file.path,
        state=state,
        before=before,
        after=before if state == "same" or refused else after,
        compiled=sha256(after),
        executable=file.kind == "script",
        forced=overwrite and state in ("changed_by_person", "foreign"),
    )


def _state(before: bytes | None, after: bytes, known: str | None) -> State:
    if before is None:
        return "deleted_by_person" if known else "new"
    if before == after or _unix(before) == after:
        return "same"
    if known is None:
        return "foreign"
    return "updated" if known in (sha256(before), sha256(_unix(before))) else "changed_by_person"


def _unix(content: bytes) -> bytes:
    """Git may have checked the file out with Windows line ends; that is no change of a person."""
    return content.replace(b"\r\n", b"\n")


def _dropped(path: str, before: bytes | None, known: str) -> FileChange:
    ours = before is not None and known in (sha256(before), sha256(_unix(before)))
    return FileChange(
        path=path, state="stale" if ours else "let_go", before=before, after=None if ours else before
    )


def _next(
    generation: Generation, documents: tuple[DocumentChange, ...], files: tuple[FileChange, ...]
) -> Generation:
    known = dict(generation.files)
    for change in files:
        if change.state in ("stale", "let_go"):
            del known[change.path]
        elif change.compiled and (change.after != change.before or change.state == "same"):
            known[change.path] = change.compiled
    filled = {document.path for document in documents}
    kept: tuple[Written, ...] = tuple(w for w in generation.written if w.document not in filled)
    return msgspec.structs.replace(
        generation,
        files=known,
        written=(*kept, *(w for document in documents for w in document.filled.written)),
    )
