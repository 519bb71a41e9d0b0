"""The record of one apply: what each file was and shall be. Knows its own format; moves no files.

Two names carry the protocol. `journal.prep`: nothing is decided, all can be undone. `journal.commit`: decided,
all will be done. Renaming the one to the other is the single moment at which the project changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal

import msgspec

from groundplan.errors import StoreError
from groundplan.store import disk
from groundplan.store.paths import refusal

PREPARED = "journal.prep"
COMMITTED = "journal.commit"
_VERSION = 1


Changes = Mapping[str, bytes | None]
"""Path -> whole new content; None removes the file."""
Expected = Mapping[str, str | None]
"""Path -> SHA-256 that the change was planned against; None means that there was no file."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a transaction shall do, and how it is remembered."""

    changes: Changes
    expected: Expected = {}
    executable: Set[str] = frozenset()
    modes: Mapping[str, int] = {}
    """Path -> rights of a file that is put back as it was."""
    what: str = "apply"
    """The command that writes."""
    into: Literal["undo", "redo"] = "undo"
    """Where the step is recorded that takes this back."""
    drops: tuple[str, ...] = ()
    """Records of steps that are no more once this is done."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    old: str | None
    """SHA-256 of what is there; None where there is no file."""
    new: str | None
    """SHA-256 of what shall be there; None removes the file."""
    temp: str = ""
    """Name beside the target that holds the new content; empty where the file is removed."""
    mode: int = 0o644
    exact: bool = False
    """True keeps the rights of the file that is replaced; else the umask applies."""

    @property
    def folder(self) -> tuple[str, ...]:
        return tuple(self.path.split("/")[:-1])

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    """Folders that this apply makes, outermost first."""
    makes: str = ""
    """The record in `.groundplan` that takes this back; it goes where this is not decided."""
    drops: tuple[str, ...] = ()
    """The records that go once this is done."""
    format_version: int = _VERSION


class Recovery(msgspec.Struct, frozen=True):
    """What became of an apply that was cut short."""

    outcome: Literal["nothing", "finished", "undone"] = "nothing"
    kept: tuple[str, ...] = ()
    """Files that a person changed after the apply was cut short; they stay as they are."""


def write(state_fd: int, journal: Journal) -> None:
    """Make the prepared journal durable."""
    disk.write_new(state_fd, PREPARED, msgspec.json.encode(journal))
    disk.flush(state_fd, PREPARED)
    disk.flush_folder(state_fd)


def commit(state_fd: int) -> None:
    """Decide. Where the disk refuses the decision is taken back, as far as it lets us."""
    disk.replace(state_fd, PREPARED, state_fd, COMMITTED)
    try:
        disk.flush_folder(state_fd)
    except OSError:
        disk.replace(state_fd, COMMITTED, state_fd, PREPARED)
        raise


def pending(state_fd: int) -> bool:
    """True where an apply was cut short, or is going on in another process."""
    return any(disk.status(state_fd, name) for name in (PREPARED, COMMITTED))


def read(state_fd: int, name: str) -> Journal | None:
    """Read a journal back. None where there is none, or where it was cut short before anything depended on it."""
    content = disk.read_file(state_fd, name, f".groundplan/{name}")
    if content is None:
        return None
    journal = _decode(content)
    if journal is None and name == COMMITTED:
        raise StoreError(
            "GP934",
            "`.groundplan/journal.commit` is damaged, so an interrupted apply cannot be finished",
            "remove `.groundplan/journal.commit`, then run `groundplan check` and `groundplan apply`",
        )
    return journal


def _decode(content: bytes) -> Journal | None:
    try:
        journal = msgspec.json.decode(content, type=Journal)
    except (msgspec.MsgspecError, RecursionError):
        return None
    inside = all(map(_safe, journal.entries)) and not any(map(refusal, journal.folders))
    inside = inside and all(map(is_record, (*([journal.makes] if journal.makes else ()), *journal.drops)))
    return journal if journal.format_version == _VERSION and inside else None


def _safe(entry: Entry) -> bool:
    """A journal is a file like any other, so a hostile one must not lead out of the project."""
    beside = entry.temp.startswith(".groundplan-") and "/" not in entry.temp
    return refusal(entry.path) is None and (beside if entry.new is not None else not entry.temp)


def is_record(path: str) -> bool:
    """A step of history.py: `undo/000012.json`."""
    kind, _, name = path.partition("/")
    number = name.removesuffix(".json")
    return kind in ("undo", "redo") and name != number and len(number) == 6 and number.isdecimal()
