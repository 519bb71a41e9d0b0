"""The open folder of readers: one module turns one kind of answer into one typed value."""

from __future__ import annotations

from functools import lru_cache

from groundplan.model.knowledge import Reader
from groundplan.registry import scan


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Every reader by its key."""
    return scan("groundplan.readers", "READER", Reader, lambda r: r.key)


def reader_for(question_title: str, has_options: bool) -> str:
    """Key of the reader that serves a question with this title; `choice` or `text` where none knows it."""
    words = " ".join(question_title.lower().replace("/", " ").replace("&", " ").replace("-", " ").split())
    best = ""
    chosen = ""
    for reader in readers().values():
        for title in reader.titles:
            if len(title) > len(best) and f" {title} " in f" {words} ":
                best, chosen = title, reader.key
    return chosen or ("choice" if has_options else "text")
