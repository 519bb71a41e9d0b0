"""Words of any answer that hold for now: in their clause nobody denies them, and they do not come later.

For what no field of a question asks: a figure in passing, a standby, a job runner, what a rule looks for. One list of
denials for all of them; what a field holds is decided by its own reader and `_stance.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from groundplan.model.decision import Decisions
from groundplan.syntax.patterns import late

_DENIED = late(
    r"\b(?:no|not|non|never|without|avoid|instead of|rather than|used to|later|eventually|someday|maybe|until"
    r"|don't|won't|outgrow|kein\w*|ohne|nicht)\b",
    re.IGNORECASE,
)
_LATER = late(
    r"\W{0,2}(?:later|eventually|someday|one day|next (?:year|quarter|month)|at some point|(?:is |are )?not )",
    re.IGNORECASE,
)
_CLAUSE = late(r"[.;,()\n]|\bbut\b")
_SENTENCE = late(r"[.;](?=\s)|\n")
_PART = (
    r"\b(?:(?P<sql>postgres\w*|mysql|mariadb|rds|aurora|(?:cloud ?)?sql|databases?|db)|(?P<cache>redis|valkey"
    r"|elasticache|memorystore|key-value|cache)|cluster|nodes?|pods?|tasks?|regions?|containers?|instances?|machines?"
    r"|(?<!flexible )servers?|dynos?)\b"
)
_PARTS = late(_PART, re.IGNORECASE)
_BEHIND = late(r"\s*(?:of )?(?:managed )?" + _PART, re.IGNORECASE)
_TIED = late(r"[\s(:]*(?:with |of |at )?", re.IGNORECASE)


class Spoken(msgspec.Struct, frozen=True):
    question: str
    text: str
    """The whole answer."""
    hit: re.Match[str]

    @property
    def about(self) -> str | None:
        """What the words are said of: `sql`, `cache` or `other`.

        The part right before them, else the one right behind them, else the nearest before in their sentence.
        """
        sentence = _SENTENCE.split(self.text[: self.hit.start()])[-1]
        before = next(reversed(list(_PARTS.finditer(sentence))), None)
        tied = before is not None and _TIED.fullmatch(sentence[before.end() :])
        part = before if tied else _BEHIND.match(self.text[self.hit.end() :]) or before
        if part is None:
            return None
        return "sql" if part["sql"] else "cache" if part["cache"] else "other"


def spoken(decisions: Decisions, words: re.Pattern[str], *questions: str) -> Iterator[Spoken]:
    """Every match of `words` in the answers to `questions`, in their order, that holds for now."""
    for question in questions:
        reading = decisions.readings.get(question)
        text = reading.text if reading else ""
        for hit in words.finditer(text):
            clause = _CLAUSE.split(text[: hit.start()])[-1]
            if not _DENIED.search(clause) and not _LATER.match(text[hit.end() :]):
                yield Spoken(question, text, hit)
