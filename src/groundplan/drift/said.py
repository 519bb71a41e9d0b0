"""What was said to each question, as one comparable text, and which of it changed. Knows no meaning."""

from __future__ import annotations

import msgspec

from groundplan.model.answer import Answer, Answers
from groundplan.plan.application import application

APP = "app"
"""The key beside the questions under which the application is kept."""
FIELDS = ("image", "port", "health_path", "command")


def said(answers: Answers) -> dict[str, str]:
    """Question -> its answer, the replies to it and the fields that were set by hand, a line each."""
    made = {key: _all(key, answer, answers) for key, answer in answers.answers.items()}
    return made | {APP: _application(answers)}


def _application(answers: Answers) -> str:
    """What is stated or detected of the application, `port = 3000`, a line each; nothing where all is default.

    Behind a tab, which no JSON holds, follows where it is from: code says that too.
    """
    app = application(answers)
    values = ((f, getattr(app, f)) for f in FIELDS if f in app.stated or f in app.sources)
    lines = [f"{f} = {_text(v)}\t#{app.note(f)}" for f, v in values if v]
    return "\n".join([*lines, *([f"build = {_text(app.context())}"] if app.context() != "." else [])])


def _all(key: str, answer: Answer, answers: Answers) -> str:
    fields = sorted(f for f in answers.corrections if f.partition(".")[0] == key)
    sets = [f"{f.partition('.')[2]} = {_text(answers.corrections[f])}" for f in fields]
    return "\n".join([answer.text, *answer.replies, *sets])


def _text(item: object) -> str:
    return msgspec.json.encode(item).decode()


def changed(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...] | None:
    """The questions whose answers changed, in the order of `now`; None where nothing is known of before."""
    if not before:
        return None
    gone = [key for key in before if key not in now]
    return (*(key for key in now if before.get(key, "" if key == APP else None) != now[key]), *gone)
