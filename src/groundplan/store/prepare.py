"""Look at every target before anything is written: its content, its rights, its neighbours' names.

Knows what may be replaced; writes nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from groundplan.errors import StoreError
from groundplan.store import disk
from groundplan.store.digest import sha256
from groundplan.store.journal import Changes, Entry, Expected, Journal, Order
from groundplan.store.paths import check_paths, check_twins, fold, twin
from groundplan.store.refusals import telling


def prepare(root_fd: int, order: Order) -> Journal:
    """Make the journal of what really changes; targets that already hold their new content are left out.

    StoreError where a path is refused (GP920-GP923), a target is not what was planned against (GP931), or
    may not be written (GP932).
    """
    changes = order.changes
    check_paths(changes)
    check_twins(path for path, content in changes.items() if content is not None)
    token = os.urandom(6).hex()
    entries: list[Entry] = []
    for parts, paths in by_folder(changes):
        with disk.folder_if_any(root_fd, parts) as fd:
            for path in paths:
                temp = f".groundplan-{token}-{len(entries)}" if changes[path] is not None else ""
                with telling(path):
                    entry = _entry(fd, path, changes, temp, path in order.executable)
                _check_expected(entry, order.expected)
                entry = _put_back(entry, order.modes)
                if entry.old != entry.new:
                    entries.append(entry)
    return Journal(entries=tuple(entries), folders=_missing_folders(root_fd, entries))


def by_folder(paths: Iterable[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Group paths by their folder, sorted, so that each folder is opened once."""
    split = sorted((tuple(path.split("/")[:-1]), path) for path in paths)
    for parts, group in groupby(split, key=lambda pair: pair[0]):
        yield parts, [path for _, path in group]


def _entry(fd: int | None, path: str, changes: Changes, temp: str, executable: bool) -> Entry:
    content = changes[path]
    new = None if content is None else sha256(content)
    name = path.rpartition("/")[2]
    found = None if fd is None else disk.regular(fd, name, path)
    if fd is None or found is None:
        if fd is not None and new is not None:
            _check_neighbours(fd, name, path, changes)
        return Entry(path=path, old=None, new=new, temp=temp, mode=0o755 if executable else 0o644)
    current = disk.read_file(fd, name, path)
    _check_rights(fd, name, path)
    mode = stat.S_IMODE(found.st_mode) & 0o777
    mode |= (mode & 0o444) >> 2 if executable else 0
    old = None if current is None else sha256(current)
    return Entry(path=path, old=old, new=new, temp=temp, mode=mode, exact=True)


def _put_back(entry: Entry, modes: Mapping[str, int]) -> Entry:
    """A file that is put back has the rights that it had."""
    mode = modes.get(entry.path)
    return entry if mode is None else msgspec.structs.replace(entry, mode=mode, exact=True)


def _check_expected(entry: Entry, expected: Expected) -> None:
    if entry.path in expected and entry.old not in (expected[entry.path], entry.new):
        message = f"`{entry.path}` was changed since this was planned"
        raise StoreError("GP931", message, "run the command again; nothing was changed")


def _check_rights(fd: int, name: str, path: str) -> None:
    """A file that its owner made read-only, or the system made immutable, is not replaced by a rename."""
    if not (os.access(name, os.W_OK, dir_fd=fd) and os.access(".", os.W_OK | os.X_OK, dir_fd=fd)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def _check_neighbours(fd: int, name: str, path: str, changes: Changes) -> None:
    folded = fold(name)
    parent = path.removesuffix(name)
    for other in os.listdir(fd):  # of an open folder
        if other != name and fold(other) == folded and changes.get(parent + other, b"") is not None:
            raise twin(path, parent + other)


def _missing_folders(root_fd: int, entries: list[Entry]) -> tuple[str, ...]:
    wanted = {e.folder[:end] for e in entries if e.new is not None for end in range(1, len(e.folder) + 1)}
    missing: list[str] = []
    for parts in sorted(wanted):
        with disk.folder_if_any(root_fd, parts[:-1]) as fd:
            if fd is None:
                missing.append("/".join(parts))
            elif disk.status(fd, parts[-1]) is None:
                _check_neighbours(fd, parts[-1], "/".join(parts), {})
                missing.append("/".join(parts))
    return tuple(missing)
