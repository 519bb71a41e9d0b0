"""What a command works on: the project's folder, its answers with what the flags add, the phase. Prints nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from groundplan.cli.application import look
from groundplan.cli.options import Settings
from groundplan.cli.stop import USAGE, Stop, stop
from groundplan.model.answer import Answer, Answers, Project, Quality
from groundplan.model.application import AppAnswer
from groundplan.model.decision import Decisions
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.question import Phase

if TYPE_CHECKING:
    from groundplan.pipeline import Compilation
    from groundplan.store import Workspace


class Session(msgspec.Struct, frozen=True, kw_only=True):
    workspace: Workspace
    stored: Answers | None
    """What groundplan.toml holds; None where there is none."""
    answers: Answers
    """Stored answers, then those of the flags, then defaults where they were asked for."""
    phase: Phase
    level: Quality | None
    """The quality level where anybody stated one."""
    given: bytes | None = None
    """The answers file of the flags as it was read."""


def open_session(settings: Settings) -> Session:
    """Gather everything that the flags name; Stop where one of them cannot be used."""
    workspace = workspace_of(settings)
    stored = stored_answers(workspace)
    content = _content(settings.answers_file) if settings.answers_file else None
    given = _parsed(content, settings.answers_file or "-") if content is not None else None
    level = _level(settings, stored, given, workspace)
    phase = phase_of(settings.phase or _phase_path(given) or _phase_path(stored), Path(settings.project))
    answers = _merged(stored, given, workspace, level)
    answers = with_data(answers, settings.data, phase)
    answers = _with_money(answers, settings, workspace)
    answers = msgspec.structs.replace(answers, detected=look(workspace))
    if given:
        _refuse_unknown(
            given.answers, phase, (content or b"").decode("utf-8-sig"), settings.answers_file or ""
        )
    elif stored:
        _refuse_strange(stored, phase, workspace)
    return Session(
        workspace=workspace, stored=stored, answers=answers, phase=phase, level=level, given=content
    )


def workspace_of(settings: Settings) -> Workspace:
    """The project's folder; Stop where it is none."""
    from groundplan.store import Workspace

    return Workspace(_folder(settings.project))


def _with_money(answers: Answers, settings: Settings, workspace: Workspace) -> Answers:
    """Figures of the flags, and the own facts as a path that holds from anywhere."""
    if not settings.assume and not answers.own_facts:
        return answers
    from groundplan.cli.money import with_assumed

    paths = tuple(str(workspace.root / path) for path in answers.own_facts)
    answers = msgspec.structs.replace(answers, own_facts=paths)
    return with_assumed(answers, settings.assume)


def stored_answers(workspace: Workspace) -> Answers | None:
    """What groundplan.toml holds; Stop at its first error."""
    stored, problems = workspace.load_answers()
    _refuse(problems)
    return stored


def _folder(path: str) -> Path:
    """A folder that is not there yet is made when something is written; the one above it must be."""
    folder = Path(path)
    try:
        usable = folder.is_dir() or (not folder.exists() and folder.absolute().parent.is_dir())
    except (OSError, ValueError):
        usable = False
    if not usable:
        stop("GP960", f"`{path}` is no folder", f"mkdir -p {path}", exit_code=USAGE)
    return folder


def _refuse(problems: tuple[Diagnostic, ...]) -> None:
    """The first error of a file ends the run; the rest is told by `check` after it is mended."""
    for problem in problems:
        if problem.severity == "error":
            raise Stop(problem, USAGE)


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        stop("GP961", f"the answers file `{path}` cannot be read: {reason}", "name a file that is there")


def _parsed(content: bytes, path: str) -> Answers:
    from groundplan.store import parse_answers_bytes

    answers, problems = parse_answers_bytes(content, "standard input" if path == "-" else path)
    _refuse(problems)
    if answers is None:
        stop("GP962", f"`{path}` holds no answers", "write `[project]` and `[answers]` into it")
    refuse_secrets(answers)
    return answers


def refuse_secrets(answers: Answers) -> None:
    for key, answer in answers.answers.items():
        for text in (answer.text, *answer.replies):
            refuse_secret(key, text)


def refuse_secret(key: str, text: str) -> None:
    """Stop where a text holds what looks like a credential; nothing of it is stored or repeated."""
    from groundplan.read import secret_in

    found = secret_in(text)
    if found:
        start, _, kind = found
        stop(
            "GP966",
            f"the answer on {key} holds what looks like a secret: {kind}, `{text[start : start + 3]}…`",
            "name the secret instead (`DATABASE_URL`), and take the value back where it was issued",
            "answers are committed with the project and read by everyone who can read it",
        )


