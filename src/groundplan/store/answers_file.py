"""Read groundplan.toml: every wrong line becomes a coded diagnostic, and nothing is guessed. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_args

from groundplan.model.answer import Answer, Answers, Ignore, Origin, Project, Quality
from groundplan.model.application import AppAnswer, is_command, is_image, is_port, is_url_path
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.question import Phase
from groundplan.store.answers_money import assumed, own_facts
from groundplan.store.answers_problems import Problems, nearest
from groundplan.store.toml_text import load

T = TypeVar("T")

PATH = "groundplan.toml"
LARGEST = 256 * 1024
NAME = r"[a-z][a-z0-9-]{0,38}"

_TABLES = ("project", "answers", "replies", "corrections", "origins", "app", "ignore", "assume", "facts")
_QUALITIES: tuple[str, ...] = get_args(Quality)
_ORIGINS: tuple[str, ...] = get_args(Origin)
_DEEPEST = 8


def parse_answers(text: str, path: str = PATH) -> tuple[Answers | None, tuple[Diagnostic, ...]]:
    """Read the text of an answers file.

    Whatever is wrong is left out and reported; Answers is None only where there is no usable project name.
    """
    document, problem = load(text, path)
    if document is None:
        return None, (problem,) if problem else ()
    problems = Problems(text, path)
    _tables(document, problems)
    project = _project(problems.table(document, "project"), problems)
    answers = _answers(document, problems)
    corrections = _corrections(problems.table(document, "corrections"), problems)
    ignores = _ignores(document.get("ignore", []), problems)
    app = _app(problems.table(document, "app"), problems)
    assume = assumed(problems.table(document, "assume"), problems)
    own = own_facts(problems.table(document, "facts"), problems)
    if project is None:
        return None, problems.found()
    made = Answers(
        project=project,
        answers=answers,
        corrections=corrections,
        ignores=ignores,
        app=app,
        assume=assume,
        own_facts=own,
    )
    return made, problems.found()


def parse_answers_bytes(content: bytes, path: str = PATH) -> tuple[Answers | None, tuple[Diagnostic, ...]]:
    """As parse_answers(), from the file's bytes: UTF-8, with or without a byte order mark, 256 KiB at most."""
    problems = Problems("", path)
    if len(content) > LARGEST:
        problems.add(
            "GP912", "file-too-large", f"`{path}` is larger than {LARGEST // 1024} KiB", "shorten the answers"
        )
        return None, problems.found()
    try:
        return parse_answers(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"line {line} of `{path}` is not UTF-8"
        problems.add("GP911", "file-not-utf8", message, "save the file as UTF-8", line=line)
        return None, problems.found()


def check_questions(
    keys: Iterable[str], phase: Phase, text: str = "", path: str = PATH
) -> tuple[Diagnostic, ...]:
    """Report keys of answers that are no question of the phase, each with the nearest that is one."""
    problems = Problems(text, path)
    for key in keys:
        if not phase.question(key):
            message = f"`{key[:60]}` is no question of {phase.title}"
            problems.add("GP913", "unknown-key", message, f"write `{phase.meant(key)}`", "answers", key)
    return problems.found()


def _tables(document: dict[str, Any], problems: Problems) -> None:
    """A table that is nearly one of ours is a slip; any other belongs to somebody else and stays."""
    for key in document:
        if key not in _TABLES and (meant := nearest(key, _TABLES)):
            message = f"`{key}` is not a table of this file"
            problems.add("GP913", "unknown-key", message, f"write `[{meant}]`", key)


def _project(table: dict[str, Any], problems: Problems) -> Project | None:
    problems.keys("project", table, ("name", "quality", "phase", "adr"))
    name = problems.text("project", table, "name")
    quality = problems.one_of("project", table, "quality", _QUALITIES) or "production"
    phase = problems.text("project", table, "phase")
    adr = problems.one_of("project", table, "adr", ("madr", "log", "none"))
    if "name" not in table:
        problems.add(
            "GP916",
            "project-name-missing",
            "the project has no name",
            'add `[project]` with `name = "orders"`',
            why="the resources in the cloud are named after it",
        )
    if name is None:
        return None
    if not re.fullmatch(NAME, name):
        message = f"project name `{name[:60]}` does not fit resource names"
        fix = f'write `name = "{suggest_name(name)}"`: a letter, then letters, digits and `-`, 39 at most, lower case'
        problems.add("GP915", "project-name", message, fix, "project", "name")
        return None
    return Project(name=name, quality=quality, phase=phase, adr=adr)  # type: ignore[arg-type]  # one_of() checked it


def suggest_name(text: str) -> str:
    """The nearest usable project name, `app` where nothing of the text can stay."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-0123456789")
    return plain[:39].rstrip("-") or "app"


def _answers(document: dict[str, Any], problems: Problems) -> dict[str, Answer]:
    texts = problems.table(document, "answers")
    replies = problems.table(document, "replies")
    origins = problems.table(document, "origins")
    problems.keys("replies", replies, tuple(texts))
    problems.keys("origins", origins, tuple(texts))
    made: dict[str, Answer] = {}
    for key in texts:
        text = problems.text("answers", texts, key)
        origin = problems.one_of("origins", origins, key, _ORIGINS) or "file"
        said = _replies(replies, key, problems)
        if text is not None:
            made[key] = Answer(text, origin, said)  # type: ignore[arg-type]  # one_of() checked it
    return made


def _replies(replies: dict[str, Any], key: str, problems: Problems) -> tuple[str, ...]:
    said = replies.get(key, [])
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return tuple(said)
    problems.wrong_type("replies", key, 'a list of texts: `["…"]`')
    return ()


def _corrections(table: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """Flatten `[corrections.scaling]` and `"scaling.max_instances"` to one form: `scaling.max_instances`."""
    flat: dict[str, Any] = {}

    def visit(prefix: str, value: object, depth: int) -> None:
        if isinstance(value, dict) and depth < _DEEPEST:
            for key, inner in value.items():
                visit(f"{prefix}.{key}" if prefix else key, inner, depth + 1)
        elif prefix in flat:
            problems.add(
                "GP917", "set-twice", f"`{prefix}` is corrected twice", "keep one of them", "corrections"
            )
        elif _plain(value, depth):
            flat[prefix] = value
        else:
            problems.wrong_type("corrections", prefix, "text, a finite number, true, false or a list")

    visit("", table, 0)
    for field in [field for field in flat if "." not in field]:
        del flat[field]
        message = f"correction `{field[:60]}` names no field of a question"
        problems.add(
            "GP913", "unknown-key", message, "write it as `scaling.max_instances = 8`", "corrections", field
        )
    return flat


def _plain(value: object, depth: int) -> bool:
    """A value that a field may take; `nan`, `inf`, dates and deep nesting are none."""
    if isinstance(value, list):
        return depth < _DEEPEST and all(_plain(one, depth + 1) for one in value)
    if isinstance(value, dict):
        return depth < _DEEPEST and all(_plain(one, depth + 1) for one in value.values())
    if isinstance(value, str | bool | int):
        return True
    return type(value).__name__ == "Decimal" and value.is_finite()  # type: ignore[attr-defined]  # a Decimal


def _ignores(rows: object, problems: Problems) -> tuple[Ignore, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.wrong_type("ignore", "", "`[[ignore]]` tables with `code` and `because`")
        return ()
    return tuple(made for row in rows if (made := _ignore(row, problems)))


def _ignore(row: dict[str, Any], problems: Problems) -> Ignore | None:
    problems.keys("ignore", row, ("code", "because", "about", "until"))
    if hasattr(row.get("until"), "isoformat"):
        row = row | {"until": row["until"].isoformat()}
    code, because, about, until = (
        problems.text("ignore", row, key) for key in ("code", "because", "about", "until")
    )
    wrong = _first_wrong(
        (
            re.fullmatch(r"GP\d{3}", code or ""),
            f"an ignore names `{code or 'no code'}`, which is no code",
            'write `code = "GP301"`',
        ),
        (because and because.strip(), f"the ignore of `{code}` gives no reason", 'add `because = "…"`'),
        (until is None or _is_date(until), f'`until = "{until}"` is no date', 'write `until = "2026-12-31"`'),
    )
    if wrong:
        problems.add("GP918", "ignore-incomplete", wrong[0], wrong[1], "ignore")
        return None
    return Ignore(code=str(code), because=str(because), about=about or None, until=until)


def _first_wrong(*checks: tuple[object, str, str]) -> tuple[str, str] | None:
    return next(((message, fix) for holds, message, fix in checks if not holds), None)


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _app(table: dict[str, Any], problems: Problems) -> AppAnswer:
    problems.keys("app", table, ("image", "port", "health_path", "command"))
    command = _checked(table, "command", problems, is_command, 'a list of words: `["npm", "start"]`')
    return AppAnswer(
        image=_checked(table, "image", problems, is_image, "an image as in `registry.fly.io/orders:1`"),
        port=_checked(table, "port", problems, is_port, "a number from 1 to 65535"),
        health_path=_checked(table, "health_path", problems, is_url_path, "a path as in `/healthz`"),
        command=tuple(command) if command else None,
    )


def _checked(
    table: dict[str, Any], key: str, problems: Problems, fits: Callable[[Any], bool], wanted: str
) -> Any:
    # Any: text, number or list, as `fits` decides
    value = table.get(key)
    if value is None or fits(value):
        return value
    problems.wrong_type("app", key, wanted)
    return None
