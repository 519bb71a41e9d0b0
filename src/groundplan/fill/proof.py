"""Apply edits and prove that nothing else changed. Knows offsets and bytes; not why an edit is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_LINE_END = re.compile(r"\r\n|\r|\n")


class Splice(Protocol):
    """`text[start:end]` becomes `new`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def new(self) -> str: ...


class UntouchedBytesChanged(AssertionError):
    """A bug in this package: bytes outside every edited field differ. Nothing may be written after it."""


def spliced(text: str, edits: Sequence[Splice]) -> str:
    """`text` with the edits made; they are in order and do not overlap, else ValueError."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end:
            raise ValueError("two fields claim the same text")
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def shifted(lines: frozenset[int], text: str, edits: Sequence[Splice]) -> frozenset[int]:
    """Where 1-based lines of `text` are after the edits."""
    moved = set()
    for line in lines:
        at = line
        for edit in edits:
            if len(_LINE_END.findall(text, 0, edit.start)) < line - 1:
                at += len(_LINE_END.findall(edit.new)) - len(_LINE_END.findall(text, edit.start, edit.end))
        moved.add(at)
    return frozenset(moved)


def prove(before: bytes, after: bytes, text: str, edits: Sequence[Splice]) -> None:
    """Walk `after` and find in it, byte for byte and in order, all that stood outside the edits, and nothing more.

    Raises UntouchedBytesChanged. Independent of spliced(): works on the bytes of the file as it was read.
    """
    old = new = at = 0
    for edit in edits:
        kept = len(text[at : edit.start].encode())
        if before[old : old + kept] != after[new : new + kept]:
            raise UntouchedBytesChanged(f"bytes {old} to {old + kept} changed")
        old += kept + len(text[edit.start : edit.end].encode())
        new += kept + len(edit.new.encode())
        at = edit.end
    if before[old:] != after[new:]:
        raise UntouchedBytesChanged(f"bytes from {old} on changed")
