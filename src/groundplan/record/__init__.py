"""Decision records: one for each decision that changed, in the project's own log or as MADR files.

Knows which decisions have no record yet and where the next one goes; writes nothing, and takes the date as given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from groundplan.drift.said import said
from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.pipeline import Compilation
from groundplan.record.decision import Decision, decision
from groundplan.record.earlier import in_folder, in_log, settled
from groundplan.record.log import LOGS, NotText, entered
from groundplan.record.madr import FOLDER, next_number, page
from groundplan.store.digest import sha256
from groundplan.store.generation import Generation, Record

Style = Literal["madr", "log", "none"]

__all__ = ["Recorded", "Style", "has_log", "record"]


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What an apply writes besides documents and code."""

    writes: dict[str, bytes] = {}
    expected: dict[str, str | None] = {}
    records: dict[str, Record] = {}
    """For groundplan.lock: the last record of every question."""
    diagnostics: tuple[Diagnostic, ...] = ()


def record(
    compilation: Compilation,
    tree: Callable[[str], bytes | None],
    names: Callable[[str], Sequence[str]],
    generation: Generation,
    style: Style | None,
    date: str,
) -> Recorded:
    """Write a record for each decision that is new or was changed since its last record.

    Without `style`, only where the project has a decision log. `names` lists a folder; `date` is an ISO date.
    """
    log = _log(tree)
    if style == "none" or (style is None and log is None):
        return Recorded(records=generation.records)
    now = said(compilation.answers)
    open_ = [k for k in now if k not in generation.records or generation.records[k].said != now[k]]
    made = [d for k in open_ if (d := decision(compilation, k, now[k], generation.records.get(k), date))]

    def earlier(one: Decision) -> Record | None:
        if one.supersedes is not None:
            return one.supersedes
        return in_folder(one, tree, names) if style == "madr" else in_log(one, log, tree) if log else None

    known = [settled(one, earlier(one)) for one in made]
    again = {one.question: r for one, r in zip(made, known, strict=True) if isinstance(r, Record)}
    generation = msgspec.structs.replace(generation, records=generation.records | again)
    fresh = [one for one in known if isinstance(one, Decision)]
    if not fresh:
        return Recorded(records=generation.records)
    if style == "madr":
        return _files(fresh, names, generation)
    return _entries(fresh, log or LOGS[0], tree, generation)


def has_log(tree: Callable[[str], bytes | None]) -> bool:
    """Whether the project keeps a decision log."""
    return _log(tree) is not None


def _log(tree: Callable[[str], bytes | None]) -> str | None:
    return next((path for path in LOGS if tree(path) is not None), None)


def _files(made: list[Decision], names: Callable[[str], Sequence[str]], generation: Generation) -> Recorded:
    first = next_number(names(FOLDER))
    paths = {d.question: f"{FOLDER}/{first + n:04}-{d.question}.md" for n, d in enumerate(made)}
    return Recorded(
        writes={paths[d.question]: page(d).encode() for d in made},
        expected=dict.fromkeys(paths.values()),
        records=generation.records | {d.question: _kept(d, paths[d.question]) for d in made},
    )


def _entries(
    made: list[Decision], log: str, tree: Callable[[str], bytes | None], generation: Generation
) -> Recorded:
    before = tree(log)
    try:
        after = entered(before, made)
    except NotText as problem:
        return Recorded(records=generation.records, diagnostics=(_not_text(log, problem),))
    return Recorded(
        writes={log: after},
        expected={log: None if before is None else sha256(before)},
        records=generation.records | {d.question: _kept(d, log) for d in made},
    )


def _kept(made: Decision, path: str) -> Record:
    return Record(said=made.said, path=path, title=made.title, date=made.date)


def _not_text(log: str, problem: NotText) -> Diagnostic:
    return Diagnostic(
        code="GP703",
        name="document-not-utf8",
        severity="error",
        message=f"`{log}` is not UTF-8 text: {problem}",
        why="changing bytes that cannot be read could damage them, so nothing was written",
        where=Where(path=log),
        fix=Fix(text=f"save {log} as UTF-8, or keep no log: groundplan apply --adr none"),
    )
