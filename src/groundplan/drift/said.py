"""What was said to each question, as one comparable text, and which of it changed. Knows no meaning."""

from __future__ import annotations

import msgspec

from groundplan.model.answer import Answer, Answers


def said(answers: Answers) -> dict[str, str]:
    """Question -> its answer, the replies to it and the fields that were set by hand, a line each."""
    return {key: _all(key, answer, answers) for key, answer in answers.answers.items()}


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
    return (*(key for key in now if before.get(key) != now[key]), *gone)
