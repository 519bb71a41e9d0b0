"""Offer the nearest known name for a misspelt one. Knows spelling, and no question."""

from __future__ import annotations

from collections.abc import Iterable

from groundplan.facts import vocabulary
from groundplan.readers._spelling import distance
from groundplan.readers._tokens import Text


def nearest(word: str, names: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Names at most `most` letters away, the nearest first."""
    close = sorted((distance(word.lower(), n.lower(), most), n) for n in names)
    return tuple(n for d, n in close if d <= most)


def misspelt(text: Text, *domains: str) -> tuple[int, str] | None:
    """The first unknown word that is nearly a name of `domains`: its token, and the name."""
    known = vocabulary.load()
    for i, token in enumerate(text.tokens[:200]):
        if token.kind != "word" or len(token.text) < 5 or token.text in known.by_first:
            continue
        most = 1 if len(token.text) < 8 else 2
        for domain in domains:
            close = nearest(token.text, known.spellings.get(domain, ()), most)
            if close:
                return i, close[0]
    return None
