"""A name that is written with one slip. Knows the vocabulary's spellings; does not know what is done with them."""

from __future__ import annotations

from groundplan.facts.vocabulary import Vocabulary
from groundplan.readers._spelling import distance
from groundplan.readers._words import words

SPELT = ("platform", "service", "tool", "iac")
_NO_SLIPS = words("instant fluent consult dynamic signals puppets")
"""Ordinary words that are one letter away from a name."""

_slips: list[tuple[Vocabulary, dict[str, set[str]]]] = []


def slip_of(word: str, vocabulary: Vocabulary) -> str | None:
    """The one name from which `word` differs by one letter changed, added, left out, or by two swapped."""
    if word in _NO_SLIPS or not word.isascii() or not word.isalpha():
        return None
    if not _slips or _slips[0][0] is not vocabulary:
        _slips[:] = [(vocabulary, _by_gap(vocabulary))]
    index = _slips[0][1]
    near = {name for form in (word, *_gaps(word)) for name in index.get(form, ())}
    close = {n for n in near if n[0] == word[0] and n + "s" != word and distance(word, n, 1) == 1}
    return close.pop() if len(close) == 1 else None


def _by_gap(vocabulary: Vocabulary) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for name in {n for d in SPELT for n in vocabulary.spellings.get(d, ()) if len(n) >= 6}:
        for form in (name, *_gaps(name)):
            index.setdefault(form, set()).add(name)
    return index


def _gaps(word: str) -> list[str]:
    """The word with one letter left out, at each place."""
    return [word[:n] + word[n + 1 :] for n in range(len(word))]
