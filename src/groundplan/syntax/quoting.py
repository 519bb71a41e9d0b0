"""How a message quotes a document: short, on one line, from where two texts part. Knows no message."""

from __future__ import annotations


def short(text: str) -> str:
    """One line of at most 60 characters that can stand between backticks."""
    line = " ".join(text.replace("`", "'").split())
    return line if len(line) <= 60 else line[:59] + "…"


def apart(one: str, other: str) -> tuple[str, str]:
    """Both texts, short enough for a message, from the word before the first that differs."""
    mine, theirs = one.split(), other.split()
    same = next((n for n, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), None)
    start = max((min(len(mine), len(theirs)) if same is None else same) - 1, 0)
    if len(" ".join(mine)) <= 60 and len(" ".join(theirs)) <= 60:
        start = 0
    lead = "… " if start else ""
    return short(lead + " ".join(mine[start:])), short(lead + " ".join(theirs[start:]))
