"""A phase of questions as its document defines it. Knows no answers."""

from __future__ import annotations

import msgspec


class Option(msgspec.Struct, frozen=True):
    name: str
    note: str = ""
    group: str = ""
    """The list's own heading (`Tools`), where one prompt holds several lists."""


class Fill(msgspec.Struct, frozen=True):
    document: str
    section: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    """Stable name of the answer: `hosting` for a question that a typed reader serves, else a slug of the title."""
    number: int
    title: str
    requirement: str
    context: str
    prompt: str
    """The first sentence of the fenced block, the question itself."""
    body: str
    """The whole fenced block as written."""
    options: tuple[Option, ...] = ()
    considerations: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()
    reader: str = "text"
    """Name of the reader that serves it."""
    line: int = 0
    """1-based line of the heading in the phase document."""


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    questions: tuple[Question, ...]
    source: str
    """Path of the document, or `built-in`."""
    next_steps: tuple[str, ...] = ()

    def question(self, key: str) -> Question | None:
        return next((q for q in self.questions if q.key == key), None)

    def meant(self, key: str) -> str:
        """The key that `key` was probably meant to be, by spelling or by the title (`cost`); all keys where none is near."""
        from difflib import get_close_matches

        said, keys = key.lower()[:60], [q.key for q in self.questions]
        near = get_close_matches(said, keys, 1, 0.6)
        titled = [q.key for q in self.questions if said in q.title.lower().replace("/", " ").split()]
        return (near or titled or ["` or `".join(keys)])[0]
