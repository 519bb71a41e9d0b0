"""JSON for programs: format_version 1, decimals as numbers, one document a call. Knows shapes; computes nothing."""

from __future__ import annotations

from typing import Any

import msgspec

from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import Estimate
from groundplan.model.question import Phase, Question

FORMAT_VERSION = 1
Json = dict[str, Any]  # Any: JSON values


def encode(value: Json) -> str:
    """`value` with the version in front, indented."""
    return (
        msgspec.json.format(_ENCODER.encode({"format_version": FORMAT_VERSION, **value}), indent=2).decode()
        + "\n"
    )


def encode_line(value: Json) -> str:
    return _ENCODER.encode(value).decode() + "\n"


_ENCODER = msgspec.json.Encoder(decimal_format="number")


def diagnostics(found: tuple[Diagnostic, ...]) -> list[Json]:
    return [plain(d) for d in found]


def estimate(value: Estimate) -> Json:
    return plain(value)


def questions(phase: Phase) -> Json:
    return {
        "phase": phase.name,
        "title": phase.title,
        "source": phase.source,
        "questions": [_question(q) for q in phase.questions],
    }


def _question(question: Question) -> Json:
    return {
        "key": question.key,
        "number": question.number,
        "title": question.title,
        "requirement": question.requirement,
        "context": question.context,
        "prompt": question.prompt,
        "options": [option.name for option in question.options],
        "considerations": list(question.considerations),
        "examples": list(question.examples),
        "blanks": list(question.blanks),
        "fills": [{"document": f.document, "section": f.section} for f in question.fills],
        "reader": question.reader,
    }


def plain(value: msgspec.Struct) -> Json:
    """A struct as JSON values, decimals kept exact."""
    from decimal import Decimal

    made = msgspec.to_builtins(value, builtin_types=(Decimal,))
    assert isinstance(made, dict)
    return made
