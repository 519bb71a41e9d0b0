"""What is wrong, why it matters, where, and the exact fix. Knows no way to print itself."""

from __future__ import annotations

from typing import Literal

import msgspec

from groundplan.model.infrastructure import Source

Severity = Literal["error", "warning", "note"]


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """A place: an answer's words (question, start, end), or a file and its 1-based line."""

    question: str | None = None
    quote: str = ""
    start: int | None = None
    end: int | None = None
    path: str | None = None
    line: int | None = None


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    """The exact answer or command to use."""
    question: str | None = None
    answer: str | None = None
    """A whole new answer to `question` that settles it, where that is safe to apply."""


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    """Short kebab-case name: `fly-scales-on-concurrency`."""
    severity: Severity
    message: str
    why: str = ""
    where: Where | None = None
    fix: Fix | None = None
    source: Source | None = None
    served_by: str = ""
    """What the plan does instead, where it serves the intent in another way."""

    @property
    def about(self) -> str:
        """What it speaks of, the same while lines and prices move: `scaling: CPU > 80%`, or a file and its parts."""
        where = self.where or Where()
        place = where.path or where.question or ""
        named = [where.quote] if where.quote else [v for v in self.message.split("`")[1::2] if v != place]
        return " ".join(": ".join(part for part in (place, ", ".join(named)) if part).split())
