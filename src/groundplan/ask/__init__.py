"""The interview as a pure state machine: where it stands, what it suggests, what a line of input means.

Everything is derived from what is on disk and one cursor; nothing here reads, prints or waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from groundplan.ask.defaults import Known, default_for
    from groundplan.ask.depth import Topic, questions_for, readable, topics_for
    from groundplan.ask.position import (
        Ask,
        Clarify,
        Deepen,
        Interview,
        Level,
        Review,
        Step,
        Suggestion,
        current,
    )
    from groundplan.ask.turn import Correct, Effect, Go, Keep, Leave, SetLevel, Tell, Turn, Write, respond
    from groundplan.ask.words import word_of

__all__ = [
    "Ask",
    "Clarify",
    "Correct",
    "Deepen",
    "Effect",
    "Go",
    "Interview",
    "Keep",
    "Known",
    "Leave",
    "Level",
    "Review",
    "SetLevel",
    "Step",
    "Suggestion",
    "Tell",
    "Topic",
    "Turn",
    "Write",
    "current",
    "default_for",
    "questions_for",
    "readable",
    "respond",
    "topics_for",
    "word_of",
]

_HOMES = {
    "defaults": (
        "Known",
        "default_for",
    ),
    "depth": (
        "Topic",
        "questions_for",
        "readable",
        "topics_for",
    ),
    "position": (
        "Ask",
        "Clarify",
        "Deepen",
        "Interview",
        "Level",
        "Review",
        "Step",
        "Suggestion",
        "current",
    ),
    "turn": (
        "Correct",
        "Effect",
        "Go",
        "Keep",
        "Leave",
        "SetLevel",
        "Tell",
        "Turn",
        "Write",
        "respond",
    ),
    "words": ("word_of",),
}


def __getattr__(name: str) -> Any:  # Any: each name has its own type, given to checkers above
    """Import what is asked for: a check needs one of these modules, an interview all."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'groundplan.ask' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"groundplan.ask.{home}"), name)
