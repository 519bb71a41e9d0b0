"""Where an interview stands, derived from what is on disk. Knows order and limits; not what to print."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from groundplan.ask.depth import SKIPPED, Topic, plain_replies, questions_for, topics_for
from groundplan.model.answer import Answer, Quality
from groundplan.model.decision import Decisions, FollowUp
from groundplan.model.question import Phase, Question

MOST_FOLLOW_UPS = 2


class Suggestion(msgspec.Struct, frozen=True):
    """The text that Enter and `default` stand for."""

    text: str
    reason: str


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """All that the next step depends on."""

    phase: Phase
    quality: Quality | None = None
    """None: nobody said; it is asked first."""
    answers: dict[str, Answer] = {}
    corrections: tuple[str, ...] = ()
    """Paths of corrected fields: `scaling.max_instances`."""
    decisions: Decisions = Decisions({})
    cursor: str | None = None
    """Key of a question that is asked again; `back` and `change` set it."""

    @property
    def questions(self) -> tuple[Question, ...]:
        return questions_for(self.phase, self.quality)


class Level(msgspec.Struct, frozen=True):
    """Ask for the quality level."""


class Ask(msgspec.Struct, frozen=True):
    question: Question
    before: Answer | None = None
    """What was answered earlier, where the question is asked again."""


class Clarify(msgspec.Struct, frozen=True):
    question: Question
    follow_up: FollowUp
    number: int


class Deepen(msgspec.Struct, frozen=True):
    question: Question
    topic: Topic


class Review(msgspec.Struct, frozen=True):
    """Everything is answered: show it, and change or write."""


Step: TypeAlias = Level | Ask | Clarify | Deepen | Review


def current(interview: Interview) -> Step:
    """The one thing to ask now."""
    if interview.quality is None:
        return Level()
    for question in interview.questions:
        step = _open(interview, question)
        if interview.cursor == question.key:
            return Ask(question, interview.answers.get(question.key))
        if step and interview.cursor is None:
            return step
    return Review()


def asked(interview: Interview, question: Question) -> int:
    """How many follow-ups of this answer have been settled or left open."""
    corrected = sum(path.startswith(question.key + ".") for path in interview.corrections)
    return corrected + len(plain_replies(interview.answers[question.key]))


def _open(interview: Interview, question: Question) -> Step | None:
    answer = interview.answers.get(question.key)
    if answer is None:
        return Ask(question)
    return _clarify(interview, question) or _deepen(interview, question, answer)


def _clarify(interview: Interview, question: Question) -> Clarify | None:
    reading = interview.decisions.readings.get(question.key)
    count = asked(interview, question)
    answer = interview.answers[question.key]
    if reading is None or answer.origin == "default" or count >= MOST_FOLLOW_UPS:
        return None
    open_ones = _unskipped(reading.follow_ups, answer)
    return Clarify(question, open_ones[0], count + 1) if open_ones else None


def _unskipped(follow_ups: tuple[FollowUp, ...], answer: Answer) -> tuple[FollowUp, ...]:
    """A follow-up that was left open stays first in the reading, so as many are passed over as were left."""
    return follow_ups[plain_replies(answer).count(SKIPPED) :]


def _deepen(interview: Interview, question: Question, answer: Answer) -> Deepen | None:
    topics = topics_for(question, interview.quality)
    return next((Deepen(question, topic) for topic in topics if not topic.settled(answer)), None)
