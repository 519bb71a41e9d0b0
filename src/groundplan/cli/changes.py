"""Everything that an apply would change, the answers themselves included. Plans it; writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from groundplan.cli.stop import FINDINGS, Stop, stop
from groundplan.drift import Changes, Part, plan_changes, said
from groundplan.record import Recorded, Style

if TYPE_CHECKING:
    from groundplan.cli.session import Session
    from groundplan.pipeline import Compilation
    from groundplan.store import Generation


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    changes: Changes
    answers: bytes | None
    """New content of groundplan.toml; None where it stays."""
    records: Recorded = Recorded()
    """Decision records, which are written together with the rest."""
    records_before: dict[str, bytes | None] = {}
    answers_before: bytes | None = None

    @property
    def count(self) -> int:
        return len(self.changes.touched) + len(self.records.writes) + (self.answers is not None)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the flags of an apply ask for."""

    only: Part | None = None
    overwrite: frozenset[str] = frozenset()
    into: dict[str, frozenset[int]] = {}
    adr: Style | None = None
    """Where decisions are recorded from now on; None is as the answers file says."""


def planned(
    result: Compilation,
    session: Session,
    wish: Wish = Wish(),  # noqa: B008  # frozen
) -> Planned:
    """Compare what the answers compile to with what is on disk; Stop where the lock cannot be used."""
    generation, problems = session.workspace.load_generation()
    for problem in problems:
        if problem.severity == "error":
            raise Stop(problem, FINDINGS)
    before = session.workspace.read("groundplan.toml")
    changes = plan_changes(result, session.workspace.read, generation, wish.overwrite, wish.only, wish.into)
    if wish.only is None:
        applied = msgspec.structs.replace(changes.generation, answers=said(session.answers))
        changes = msgspec.structs.replace(changes, generation=applied)
    session = _with_style(session, wish.adr)
    recorded = _recorded(result, session, generation, wish.only)
    return Planned(
        changes=_joined(_told(changes, result, session), recorded),
        records=recorded,
        records_before={path: session.workspace.read(path) for path in recorded.writes},
        answers=_answers(session, before),
        answers_before=before,
    )


def _with_style(session: Session, adr: Style | None) -> Session:
    """The choice is remembered with the answers."""
    if adr is None or adr == session.answers.project.adr:
        return session
    project = msgspec.structs.replace(session.answers.project, adr=adr)
    answers = msgspec.structs.replace(session.answers, project=project)
    return msgspec.structs.replace(session, answers=answers)


def _recorded(result: Compilation, session: Session, generation: Generation, only: Part | None) -> Recorded:
    if only in ("documents", "code"):
        return Recorded()
    import time

    from groundplan.record import has_log, record

    style, workspace = session.answers.project.adr, session.workspace
    if only == "decision" and (style == "none" or (style is None and not has_log(workspace.read))):
        message = "decisions are recorded nowhere in this project"
        stop("GP960", message, "groundplan apply --only decision --adr madr, or --adr log")
    return record(result, workspace.read, workspace.names, generation, style, time.strftime("%Y-%m-%d"))


def _told(changes: Changes, result: Compilation, session: Session) -> Changes:
    """A field that a person wrote anew is told as `check` tells it, and not at all where it says what the answers say."""
    if not any(d.code == "GP701" for d in changes.diagnostics):
        return changes
    from groundplan.cli.money import facts_for
    from groundplan.drift import Reader, document_findings

    reader = Reader(phase=result.phase, decisions=result.decisions, facts=facts_for(session.answers))
    others = [d for d in changes.diagnostics if d.code != "GP701"]
    edited = [d for document in changes.documents for d in document_findings(document, reader)]
    news = [d for d in edited if d.severity != "error" and d.code != "GP817"]
    return msgspec.structs.replace(changes, diagnostics=(*others, *news))


def _joined(changes: Changes, recorded: Recorded) -> Changes:
    if not recorded.records and not recorded.diagnostics:
        return changes
    generation = msgspec.structs.replace(changes.generation, records=recorded.records)
    found = (*changes.diagnostics, *recorded.diagnostics)
    return msgspec.structs.replace(changes, generation=generation, diagnostics=found)


def _answers(session: Session, before: bytes | None) -> bytes | None:
    """The answers as they are compiled, written over the file that is there, or else over the one given."""
    from groundplan.store import parse_answers
    from groundplan.store.answers_edit import all_edits, edited

    base = before if before is not None else session.given
    text = None if base is None else base.decode("utf-8-sig" if before is None else "utf-8")
    known = session.stored or (parse_answers(text)[0] if text is not None else None)
    after = edited(text, all_edits(session.answers, known), session.answers.project.name).encode()
    return after if after != before else None
