"""The tool's own folder `.groundplan`: never committed, readable by its owner only.

Knows its layout, and how one file is written whole; not what the files mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from groundplan.store import disk
from groundplan.store.digest import sha256

FOLDER = ".groundplan"
BACKUP = "backup"
_GITIGNORE = b"*\n"


@contextmanager
def state_folder(root_fd: int) -> Iterator[int]:
    """Open `.groundplan`, made where it is missing."""
    if disk.status(root_fd, FOLDER) is None:
        _make(root_fd)
    with disk.folder(root_fd, (FOLDER,)) as fd:
        yield fd


def hide(fd: int) -> None:
    """Tell git to leave the folder alone; the caller holds the lock."""
    if disk.status(fd, ".gitignore") is None:
        put(fd, ".gitignore", _GITIGNORE)


def _make(root_fd: int) -> None:
    try:
        disk.make_folder(root_fd, FOLDER, 0o700)
    except FileExistsError:
        return
    disk.flush_folder(root_fd)


def put(
    fd: int, name: str, content: bytes, *, to: int | None = None, mode: int = 0o600, exact: bool = False
) -> None:
    """Write one file whole or not at all: `name`.new in the folder `fd`, flushed, renamed into `to`, flushed.

    `to` is `fd` itself where it is not given. A kill leaves at most the `.new` file, which the next write removes.
    """
    beside = f"{name}.new"
    target = fd if to is None else to
    try:
        disk.unlink(fd, beside)
        disk.write_new(fd, beside, content, mode, exact)
        disk.flush(fd, beside)
        disk.replace(fd, beside, target, name)
    except OSError:
        _forget(fd, beside)
        raise
    disk.flush_folder(target)


def _forget(fd: int, name: str) -> None:
    try:
        disk.unlink(fd, name)
    except OSError:
        return  # the first error is the one to tell; the next write removes this file


def back_up(root_fd: int, state_fd: int, path: str) -> str | None:
    """Keep the present content of `path` aside, under a name that its content decides; None where there is none."""
    *parts, name = path.split("/")
    with disk.folder_if_any(root_fd, parts) as fd:
        content = None if fd is None else disk.read_file(fd, name, path)
    if content is None:
        return None
    if disk.status(state_fd, BACKUP) is None:
        disk.make_folder(state_fd, BACKUP, 0o700)
    flat = path.replace("/", "__").encode()[-200:].decode("utf-8", "ignore")
    kept = f"{sha256(content)[:12]}-{flat}"
    with disk.folder(state_fd, (BACKUP,)) as backup_fd:
        put(backup_fd, kept, content)
    return f"{FOLDER}/{BACKUP}/{kept}"
