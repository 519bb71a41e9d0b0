"""The few disk operations that the store uses, each with its failpoint, each relative to an open folder.

Knows how never to follow a symbolic link: every path is walked part by part from the project's folder with
O_NOFOLLOW. Does not know what is written, or in which order.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from groundplan.errors import StoreError
from groundplan.store import failpoints
from groundplan.store.refusals import not_a_file, not_a_folder, symbolic_link, too_large

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
LARGEST = 32 * 1024 * 1024


@contextmanager
def root(path: Path) -> Iterator[int]:
    """Open the project's own folder; a link that leads to it is the person's choice and is followed."""
    fd = _open_root(path)
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def root_if_any(path: Path) -> Iterator[int | None]:
    """As root(), and None where there is no such folder."""
    try:
        fd = _open_root(path)
    except FileNotFoundError:
        yield None
        return
    try:
        yield fd
    finally:
        os.close(fd)


def _open_root(path: Path) -> int:
    failpoints.hit("open")
    try:
        return os.open(path, _FOLDER)
    except NotADirectoryError:
        raise not_a_folder(str(path)) from None


@contextmanager
def folder(at: int, parts: Sequence[str]) -> Iterator[int]:
    """Open the folder `parts` below `at`, part by part. FileNotFoundError where a part is missing."""
    fd = _walk(at, parts)
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def folder_if_any(at: int, parts: Sequence[str], lenient: bool = False) -> Iterator[int | None]:
    """As folder(), and None where a part is missing; `lenient` says None too where a part is no folder."""
    try:
        fd = _walk(at, parts)
    except (FileNotFoundError, StoreError) as error:
        if isinstance(error, StoreError) and not lenient:
            raise
        yield None
        return
    try:
        yield fd
    finally:
        os.close(fd)


def _walk(at: int, parts: Sequence[str]) -> int:
    fd = os.dup(at)
    try:
        for depth, name in enumerate(parts, 1):
            deeper = _step(fd, name, "/".join(parts[:depth]))
            os.close(fd)
            fd = deeper
    except BaseException:
        os.close(fd)
        raise
    return fd


def _step(at: int, name: str, shown: str) -> int:
    failpoints.hit("open")
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
    except NotADirectoryError:
        raise _not_entered(at, name, shown) from None


def _not_entered(at: int, name: str, shown: str) -> StoreError:
    found = status(at, name)
    return symbolic_link(shown) if found and stat.S_ISLNK(found.st_mode) else not_a_folder(shown)


def status(at: int, name: str) -> os.stat_result | None:
    """Look at the entry itself, not at what a link leads to; None where there is none."""
    try:
        return os.stat(name, dir_fd=at, follow_symlinks=False)
    except FileNotFoundError:
        return None


def regular(at: int, name: str, shown: str) -> os.stat_result | None:
    """As status(), and refuse links, folders, pipes and devices."""
    found = status(at, name)
    if found is None or stat.S_ISREG(found.st_mode):
        return found
    raise symbolic_link(shown) if stat.S_ISLNK(found.st_mode) else not_a_file(shown)


def read_file(at: int, name: str, shown: str, limit: int = LARGEST) -> bytes | None:
    """Read a whole regular file; None where there is none."""
    found = regular(at, name, shown)
    if found is None:
        return None
    if found.st_size > limit:
        raise too_large(shown, limit)
    failpoints.hit("open")
    fd = os.open(name, _READ, dir_fd=at)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise not_a_file(shown)
        return _read_all(fd, found.st_size)
    finally:
        os.close(fd)


def _read_all(fd: int, size: int) -> bytes:
    parts = []
    while part := os.read(fd, size + 1):
        parts.append(part)
    return b"".join(parts)


def names(fd: int) -> list[str]:
    """The names in an open folder."""
    return os.listdir(fd)  # a descriptor, not a path


def write_new(at: int, name: str, content: bytes, mode: int = 0o600, exact: bool = False) -> None:
    """Create `name` and start its way to the disk; flush() makes it durable.

    The umask applies to `mode` unless it is `exact`. FileExistsError where the name is taken.
    """
    failpoints.hit("open")
    fd = os.open(name, _NEW, mode, dir_fd=at)
    try:
        if exact:
            os.fchmod(fd, mode)
        _write_all(fd, content)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)  # starts writing: 30 flushes in 5 ms, not 8
    finally:
        os.close(fd)


def _write_all(fd: int, content: bytes) -> None:
    failpoints.hit("write")
    rest = memoryview(content)
    if failpoints.armed():
        rest = rest[os.write(fd, rest[: len(rest) // 2]) :]
        failpoints.hit("tear")
    while rest:
        rest = rest[os.write(fd, rest) :]


def flush(at: int, name: str) -> None:
    """Wait until the file's bytes are on the disk."""
    fd = os.open(name, _READ, dir_fd=at)
    try:
        flush_folder(fd)
    finally:
        os.close(fd)


def flush_folder(fd: int) -> None:
    """Wait until the names in an open folder are on the disk."""
    failpoints.hit("fsync")
    os.fsync(fd)


def replace(at: int, source: str, to: int, target: str) -> None:
    failpoints.hit("replace")
    os.replace(source, target, src_dir_fd=at, dst_dir_fd=to)


def make_folder(at: int, name: str, mode: int = 0o777) -> None:
    failpoints.hit("mkdir")
    os.mkdir(name, mode, dir_fd=at)


def unlink(at: int, name: str) -> bool:
    """Remove a name; False where it was not there."""
    failpoints.hit("unlink")
    try:
        os.unlink(name, dir_fd=at)
    except FileNotFoundError:
        return False
    return True


def remove_folder(at: int, name: str) -> bool:
    """Remove a folder; False where it is not empty, or not there."""
    try:
        failpoints.hit("rmdir")
        os.rmdir(name, dir_fd=at)
    except OSError:
        return False
    return True
