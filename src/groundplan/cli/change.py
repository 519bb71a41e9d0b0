"""`groundplan change`: set one field by hand, or say one answer anew. Knows the answers file; reads no grammar."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import stop
from groundplan.model.answer import Answer, Answers
from groundplan.model.question import Question

if TYPE_CHECKING:
    from groundplan.cli.session import Session


@commandline.command("change")
@commandline.option("--forget", flag=True, help="Take the field back: the answer's own words count again.")
@commandline.argument("what", required=False, metavar="[KEY[.FIELD]]")
@commandline.argument("value", required=False)
@takes("project", "phase", "talk")
def command(settings: Settings, what: str | None, value: str | None, forget: bool) -> int:
    """Set one field, or say one answer anew.

    `change scaling.max_instances 8` sets a field; it is kept in groundplan.toml and wins over every later reading.
    `change app.port 3000` sets what is known of the application (port, health_path, image, command), over every file.
    `change scaling "text"` replaces the answer. Without anything it lists what was set.
    """
    from groundplan.cli.session import open_session

    session = open_session(settings)
    if what is None:
        say(_listed(session.answers))
        return 0
    key, _, field = what.strip().partition(".")
    if key.lower() == "app":
        from groundplan.cli.change_app import change_app

        return change_app(settings, session, field.strip().lower(), value, forget)
    question = _question(session, key.lower())
    if forget:
        return _forget(settings, session, question, field)
    if value is None or not value.strip():
        stop("GP960", f"`change {what}` has no value", f'groundplan change {what} "…"')
    if field:
        return _set(settings, session, question, field, value)
    return _say_anew(settings, session, question, value)


def _listed(answers: Answers) -> str:
    stated = {f"app.{k}": v for k, v in msgspec.structs.asdict(answers.app).items() if v is not None}
    if not answers.corrections and not stated:
        return "No field was set by hand. Set one: groundplan change scaling.max_instances 8"
    return "\n".join(
        f"{path} = {_text(item)}" for path, item in sorted((answers.corrections | stated).items())
    )


def _text(item: Any) -> str:  # Any: the value of any field
    return item if isinstance(item, str) else msgspec.json.encode(item).decode()


def _question(session: Session, key: str) -> Question:
    question = session.phase.question(key)
    if question is None:
        stop("GP963", f"no question has the key `{key}`", f"use `{session.phase.meant(key)}`")
    return question


def _set(settings: Settings, session: Session, question: Question, field: str, value: str) -> int:
    from groundplan import read
    from groundplan.cli.session import refuse_secret

    refuse_secret(question.key, value)
    _refuse_unknown_field(question, field)
    item = _parsed(question, field, value)
    why = read.refusal(question, field, item)
    if why is not None:
        stop(
            "GP960",
            f"`{value}` cannot be {question.key}.{field}: {why}",
            f'groundplan change {question.key} "…"',
        )
    _refuse_nowhere(session, question, field, item)
    sets = {f"{question.key}.{field}": item, **_with_platform(session, question, field, item)}
    _store(session, corrections=session.answers.corrections | sets)
    return _show(settings, question)


def _refuse_unknown_field(question: Question, field: str) -> None:
    from groundplan import read

    known = read.fields_of(question)
    top = field.partition(".")[0]
    if top not in known:
        near = get_close_matches(top, known, 1, 0.5)
        said = f"`{question.key}` has no field `{top}`"
        stop("GP963", said, f"use {near[0] if near else ', '.join(known)}")


def _parsed(question: Question, field: str, value: str) -> Any:  # Any: the type of the field
    """JSON where it is JSON and fits; else the words themselves, or several between commas."""
    from groundplan import read

    options: list[Any] = []
    with suppress(msgspec.DecodeError):
        options.append(msgspec.json.decode(value.strip().encode()))
    options += [value.strip(), [part.strip() for part in value.split(",") if part.strip()]]
    return next((o for o in options if read.refusal(question, field, o) is None), options[0])


def _refuse_nowhere(session: Session, question: Question, field: str, item: Any) -> None:
    """The primary region is one of the regions that the answer names."""
    if question.reader != "regions" or field != "primary":
        return
    names = [place.text for place in _reading(session.answers, session, question).value.regions]
    if item not in names:
        fix = f'groundplan change {question.key} "{item}"'
        stop("GP960", f"`{item}` is none of the regions in the answer: {', '.join(names) or 'none'}", fix)


def _with_platform(session: Session, question: Question, field: str, item: Any) -> dict[str, Any]:
    """A primary platform that the answer does not name joins its platforms."""
    if question.reader != "hosting" or field != "primary":
        return {}
    named = list(_reading(session.answers, session, question).value.platforms)
    return {} if item in named else {f"{question.key}.platforms": [item, *named]}


def _say_anew(settings: Settings, session: Session, question: Question, text: str) -> int:
    from groundplan.cli.session import refuse_secret

    refuse_secret(question.key, text)
    said = session.answers.answers | {question.key: Answer(text.strip(), "answered")}
    _store(session, answers=said)
    return _show(settings, question)


def _forget(settings: Settings, session: Session, question: Question, field: str) -> int:
    """Without a field: everything that was set for the question."""
    path = f"{question.key}.{field}" if field else question.key
    gone = [p for p in session.answers.corrections if p == path or p.startswith(f"{path}.")]
    if not gone:
        stop("GP963", f"nothing was set at `{path}`", "groundplan change")
    _store(session, corrections={p: v for p, v in session.answers.corrections.items() if p not in gone})
    return _show(settings, question)


def _store(session: Session, **changes: Any) -> None:
    session.workspace.set_answers(msgspec.structs.replace(session.answers, **changes))


def _reading(answers: Answers, session: Session, question: Question) -> Any:  # Any: one of the value types
    from groundplan.cli.session import decided

    return decided(answers, session.phase).readings[question.key]


def _show(settings: Settings, question: Question) -> int:
    """The answer as it is understood now, from what is on disk."""
    from groundplan.cli.session import open_session
    from groundplan.cli.views.echo import echo

    if not settings.quiet:
        session = open_session(settings)
        say(echo(_reading(session.answers, session, question), settings.device))
    return 0
