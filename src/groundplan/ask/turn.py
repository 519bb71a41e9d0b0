"""What one line of input means at one step. Returns effects for the edge to carry out; performs none."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, assert_never

import msgspec

from groundplan.ask.depth import QUALITIES, SKIPPED
from groundplan.ask.position import (
    Ask,
    Clarify,
    Deepen,
    Interview,
    Level,
    Review,
    Step,
    Suggestion,
)  # fmt: skip
from groundplan.ask.words import Word, word_of
from groundplan.model.answer import Answer, Quality
from groundplan.model.decision import Choice
from groundplan.model.question import Question


class SetLevel(msgspec.Struct, frozen=True):
    quality: Quality


class Keep(msgspec.Struct, frozen=True):
    """Store this answer; `fresh` also forgets corrections that were made to an earlier one."""

    question: str
    answer: Answer
    fresh: bool = False


class Correct(msgspec.Struct, frozen=True):
    question: str
    sets: dict[str, Any]  # Any: the fields of a choice have the types of the question's value


class Tell(msgspec.Struct, frozen=True):
    """Print something and ask the same again."""

    topic: Literal["why", "help", "empty", "first", "number", "review", "diff", "files", "level"]
    text: str = ""


class Go(msgspec.Struct, frozen=True):
    """Ask this question again; None goes to the first that is open."""

    cursor: str | None


class Leave(msgspec.Struct, frozen=True):
    """Stop; everything is on disk."""


class Write(msgspec.Struct, frozen=True):
    """Write documents and code."""


Effect: TypeAlias = SetLevel | Keep | Correct | Tell | Go | Leave | Write
Turn: TypeAlias = tuple[Effect, ...]


def respond(interview: Interview, step: Step, line: str, suggestion: Suggestion | None = None) -> Turn:
    """Turn one line of input at `step` into effects; `suggestion` is what Enter and `default` stand for."""
    word = word_of(line)
    if word == "save":
        return (Leave(),)
    if word in ("help", "why"):
        return (Tell("why" if word == "why" else "help"),)
    match step:
        case Level():
            return _level(line, word)
        case Ask():
            return _answer(interview, step, line, word, suggestion)
        case Clarify():
            return _clarify(interview, step, line, word)
        case Deepen():
            return _deepen(interview, step, line, word)
        case Review():
            return _review(interview, line, word)
    assert_never(step)


def pick(line: str, names: tuple[str, ...]) -> int | None:
    """The index that `line` selects by its number or by the whole name; None where it is other text."""
    said = line.strip().rstrip(".)").lower()
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(names):
        return int(said) - 1
    return next((i for i, name in enumerate(names) if name.lower() == said), None)


def _level(line: str, word: Word | None) -> Turn:
    names = tuple(name for name, _ in QUALITIES)
    if word in ("default", "unknown") or not line.strip():
        return (SetLevel("production"),)
    chosen = pick(line, names)
    return (SetLevel(QUALITIES[chosen][0]),) if chosen is not None else (Tell("level", line),)


def _answer(interview: Interview, step: Ask, line: str, word: Word | None, offer: Suggestion | None) -> Turn:
    key = step.question.key
    if word == "back":
        return _back(interview, key)
    if not line.strip() and step.before:
        return (Go(None),)
    if word == "unknown" and offer:
        return Keep(key, Answer(offer.text, "default"), fresh=True), Go(None)
    if word == "default" or not line.strip():
        return (
            (Keep(key, Answer(offer.text, "answered"), fresh=True), Go(None)) if offer else (Tell("empty"),)
        )
    return _said(step.question, line)


def _said(question: Question, line: str) -> Turn:
    """Options are numbered for the person; the answer is stored by name, never by number."""
    names = tuple(option.name for option in question.options)
    numbers = line.replace(",", " ").replace("+", " ").split()
    if not names or not all(_is_number(number) for number in numbers):
        return Keep(question.key, Answer(line.strip(), "answered"), fresh=True), Go(None)
    chosen = [pick(number, names) for number in numbers]
    if None in chosen:
        return (Tell("number", line.strip()),)
    text = ", ".join(names[i] for i in dict.fromkeys(chosen) if i is not None)
    return Keep(question.key, Answer(text, "answered"), fresh=True), Go(None)


def _clarify(interview: Interview, step: Clarify, line: str, word: Word | None) -> Turn:
    key, choices = step.question.key, step.follow_up.choices
    if word == "back":
        return (Go(key),)
    if word in ("default", "unknown") or not line.strip():
        return (_reply(interview, key, SKIPPED),)
    chosen = pick(line, tuple(choice.label for choice in choices))
    if chosen is not None:
        return (_chosen(interview, key, choices[chosen]),)
    if _is_number(line) and len(line.strip()) == 1 and choices:
        return (Tell("number", line.strip()),)
    return (_reply(interview, key, line.strip()),)


def _chosen(interview: Interview, key: str, choice: Choice) -> Effect:
    """Fields are set as corrections; a choice that sets none, or empties one, is kept by its words."""
    settable = choice.sets and None not in choice.sets.values()
    return Correct(key, choice.sets) if settable else _reply(interview, key, choice.label)


def _deepen(interview: Interview, step: Deepen, line: str, word: Word | None) -> Turn:
    key, topic = step.question.key, step.topic
    if word == "back":
        return (Go(key),)
    if word == "unknown":
        return (_reply(interview, key, topic.reply("not decided yet")),)
    text = topic.default if word == "default" or not line.strip() else line.strip()
    return (_reply(interview, key, topic.reply(text)),)


def _review(interview: Interview, line: str, word: Word | None) -> Turn:
    questions = interview.questions
    said = line.strip().lower()
    if word == "back":
        return (Go(questions[-1].key),) if questions else (Tell("first"),)
    if said in ("write", "yes", "y", "apply", "confirm", "w"):
        return (Write(),)
    if said in ("no", "n"):
        return (Leave(),)
    if said in ("diff", "files"):
        return (Tell("diff" if said == "diff" else "files"),)
    target = _named(questions, said.removeprefix("change").strip(" .#"))
    return (Go(target),) if target else (Tell("review", line.strip()),)


def _named(questions: tuple[Question, ...], said: str) -> str | None:
    """The question that a person means by its number, its key or a word of its title."""
    for question in questions:
        if said in (str(question.number), question.key, question.title.lower()):
            return question.key
    return next((q.key for q in questions if len(said) > 2 and said in q.title.lower()), None)


def _back(interview: Interview, key: str) -> Turn:
    keys = [question.key for question in interview.questions]
    place = keys.index(key)
    return (Go(keys[place - 1]),) if place else (Tell("first"),)


def _reply(interview: Interview, key: str, text: str) -> Keep:
    answer = interview.answers[key]
    return Keep(key, Answer(answer.text, answer.origin, (*answer.replies, text)))


def _is_number(line: str) -> bool:
    said = line.strip().rstrip(".)")
    return said.isascii() and said.isdigit()
