"""One writer at a time: a kernel lock on `.groundplan/lock`, freed by the kernel when its holder dies.

Knows who holds it; does not know what for. The data files themselves are never locked, so they can be renamed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from groundplan.errors import StoreError
from groundplan.store import failpoints

NAME = "lock"
_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@contextmanager
def locked(state_fd: int, wait_s: float) -> Iterator[None]:
    """Hold the lock; StoreError GP930 names the holder where it is not free within `wait_s` seconds."""
    fd = _acquire(state_fd, time.monotonic() + wait_s)
    try:
        yield
    finally:
        os.close(fd)


def _acquire(state_fd: int, deadline: float) -> int:
    pause_s = 0.001
    while True:
        failpoints.hit("open")
        fd = os.open(NAME, _OPEN, 0o600, dir_fd=state_fd)
        if _taken(fd) and _still_there(fd, state_fd):
            _sign(fd)
            return fd
        holder = os.pread(fd, 200, 0).decode("utf-8", "replace").strip()
        os.close(fd)
        if time.monotonic() >= deadline:
            raise _busy(holder)
        time.sleep(pause_s)
        pause_s = min(pause_s * 2, 0.05)


def _taken(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        os.close(fd)
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            raise
        fix = "copy the project to a local disk and work there"
        raise StoreError("GP936", "the file system of this project cannot lock files", fix) from error
    return True


def _still_there(fd: int, state_fd: int) -> bool:
    """False where somebody removed the file meanwhile; then the lock on it guards nothing."""
    try:
        found = os.stat(NAME, dir_fd=state_fd, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(fd), found)


def _sign(fd: int) -> None:
    text = f"process {os.getpid()} on {os.uname().nodename}\n".encode()
    try:
        os.pwrite(fd, text, 0)
        os.ftruncate(fd, len(text))
    except OSError:
        return  # a full disk: the lock holds without the name


def _busy(holder: str) -> StoreError:
    who = holder if holder.startswith("process ") else "another process"
    return StoreError("GP930", f"{who} is writing this project", "wait until it has ended, then run again")