def _merged(
    stored: Answers | None, given: Answers | None, workspace: Workspace, level: Quality | None
) -> Answers:
    """What a flag names wins over what is stored; a correction of an answer that is replaced is dropped."""
    base = stored or Answers(project=Project(name=_name(workspace)))
    if given:
        replaced = {k for k, a in given.answers.items() if base.answers.get(k) != a}
        kept = {p: v for p, v in base.corrections.items() if p.partition(".")[0] not in replaced}
        base = msgspec.structs.replace(
            given,
            project=given.project,
            answers=base.answers | given.answers,
            corrections=kept | given.corrections,
            ignores=given.ignores or base.ignores,
            app=_stated(base.app, given.app),
            assume=base.assume | given.assume,
            own_facts=given.own_facts or base.own_facts,
        )
    if level:
        base = msgspec.structs.replace(base, project=msgspec.structs.replace(base.project, quality=level))
    return base


def _stated(stored: AppAnswer, given: AppAnswer) -> AppAnswer:
    """Each field as the newer file states it, else as the older did."""
    newer = {k: v for k, v in msgspec.structs.asdict(given).items() if v is not None}
    return msgspec.structs.replace(stored, **newer)


def _name(workspace: Workspace) -> str:
    from groundplan.store import suggest_name

    return suggest_name(workspace.root.resolve().name)


def with_data(answers: Answers, data: tuple[str, ...], phase: Phase) -> Answers:
    """Add each `KEY=TEXT`; a key that the phase does not ask ends the run with the nearest that it does."""
    for item in data:
        key, equals, text = item.partition("=")
        if not equals or not text.strip():
            stop("GP960", f"`--data {item}` is not KEY=TEXT", '--data budget="$100 a month"')
        _refuse_key(key, phase)
        refuse_secret(key, text)
        said = answers.answers | {key: Answer(text.strip(), "answered")}
        kept = {p: v for p, v in answers.corrections.items() if not p.startswith(key + ".")}
        answers = msgspec.structs.replace(answers, answers=said, corrections=kept)
    return answers


def _refuse_key(key: str, phase: Phase) -> None:
    if phase.question(key):
        return
    stop("GP963", f"no question has the key `{key}`", f"--data KEY=…, where KEY is `{phase.meant(key)}`")


def _refuse_unknown(keys: Iterable[str], phase: Phase, text: str, path: str) -> None:
    from groundplan.store import check_questions

    _refuse(check_questions(keys, phase, text, "standard input" if path == "-" else path))


def _refuse_strange(stored: Answers, phase: Phase, workspace: Workspace) -> None:
    """An answer that no phase asks for would be left out of everything; those of another phase stay."""
    strange = [key for key in stored.answers if not phase.question(key)]
    for other in (None, stored.project.phase) if strange else ():
        if other != phase.source:
            strange = [key for key in strange if not phase_of(other, workspace.root).question(key)]
    if strange:
        _refuse_unknown(strange, phase, workspace.answers_text(), "groundplan.toml")


def phase_of(path: str | None, root: Path | None = None) -> Phase:
    """The phase that `path` defines, the built-in one without a path; Stop where it holds no question."""
    if path is None:
        from groundplan.phases import builtin

        return builtin()
    from groundplan.readers import reader_for
    from groundplan.syntax.phase_document import parse

    try:
        text = _phase_file(path, root).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        stop(
            "GP967",
            f"the phase document `{path}` cannot be read: {reason}",
            "name a Markdown file that is there",
        )
    phase, problems = parse(text, path, reader_for)
    _refuse(problems)
    if not phase.questions:
        stop("GP967", f"`{path}` holds no question", "write each as `### Question 1: Title (requirement)`")
    return phase


def _phase_file(path: str, root: Path | None) -> Path:
    beside = root / path if root else None
    return beside if beside and not Path(path).is_file() and beside.is_file() else Path(path)


def _phase_path(answers: Answers | None) -> str | None:
    return answers.project.phase if answers else None


def _level(
    settings: Settings, stored: Answers | None, given: Answers | None, workspace: Workspace
) -> Quality | None:
    if settings.quality:
        return settings.quality  # type: ignore[return-value]  # the flag allows the levels alone
    if given:
        return given.project.quality
    if stored:
        return stored.project.quality
    from groundplan.cli.level import stated_level

    return stated_level(workspace)


def questions_open(session: Session) -> tuple[str, ...]:
    """Keys of the questions that this quality level asks and that have no answer, in order."""
    from groundplan.ask import questions_for

    asked = questions_for(session.phase, session.level or "production")
    return tuple(q.key for q in asked if q.key not in session.answers.answers)


def compiled(answers: Answers, phase: Phase) -> Compilation:
    """Compile with the shipped facts, as of today."""
    import time

    from groundplan import ask, pipeline
    from groundplan.cli.money import facts_for

    return pipeline.compile(ask.readable(answers), facts_for(answers), phase, time.strftime("%Y-%m-%d"))


def decided(answers: Answers, phase: Phase) -> Decisions:
    """Read the answers, without planning or pricing anything."""
    from groundplan import ask, facts, read

    return read.decide(phase, ask.readable(answers), facts.load())
