"""All files or none: stage beside the targets, decide, rename. Knows the protocol; not what the files mean.

The order is what makes it safe. 1. The journal says what will be done. 2. What is there now is kept for an undo,
and the new contents lie beside their targets. 3. All of that is on the disk. 4. The journal is renamed: decided.
5. The contents are renamed into place, and that is on the disk. 6. The journal goes. A kill before 4 is undone by
recover(), a kill after it is finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import msgspec

from groundplan.errors import StoreError
from groundplan.store import disk, failpoints, history, journal
from groundplan.store.digest import sha256
from groundplan.store.journal import COMMITTED, PREPARED, Changes, Entry, Journal, Order, Recovery
from groundplan.store.prepare import by_folder, prepare
from groundplan.store.refusals import telling


def apply(root_fd: int, state_fd: int, order: Order) -> Journal:
    """Bring every target to its new content, or none. The caller holds the lock and has recovered."""
    plan = prepare(root_fd, order)
    if not plan.entries:
        return plan
    makes = history.following(state_fd, order.into)
    plan = msgspec.structs.replace(plan, makes=makes, drops=order.drops)
    try:
        journal.write(state_fd, plan)
        failpoints.hit("prepared")
        history.record(root_fd, state_fd, plan, order.what)
        _stage(root_fd, plan, order.changes)
        failpoints.hit("staged")
        journal.commit(state_fd)
    except BaseException as error:
        if _recover_quietly(root_fd, state_fd) == "finished" and isinstance(error, OSError | StoreError):
            return plan
        raise
    _install(root_fd, state_fd, plan)
    return plan


def _recover_quietly(root_fd: int, state_fd: int) -> str:
    """Clean up after an error that is already on its way; what cannot be cleaned now is cleaned at the next start."""
    try:
        return recover(root_fd, state_fd).outcome
    except (OSError, StoreError):
        return "nothing"


def _stage(root_fd: int, plan: Journal, changes: Changes) -> None:
    for path in plan.folders:
        with telling(path), disk.folder(root_fd, path.split("/")[:-1]) as fd:
            _make_folder(fd, path.rpartition("/")[2])
    groups = [(parts, [e for e in group if e.temp]) for parts, group in _groups(plan)]
    for parts, entries in groups:
        with disk.folder(root_fd, parts) as fd:
            for entry in entries:
                with telling(entry.path):
                    disk.write_new(fd, entry.temp, changes[entry.path] or b"", entry.mode, entry.exact)
    for parts, entries in groups:
        with disk.folder(root_fd, parts) as fd:
            for entry in entries:
                with telling(entry.path):
                    disk.flush(fd, entry.temp)
    for folder in _touched_folders(plan):
        with disk.folder(root_fd, folder) as fd:
            disk.flush_folder(fd)


def _make_folder(fd: int, name: str) -> None:
    try:
        disk.make_folder(fd, name)
    except FileExistsError:
        return  # somebody was quicker; writing into it fails if it is no folder


def _touched_folders(plan: Journal) -> list[tuple[str, ...]]:
    """Every folder whose names change: those of the targets, and the parents of the folders that are made."""
    made = {tuple(path.split("/")[:-1]) for path in plan.folders}
    return sorted(made | {entry.folder for entry in plan.entries})


def _groups(plan: Journal) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    entries = {entry.path: entry for entry in plan.entries}
    for parts, paths in by_folder(entries):
        yield parts, sorted((entries[p] for p in paths), key=lambda e: e.new is not None)


def _install(root_fd: int, state_fd: int, plan: Journal) -> None:
    """Rename everything into place; a disk that refuses gets a second chance, now and at the next start."""
    try:
        failpoints.hit("committed")
        for parts, entries in _groups(plan):
            with disk.folder(root_fd, parts) as fd:
                for entry in entries:
                    _move(fd, entry)
                disk.flush_folder(fd)
        _close(root_fd, state_fd, plan)
    except BaseException as error:
        _finish_now(root_fd, state_fd, error)


def _finish_now(root_fd: int, state_fd: int, error: BaseException) -> None:
    try:
        kept = recover(root_fd, state_fd).kept
    except (OSError, StoreError) as again:
        raise StoreError(
            "GP933",
            "the disk refused in the middle of an apply that is already decided",
            "run any groundplan command here again; it finishes the apply first, and no file is lost",
        ) from again
    if kept:
        message = f"`{kept[0]}` was changed while this was written, and stays as it is"
        raise StoreError("GP931", message, "run `groundplan check` to see what differs") from error
    if not isinstance(error, OSError | StoreError):
        raise error


def _move(fd: int, entry: Entry) -> None:
    if entry.new is None:
        disk.unlink(fd, entry.name)
    else:
        disk.replace(fd, entry.temp, fd, entry.name)


def _close(root_fd: int, state_fd: int, plan: Journal) -> None:
    failpoints.hit("installed")
    emptied = {entry.folder for entry in plan.entries if entry.new is None and entry.folder}
    _remove_folders(root_fd, {f[:end] for f in emptied for end in range(1, len(f) + 1)})
    history.forget(state_fd, plan.drops)
    disk.unlink(state_fd, COMMITTED)


def _remove_folders(root_fd: int, folders: Set[tuple[str, ...]]) -> None:
    """Remove those that are empty, innermost first."""
    for parts in sorted(folders, reverse=True):
        with disk.folder_if_any(root_fd, parts[:-1], lenient=True) as fd:
            if fd is not None:
                disk.remove_folder(fd, parts[-1])


def recover(root_fd: int, state_fd: int) -> Recovery:
    """Finish a decided apply, or undo one that was not decided. Safe to repeat; the caller holds the lock."""
    decided = journal.read(state_fd, COMMITTED)
    if decided is not None:
        kept = _finish(root_fd, decided)
        _close(root_fd, state_fd, decided)
        return Recovery("finished", kept)
    if disk.status(state_fd, PREPARED) is None:
        return Recovery()
    begun = journal.read(state_fd, PREPARED)
    if begun is not None:
        _undo(root_fd, begun)
        history.forget(state_fd, (begun.makes,) if begun.makes else ())
    disk.unlink(state_fd, PREPARED)
    return Recovery("undone")


def _finish(root_fd: int, plan: Journal) -> tuple[str, ...]:
    kept: list[str] = []
    for parts, entries in _groups(plan):
        with disk.folder_if_any(root_fd, parts, lenient=True) as fd:
            if fd is None:
                kept += [entry.path for entry in entries if entry.new is not None]
                continue
            kept += [entry.path for entry in entries if not _finish_entry(fd, entry)]
            disk.flush_folder(fd)
    return tuple(kept)


def _finish_entry(fd: int, entry: Entry) -> bool:
    """Do what is left to do; False where a person changed the target since, and it stays."""
    current = _current(fd, entry)
    staged = bool(entry.temp) and disk.status(fd, entry.temp) is not None
    if current == entry.old and (staged or entry.new is None):
        _move(fd, entry)
        return True
    if staged:
        disk.unlink(fd, entry.temp)
    return current == entry.new


def _current(fd: int, entry: Entry) -> str | None:
    try:
        content = disk.read_file(fd, entry.name, entry.path)
    except StoreError:
        return "not a regular file"
    return None if content is None else sha256(content)


def _undo(root_fd: int, plan: Journal) -> None:
    for parts, entries in _groups(plan):
        with disk.folder_if_any(root_fd, parts, lenient=True) as fd:
            if fd is not None:
                for entry in entries:
                    if entry.temp:
                        disk.unlink(fd, entry.temp)
    _remove_folders(root_fd, {tuple(path.split("/")) for path in plan.folders})
