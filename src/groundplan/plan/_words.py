"""Words of any answer that hold for now: not denied, not later. Knows the parts that a figure may be about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.decision import Decisions
from groundplan.syntax.patterns import late

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


_BEHIND = late(r"\s*(?:of )?(?:managed )?" + _PART.pattern, re.IGNORECASE)
_TIED = late(r"[\s(:]*(?:with |of |at )?", re.IGNORECASE)


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


def about(text: str, at: int, end: int | None = None) -> str | None:
    """What the words from `at` to `end` are said of: `sql`, `cache` or `other`.

    The part right before them, else the one right behind them, else the nearest before in their sentence.
    """
    sentence = re.split(r"[.;](?=\s)|\n", text[:at])[-1]
    before = next(reversed(list(_PART.finditer(sentence))), None)
    behind = _BEHIND.match(text[end:]) if end is not None else None
    tied = before is not None and _TIED.fullmatch(sentence[before.end() :])
    part = behind if behind and not tied else before
    if part is None:
        return None
    return "sql" if part["sql"] else "cache" if part["cache"] else "other"
