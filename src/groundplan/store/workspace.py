"""One project folder: answers in, files out, all-or-nothing. Knows the order of things; each step has its module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from groundplan.errors import StoreError
from groundplan.model.answer import Answer, Answers, Ignore, Project
from groundplan.model.application import AppAnswer
from groundplan.model.diagnostic import Diagnostic
from groundplan.store import answers_file, disk, generation, journal, state
from groundplan.store.digest import sha256
from groundplan.store.generation import Generation
from groundplan.store.journal import Changes, Expected, Journal, Order, Recovery
from groundplan.store.refusals import telling

if TYPE_CHECKING:
    from groundplan.store.answers_edit import Edit
    from groundplan.store.history import Kind, Past


WAIT_S = 1.5
"""How long a writer waits for another one before it says so."""


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What an apply did; `backups` are the paths of what it replaced on request."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


class Workspace:
    """The files of one project.

    Opening it finishes or undoes an apply that was cut short; `recovered` says which. Reading needs no right to
    write and leaves no trace. Every method raises StoreError for a broken environment.
    """

    def __init__(self, root: Path, wait_s: float = WAIT_S) -> None:
        self.root = root
        self._wait_s = wait_s
        self._lock_seen: str | None = None
        self._lock_loaded = False
        self.recovered = Recovery()
        if self._interrupted():
            with self._writing(".groundplan"):
                pass

    # Reading

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the project, None where there is none; follow no symbolic link."""
        return self._read(path, disk.LARGEST)

    def glance(self, path: str, limit: int) -> str | None:
        """The text of a file that is not ours; None where there is none. StoreError for links and large files."""
        content = self._read(path, limit)
        return None if content is None else content.decode("utf-8-sig")

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder of the project, sorted; none where it is missing."""
        with telling(folder), disk.root_if_any(self.root) as root_fd:
            if root_fd is None:
                return ()
            with disk.folder_if_any(root_fd, folder.split("/"), lenient=True) as fd:
                return () if fd is None else tuple(sorted(os.listdir(fd)))  # noqa: PTH208  # a descriptor, not a path

    def load_answers(self) -> tuple[Answers | None, tuple[Diagnostic, ...]]:
        """Read groundplan.toml; (None, ()) where there is none."""
        content = self._read(answers_file.PATH, disk.LARGEST)
        return (None, ()) if content is None else answers_file.parse_answers_bytes(content)

    def answers_text(self) -> str:
        """groundplan.toml as it is, for naming a line of it; empty where there is none or it is not UTF-8."""
        return (self._read(answers_file.PATH, disk.LARGEST) or b"").decode("utf-8-sig", "replace")

    def load_generation(self) -> tuple[Generation, tuple[Diagnostic, ...]]:
        """Read groundplan.lock; an empty generation where there is none. Errors in it forbid an apply."""
        content = self._read(generation.PATH, disk.LARGEST)
        self._lock_seen, self._lock_loaded = None if content is None else sha256(content), True
        return (Generation(), ()) if content is None else generation.decode(content)

    # Answers

    def set_answer(self, key: str, answer: Answer | None) -> None:
        """Store one answer; on the disk when this returns. None takes the answer away."""
        from groundplan.store.answers_edit import answer_edits

        self._edit("change", lambda _: answer_edits(key, answer))

    def set_correction(self, field: str, value: Any) -> None:  # Any: the type of the field
        """Store one corrected field, `scaling.max_instances`; None takes the correction away."""
        from groundplan.store.answers_edit import Edit

        self._edit("change", lambda _: (Edit("corrections", field, value),))

    def set_project(self, project: Project) -> None:
        from groundplan.store.answers_edit import project_edits

        self._edit("change", lambda _: project_edits(project))

    def set_app(self, app: AppAnswer) -> None:
        from groundplan.store.answers_edit import app_edits

        self._edit("change", lambda _: app_edits(app))

    def set_ignores(self, ignores: tuple[Ignore, ...]) -> None:
        """Make these all the ignores there are; nothing else of the file changes."""
        from groundplan.store.answers_edit import ignore_edits

        self._edit("accept", lambda _: ignore_edits(ignores))

    def set_answers(self, answers: Answers, what: str = "change") -> None:
        """Store a whole set at once; answers, corrections and ignores that it does not name are removed.

        `what` is the command that asks for it, by which an undo calls the step.
        """
        from groundplan.store.answers_edit import all_edits

        self._edit(what, lambda stored: all_edits(answers, stored))

    def _edit(self, what: str, edits: Callable[[Answers | None], tuple[Edit, ...]]) -> None:
        from groundplan.store import history, transaction
        from groundplan.store.answers_edit import edited, text_of

        path = answers_file.PATH
        with self._writing(path) as (root_fd, state_fd):
            before = disk.read_file(root_fd, path, path, answers_file.LARGEST)
            stored = None if before is None else answers_file.parse_answers_bytes(before)[0]
            text = None if before is None else text_of(before)
            after = edited(text, edits(stored), answers_file.suggest_name(self.root.resolve().name))
            if after == text:
                return
            order = Order(
                changes={path: after.encode("utf-8")},
                expected={path: None if before is None else sha256(before)},
                what=what,
                drops=history.outdated(state_fd),
            )
            transaction.apply(root_fd, state_fd, order)

    # Files

    def apply(
        self,
        changes: Changes,
        generation_: Generation,
        expected: Expected | None = None,
        executable: Iterable[str] = (),
        backup: Iterable[str] = (),
    ) -> Applied:
        """Write every change and groundplan.lock, or nothing at all.

        `expected` holds what each target was when this was planned (SHA-256, None for no file); a target that
        is something else now refuses the whole. `backup` names targets whose present content is kept aside.
        """
        from groundplan.store import history, transaction

        wanted: dict[str, bytes | None] = {**changes, generation.PATH: generation.encode(generation_)}
        known: dict[str, str | None] = dict(expected or {})
        if self._lock_loaded:
            known[generation.PATH] = self._lock_seen
        with self._writing(".") as (root_fd, state_fd):
            saved = tuple(state.back_up(root_fd, state_fd, path) for path in sorted(backup))
            order = Order(
                changes=wanted,
                expected=known,
                executable=frozenset(executable),
                drops=history.outdated(state_fd),
            )
            done = transaction.apply(root_fd, state_fd, order)
        self._lock_seen, self._lock_loaded = sha256(wanted[generation.PATH] or b""), True
        return _applied(done, saved)

    # Steps back

    def steps(self, kind: Kind = "undo") -> tuple[Past, ...]:
        """What can be taken back, or done again: the latest first."""
        from groundplan.store import history

        with telling(".groundplan"), disk.root_if_any(self.root) as root_fd:
            if root_fd is None:
                return ()
            with disk.folder_if_any(root_fd, (state.FOLDER,)) as state_fd:
                found = () if state_fd is None else history.names(state_fd, kind)
                return tuple(history.load(state_fd or 0, kind, name) for name in reversed(found))

    def take(self, past: Past, backup: Iterable[str] = ()) -> Applied:
        """Make every file what it was before `past`, or nothing at all; what a person edited since refuses it.

        `backup` names files that may be replaced though a person edited them; what is there is kept aside.
        """
        from groundplan.store import history, transaction

        aside = frozenset(backup)
        with self._writing(".") as (root_fd, state_fd):
            if past.name not in history.names(state_fd, past.kind)[-1:]:
                message = "another command wrote since this was planned"
                raise StoreError("GP931", message, "run the command again; nothing was changed")
            saved = tuple(state.back_up(root_fd, state_fd, path) for path in sorted(aside))
            done = transaction.apply(root_fd, state_fd, history.reversal(past, aside))
            if not done.entries:  # somebody put everything back by hand; the step is over
                history.forget(state_fd, (past.name,))
        self._lock_loaded = False
        return _applied(done, saved)

    def recover(self) -> Recovery:
        """Finish or undo what an earlier process left; done by every opening as well."""
        if self._interrupted():
            with self._writing(".groundplan"):
                pass
        return self.recovered

    # Opening

    def _interrupted(self) -> bool:
        with telling(".groundplan"), disk.root_if_any(self.root) as root_fd:
            if root_fd is None:
                return False
            with disk.folder_if_any(root_fd, (state.FOLDER,)) as state_fd:
                return state_fd is not None and journal.pending(state_fd)

    def _read(self, path: str, limit: int) -> bytes | None:
        *parts, name = path.split("/")
        with telling(path), disk.root_if_any(self.root) as root_fd:
            if root_fd is None:
                return None
            with disk.folder_if_any(root_fd, parts) as fd:
                return None if fd is None else disk.read_file(fd, name, path, limit)

    @contextmanager
    def _writing(self, path: str) -> Iterator[tuple[int, int]]:
        """Hold the lock, with nothing left over from an earlier process; errors name `path`."""
        from groundplan.store import transaction
        from groundplan.store.lock import locked

        with telling(path):
            if not self.root.exists():
                self.root.mkdir(parents=True, exist_ok=True)
            with (
                disk.root(self.root) as root_fd,
                state.state_folder(root_fd) as state_fd,
                locked(state_fd, self._wait_s),
            ):
                state.hide(state_fd)
                outcome = transaction.recover(root_fd, state_fd)
                self.recovered = outcome if outcome.outcome != "nothing" else self.recovered
                yield root_fd, state_fd


def _applied(done: Journal, saved: tuple[str | None, ...]) -> Applied:
    return Applied(
        written=tuple(e.path for e in done.entries if e.new is not None),
        removed=tuple(e.path for e in done.entries if e.new is None),
        backups=tuple(path for path in saved if path),
    )
