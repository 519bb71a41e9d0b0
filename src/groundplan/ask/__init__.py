"""The interview as a pure state machine: where it stands, what it suggests, what a line of input means.

Everything is derived from what is on disk and one cursor; nothing here reads, prints or waits.
"""

from __future__ import annotations

from groundplan.ask.defaults import Known, default_for
from groundplan.ask.depth import Topic, questions_for, readable, topics_for
from groundplan.ask.position import Ask, Clarify, Deepen, Interview, Level, Review, Step, Suggestion, current
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
