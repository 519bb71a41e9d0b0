"""How deep an interview goes at each quality level. Knows which questions and topics; not their answers."""

from __future__ import annotations

import msgspec

from groundplan.model.answer import Answer, Answers, Quality
from groundplan.model.question import Phase, Question

QUALITIES: tuple[tuple[Quality, str], ...] = (
    ("experiment", "thrown away soon: no infrastructure questions"),
    ("prototype", "shown to a few people: hosting only, the rest is assumed and marked"),
    ("production", "people depend on it: all questions"),
    ("secure", "people depend on it and are owed proof: all questions, each one deeper"),
)


SKIPPED = "-"
"""The reply that is stored for a follow-up which a person left open; it says nothing to any reader."""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A deeper follow-up; its reply is stored as `Label: text` among the replies of its question."""

    question: str
    label: str
    text: str
    default: str
    reason: str

    def reply(self, text: str) -> str:
        return f"{self.label}: {text}"

    def settled(self, answer: Answer) -> bool:
        return any(reply.lower().startswith(self.label.lower() + ":") for reply in answer.replies)


TOPICS: tuple[Topic, ...] = (
    Topic(
        question="hosting",
        label="Access control",
        text="Who may deploy to production and change it, and how is that access protected?",
        default="named people only, single sign-on with a second factor, deploys through reviewed pull requests",
        reason="a shared or personal key cannot be taken back from one person",
    ),
    Topic(
        question="regions",
        label="Recovery objectives",
        text="After a disaster, how soon must it run again, and how much data may be lost?",
        default="running again within 4 hours, at most 24 hours of data lost",
        reason="daily backups in a second place reach it; anything shorter needs a standby that is paid for",
    ),
    Topic(
        question="monitoring",
        label="Log retention",
        text="How long must logs be kept, and is access to them audited?",
        default="90 days, administrative access recorded for a year",
        reason="an intrusion is often noticed weeks later; logs that are gone cannot explain it",
    ),
    Topic(
        question="budget",
        label="Budget owner",
        text="Who owns the budget and acts when the alarm rings?",
        default="the team lead",
        reason="an alarm that nobody owns is read by nobody",
    ),
    Topic(
        question="iac",
        label="State protection",
        text="Where does the state live, and is it encrypted and locked?",
        default="outside the repository, encrypted at rest, locked while it changes",
        reason="state holds secrets in clear text, and two people who apply at once tear it",
    ),
)


def questions_for(phase: Phase, quality: Quality | None) -> tuple[Question, ...]:
    """The questions that this quality level is asked, in the order of the phase."""
    if quality == "experiment":
        return ()
    if quality == "prototype":
        return _few(phase)
    return phase.questions


def topics_for(question: Question, quality: Quality | None) -> tuple[Topic, ...]:
    if quality != "secure":
        return ()
    return tuple(topic for topic in TOPICS if topic.question == question.key)


def plain_replies(answer: Answer) -> tuple[str, ...]:
    """The replies to clarifying questions, without those to the deeper topics."""
    labels = tuple(topic.label.lower() + ":" for topic in TOPICS)
    return tuple(reply for reply in answer.replies if not reply.lower().startswith(labels))


def readable(answers: Answers) -> Answers:
    """The answers as readers want them: without the replies that answer no clarifying question."""
    said = {
        key: Answer(answer.text, answer.origin, tuple(r for r in plain_replies(answer) if r != SKIPPED))
        for key, answer in answers.answers.items()
    }
    return msgspec.structs.replace(answers, answers=said, deeper=_deeper(answers))


def _deeper(answers: Answers) -> dict[str, str]:
    """Topic -> the last reply to it, where one was given."""
    found: dict[str, str] = {}
    for topic in TOPICS:
        answer = answers.answers.get(topic.question)
        for reply in answer.replies if answer else ():
            label, _, text = reply.partition(":")
            if label.lower() == topic.label.lower() and text.strip() not in ("", SKIPPED):
                found[topic.label] = text.strip()
    return found


def _few(phase: Phase) -> tuple[Question, ...]:
    """Hosting alone; in another phase, what is not reserved for production, or else the first question."""
    if phase.question("hosting"):
        return tuple(q for q in phase.questions if q.key == "hosting")
    free = tuple(q for q in phase.questions if "production" not in q.requirement.lower())
    return free or phase.questions[:1]
