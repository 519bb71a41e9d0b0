"""Words of any answer that hold for now: not denied, not later. Knows the parts that a figure may be about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.decision import Decisions

_DENIED = re.compile(
    r"\b(?:no|not|non|without|never|instead of|need|later|eventually|kein\w*|ohne)\b[^.;,()]{0,25}$",
    re.IGNORECASE,
)
_LATER = re.compile(r"\W{0,2}(?:later|eventually|next (?:year|quarter)|(?:is |are )?not )", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:(?P<sql>postgres\w*|mysql|mariadb|rds|aurora|(?:cloud ?)?sql|databases?|db)|(?P<cache>redis|valkey"
    r"|elasticache|memorystore|key-value|cache)|cluster|nodes?|pods?|tasks?|regions?|containers?|instances?|machines?"
    r"|(?<!flexible )servers?|dynos?)\b",
    re.IGNORECASE,
)


def said(
    decisions: Decisions, words: re.Pattern[str], *questions: str
) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Question, its text, and each match that holds."""
    for question in questions:
        reading = decisions.readings.get(question)
        text = reading.text if reading else ""
        for hit in words.finditer(text):
            if not _DENIED.search(text[: hit.start()]) and not _LATER.match(text[hit.end() :]):
                yield question, text, hit


def about(text: str, at: int) -> str | None:
    """What the words at `at` are said of: `sql`, `cache` or `other`, the nearest before it in its sentence."""
    sentence = re.split(r"[.;](?=\s)|\n", text[:at])[-1]
    part = next(reversed(list(_PART.finditer(sentence))), None)
    if part is None:
        return None
    return "sql" if part["sql"] else "cache" if part["cache"] else "other"
