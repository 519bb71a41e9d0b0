"""Turn what the operating system refused into one sentence and one way out. Knows no protocol."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from groundplan.errors import StoreError

UNCHANGED = "nothing was changed"

_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_RIGHTS = (errno.EACCES, errno.EPERM)


def disk_refused(error: OSError, path: str, after: str = UNCHANGED) -> StoreError:
    """Name the path and the way out; `after` says what state the project is in."""
    if error.errno in _SPACE:
        return StoreError("GP932", f"there is no room to write `{path}`", f"free some disk space; {after}")
    if error.errno == errno.EROFS:
        fix = f"use a writable copy of the project; {after}"
        return StoreError("GP932", f"`{path}` is on a read-only file system", fix)
    if error.errno in _RIGHTS:
        fix = f"give yourself the right with `chmod u+rw`; {after}"
        return StoreError("GP932", f"the rights of `{path}` do not allow this", fix)
    reason = error.strerror or type(error).__name__
    return StoreError("GP932", f"the disk refused `{path}`: {reason}", f"check the disk; {after}")


def symbolic_link(path: str) -> StoreError:
    fix = "replace the link by a real file or folder; links are not followed, so nothing outside can change"
    return StoreError("GP921", f"`{path}` is a symbolic link", fix)


def not_a_file(path: str) -> StoreError:
    return StoreError("GP922", f"`{path}` is not a regular file", f"move `{path}` away, then run again")


def not_a_folder(path: str) -> StoreError:
    return StoreError("GP922", f"`{path}` is not a folder", f"move `{path}` away, then run again")


def too_large(path: str, limit: int) -> StoreError:
    size = f"{limit // (1024 * 1024)} MiB" if limit >= 1024 * 1024 else f"{limit // 1024} KiB"
    return StoreError("GP923", f"`{path}` is larger than {size}", f"shorten or split `{path}`")


@contextmanager
def telling(path: str) -> Iterator[None]:
    """Turn an error of the operating system into a StoreError that names `path`."""
    try:
        yield
    except OSError as error:
        raise disk_refused(error, path) from error
