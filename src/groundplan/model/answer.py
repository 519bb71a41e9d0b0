"""What a person said, as they said it, and where each text came from. Knows no meaning."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from groundplan.model.application import App as App  # the draft's, and older than its module
from groundplan.model.application import AppAnswer, Detected
from groundplan.model.quantity import Range

Origin = Literal["default", "detected", "file", "answered"]
Quality = Literal["experiment", "prototype", "production", "secure"]


class Answer(msgspec.Struct, frozen=True):
    text: str
    origin: Origin = "file"
    replies: tuple[str, ...] = ()
    """Free-text replies to follow-up questions, in order; a later reply wins over an earlier text."""


class Ignore(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    because: str
    about: str | None = None
    """What the finding spoke of, as `Diagnostic.about` says it; None is every finding of this code."""
    until: str | None = None
    """ISO date after which the ignore no longer holds."""


class Project(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    """Matches ^[a-z][a-z0-9-]{0,38}$; used in resource names."""
    quality: Quality = "production"
    phase: str | None = None
    """Path of a phase document; None is the built-in one."""
    adr: Literal["madr", "log", "none"] | None = None
    """Where decisions are recorded; None is the decision log, where the project has one."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    project: Project
    answers: dict[str, Answer] = {}
    corrections: dict[str, Any] = {}
    """`scaling.max_instances` -> 8: single fields set by a person; they win over every reading."""
    ignores: tuple[Ignore, ...] = ()
    app: AppAnswer = AppAnswer()
    detected: Detected = Detected()
    """What the project's own files show of the application; looked at on every run, stored nowhere."""
    assume: dict[str, Range] = {}
    """`egress_gb` -> a month at minimum, expected and maximum load; also rates, `usd_per_eur`."""
    deeper: dict[str, str] = {}
    """`Access control` -> what was replied to that topic; taken out of the replies for what is compiled, stored nowhere."""
    own_facts: tuple[str, ...] = ()
    """Files of a person's own prices and regions, seen from the project's folder; a later one wins."""
