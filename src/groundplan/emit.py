"""Lowered plan to files with headers, in one order, at safe paths. Knows comments; the targets know the syntax."""

from __future__ import annotations

import unicodedata

import msgspec

from groundplan.model.files import File
from groundplan.model.knowledge import Lowered
from groundplan.model.plan import Plan
from groundplan.targets import target

HEADER = "Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`."
_SLASHES = (".js", ".ts", ".go")


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """The files of the plan, sorted by path; the same plan gives the same bytes on every machine.

    Raises ValueError on a path that leaves the project or that two files claim: a bug of a platform, not of input.
    """
    files = tuple(_headed(file) for file in target(plan.target).emit(plan, lowered))
    taken: set[str] = set()
    for file in files:
        path = unicodedata.normalize("NFC", file.path).casefold()
        if path in taken or not _safe(file.path):
            raise ValueError(f"`{file.path}` is taken or leaves the project")
        taken.add(path)
    return tuple(sorted(files, key=lambda f: f.path))


def _safe(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and not any(p in ("", ".", "..", ".git", ".env") for p in parts) and "\\" not in path


def _headed(file: File) -> File:
    """Add the header as a comment of the file's own kind, behind a `#!` line; text and JSON have none."""
    if file.kind == "text" or file.path.endswith(".json"):
        return file
    mark = "//" if file.path.endswith(_SLASHES) else "#"
    comment = f"{mark} {HEADER}\n"
    if file.content.startswith("#!"):
        first, _, rest = file.content.partition("\n")
        return msgspec.structs.replace(file, content=f"{first}\n{comment}{rest}")
    return msgspec.structs.replace(file, content=f"{comment}\n{file.content}")
