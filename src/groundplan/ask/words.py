"""The few words that steer an interview instead of answering it. Knows spelling variants; changes nothing."""

from __future__ import annotations

from typing import Literal

Word = Literal["back", "why", "default", "unknown", "save", "help"]

_SPELLINGS: dict[Word, tuple[str, ...]] = {
    "back": ("back", "b", "previous", "go back"),
    "why": ("why", "why?", "more"),
    "default": ("default", "defaults", "d", "use default", "use defaults", "use the default", "you pick"),
    "unknown": (
        "don't know", "dont know", "do not know", "i don't know", "i dont know", "don't know yet", "dont know yet",
        "i don't know yet", "not sure", "not sure yet", "unsure", "no idea", "idk",
    ),
    "save": ("save", "save and leave", "leave", "quit", "exit", "q", ":q"),
    "help": ("?", "help", "h"),
}  # fmt: skip


def word_of(line: str) -> Word | None:
    """The steering word that `line` is as a whole; None where it is an answer."""
    said = " ".join(line.replace("’", "'").lower().split()).rstrip(".!")
    return next((word for word, spellings in _SPELLINGS.items() if said in spellings), None)
