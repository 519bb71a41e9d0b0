"""What each write replaced, so that it can be taken back: `.groundplan/undo` and `.groundplan/redo`.

Knows records and their order. A record is made before its apply is decided and goes with it where it is not; that
belongs to transaction.py. Nothing here is needed for a project to work, so the folders may be removed.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Set
from typing import Literal

import msgspec

from groundplan.errors import StoreError
from groundplan.store import disk
from groundplan.store.digest import sha256
from groundplan.store.journal import Entry, Journal, Order, is_record
from groundplan.store.paths import refusal
from groundplan.store.refusals import telling

Kind = Literal["undo", "redo"]
KEPT = 20
"""How many steps can be taken back; the oldest goes when a new one comes."""
_LARGEST = 512 * 1024 * 1024
_VERSION = 1


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was before the step, and the SHA-256 of what the step made of it."""

    path: str
    content: bytes | None
    mode: int = 0o644
    new: str | None

    @property
    def old(self) -> str | None:
        return None if self.content is None else sha256(self.content)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    """The command that wrote: `apply`, `accept`, `change`."""
    files: tuple[Before, ...]
    format_version: int = _VERSION


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A step together with where it is recorded and when, in seconds since 1970."""

    kind: Kind
    name: str
    at: float
    step: Step

    def edited(self, read: Callable[[str], bytes | None]) -> tuple[str, ...]:
        """The files that are neither as the step left them nor as they were before it."""
        return tuple(
            file.path for file in self.step.files if _sha(read(file.path)) not in (file.new, file.old)
        )


def _sha(content: bytes | None) -> str | None:
    return None if content is None else sha256(content)


def names(state_fd: int, kind: Kind) -> tuple[str, ...]:
    """`undo/000001.json` and so on, oldest first."""
    with disk.folder_if_any(state_fd, (kind,), lenient=True) as fd:
        found = [] if fd is None else disk.names(fd)
    return tuple(f"{kind}/{name}" for name in sorted(found) if is_record(f"{kind}/{name}"))


def following(state_fd: int, kind: Kind) -> str:
    """The name of the next record."""
    last = next(reversed(names(state_fd, kind)), f"{kind}/000000.json")
    return f"{kind}/{int(last[5:11]) + 1:06}.json"


def outdated(state_fd: int) -> tuple[str, ...]:
    """What goes when something new is written: every step that could be done again, and the oldest ones."""
    return (*names(state_fd, "redo"), *names(state_fd, "undo")[: -KEPT + 1])


def record(root_fd: int, state_fd: int, plan: Journal, what: str) -> None:
    """Keep what `plan` will replace, durable; StoreError (GP931) where a file is no longer what was planned on."""
    step = Step(what=what, files=tuple(_before(root_fd, entry) for entry in plan.entries))
    kind, _, name = plan.makes.partition("/")
    if disk.status(state_fd, kind) is None:
        disk.make_folder(state_fd, kind, 0o700)
        disk.flush_folder(state_fd)
    with disk.folder(state_fd, (kind,)) as fd:
        disk.unlink(fd, name)
        disk.write_new(fd, name, msgspec.json.encode(step))
        disk.flush(fd, name)
        disk.flush_folder(fd)


def _before(root_fd: int, entry: Entry) -> Before:
    if entry.old is None:
        return Before(path=entry.path, content=None, new=entry.new)
    with telling(entry.path), disk.folder(root_fd, entry.folder) as fd:
        found = disk.regular(fd, entry.name, entry.path)
        content = disk.read_file(fd, entry.name, entry.path)
    if found is None or _sha(content) != entry.old:
        message = f"`{entry.path}` was changed since this was planned"
        raise StoreError("GP931", message, "run the command again; nothing was changed")
    return Before(path=entry.path, content=content, mode=stat.S_IMODE(found.st_mode) & 0o777, new=entry.new)


def forget(state_fd: int, records: tuple[str, ...]) -> None:
    """Remove records; those that are gone already do not matter."""
    for path in records:
        kind, _, name = path.partition("/")
        with disk.folder_if_any(state_fd, (kind,), lenient=True) as fd:
            if fd is not None:
                disk.unlink(fd, name)


def reversal(past: Past, aside: Set[str]) -> Order:
    """What puts every file back as it was; files `aside` are replaced whatever they hold now."""
    files = past.step.files
    return Order(
        changes={file.path: file.content for file in files},
        expected={file.path: file.new for file in files if file.path not in aside},
        modes={file.path: file.mode for file in files if file.content is not None},
        what=past.step.what,
        into="redo" if past.kind == "undo" else "undo",
        drops=(past.name,),
    )


def load(state_fd: int, kind: Kind, path: str) -> Past:
    """Read one record; StoreError (GP942) where it cannot be trusted."""
    with disk.folder(state_fd, (kind,)) as fd:
        name = path.partition("/")[2]
        found = disk.regular(fd, name, f".groundplan/{path}")
        content = disk.read_file(fd, name, f".groundplan/{path}", _LARGEST)
    step = _decoded(content or b"")
    if step is None or found is None:
        fix = f"remove `.groundplan/{path}`; the step before it can then be taken back"
        raise StoreError(
            "GP942", f"`.groundplan/{path}` is damaged, so the last step cannot be taken back", fix
        )
    return Past(kind=kind, name=path, at=found.st_mtime, step=step)


def _decoded(content: bytes) -> Step | None:
    try:
        step = msgspec.json.decode(content, type=Step)
    except (msgspec.MsgspecError, RecursionError):
        return None
    inside = not any(refusal(file.path) for file in step.files)
    return step if step.format_version == _VERSION and inside else None
