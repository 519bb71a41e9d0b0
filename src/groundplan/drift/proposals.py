"""Answers that filled documents already hold, each with the lines it comes from. Invents nothing; writes nothing.

A field is found as filling finds it. What a person wrote there is read by the question's reader; a text in which
the reader understands nothing is no answer.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from groundplan import read
from groundplan.drift.wording import answer_words, question_of
from groundplan.fill import fill
from groundplan.model.answer import Answer
from groundplan.model.decision import Reading
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.infrastructure import Facts
from groundplan.model.question import Phase, Question
from groundplan.model.spec import SectionFill


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    line: int
    label: str
    text: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    words: str
    reading: Reading
    evidence: tuple[Evidence, ...]
    understood: bool
    """False where no reader found anything in the words; they are shown and not taken."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    proposals: tuple[Proposal, ...]
    """In the order of the phase."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Documents that could not be read, or where the place is not certain."""


def proposals(
    phase: Phase, sections: tuple[SectionFill, ...], tree: Callable[[str], bytes | None], facts: Facts
) -> Found:
    """What the project's documents say to each question of `phase`.

    `sections` names the fields to look for; their own text does not matter.
    """
    whole: dict[str, list[Evidence]] = {}
    parts: dict[str, list[Evidence]] = {}
    problems: list[Diagnostic] = []
    for document in dict.fromkeys(s.document for s in sections):
        content = tree(document)
        if content is None:
            continue
        filled = fill(document, content, tuple(s for s in sections if s.document == document), ())
        problems += [d for d in filled.diagnostics if d.severity == "error"]
        for change in filled.changes:
            question, all_of_it = question_of(phase, change.section, change.label)
            if question is None or change.line is None or change.state not in ("kept", "same"):
                continue
            said = Evidence(path=document, line=change.line, label=change.label, text=change.before)
            (whole if all_of_it else parts).setdefault(question.key, []).append(said)
    made = (_proposal(q, whole.get(q.key, [])[:1] or _first_document(parts.get(q.key, [])), facts)
            for q in phase.questions)  # fmt: skip
    return Found(proposals=tuple(p for p in made if p), diagnostics=tuple(problems))


def _first_document(found: list[Evidence]) -> list[Evidence]:
    """Parts of one document say one thing; those of another would say it again."""
    return [e for e in found if e.path == found[0].path]


def _proposal(question: Question, evidence: list[Evidence], facts: Facts) -> Proposal | None:
    words = "; ".join(w for e in evidence if (w := answer_words(question.key, e.text)))
    if not words:
        return None
    reading = read.read(question, Answer(words), {}, facts)
    understood = reading.status in ("ok", "unclear") and reading.value != type(reading.value)()
    return Proposal(
        question=question.key, words=words, reading=reading, evidence=tuple(evidence), understood=understood
    )
