"""The recommended answer for a question, from what is answered so far. Knows which engines to ask."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from groundplan.model.answer import Answer, Answers
from groundplan.model.decision import Decisions
from groundplan.model.question import Phase, Question

if TYPE_CHECKING:
    from groundplan.ask import Suggestion
    from groundplan.cli.session import Session


def offer(
    question: Question, answers: Answers, phase: Phase, decisions: Decisions | None = None
) -> Suggestion:
    """What `default` stands for; the budget is computed from the plan so far."""
    from groundplan import ask
    from groundplan.cli.session import decided

    known = ask.Known(
        quality=answers.project.quality,
        decisions=decisions or decided(answers, phase),
        ceiling=_ceiling(answers, phase) if question.reader == "budget" else None,
    )
    return ask.default_for(question, known)


def _ceiling(answers: Answers, phase: Phase) -> Decimal | None:
    """The most that the plan so far costs in a month; None where there is none."""
    from groundplan.cli.session import compiled

    estimate = compiled(answers, phase).estimate
    if estimate is None or estimate.currency != "USD" or not estimate.judged.ceiling:
        return None
    return estimate.judged.ceiling


def with_defaults(session: Session) -> Answers:
    """Every open question answered by its default, one after the other, marked as `default`."""
    from groundplan.cli.session import questions_open

    answers = session.answers
    for key in questions_open(session):
        question = session.phase.question(key)
        assert question is not None
        text = offer(question, answers, session.phase).text
        said = answers.answers | {key: Answer(text, "default")}
        answers = msgspec.structs.replace(answers, answers=said)
    return answers
