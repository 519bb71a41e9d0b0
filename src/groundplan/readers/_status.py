"""Whole answers that name nothing: empty, `don't know yet`, `you choose`. Knows no question."""

from __future__ import annotations

from groundplan.model.decision import Status
from groundplan.readers._notes import Notes, empty


def bare_status(notes: Notes) -> Status:
    """The status of an answer that gave no value: unknown, default, or unclear."""
    if empty(notes):
        return "unclear"
    hits = notes.text.of("status")
    notes.use_hits(hits)
    keys = [h.key for h in hits]
    if "unknown" in keys:
        return "unknown"
    return "default" if "default" in keys else "unclear"


def undecided(notes: Notes) -> bool:
    """`haven't decided, leaning towards Render`: said outright, so that a possibility is no value."""
    tokens = notes.text.tokens
    return any(
        h.key == "unknown" and any(t.text.startswith(_DECIDE) for t in tokens[h.first : h.last])
        for h in notes.text.of("status")
    )


_DECIDE = ("decid", "settl", "entschied", "undecid", "evaluat", "discuss")
