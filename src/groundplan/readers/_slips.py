"""A name that is written with one slip. Knows the vocabulary's spellings; does not know what is done with them."""

from __future__ import annotations

from groundplan.facts.vocabulary import Vocabulary
from groundplan.readers._spelling import distance
from groundplan.readers._words import words

SPELT = ("platform", "service", "tool", "iac")
_NO_SLIPS = words("instant fluent consult dynamic signals puppets")
"""Ordinary words that are one letter away from a name."""

_names: list[tuple[Vocabulary, dict[str, list[str]]]] = []


def slip_of(word: str, vocabulary: Vocabulary) -> str | None:
    """The one name from which `word` differs by one letter changed, added, left out, or by two swapped."""
    if word in _NO_SLIPS or not word.isascii() or not word.isalpha():
        return None
    if not _names or _names[0][0] is not vocabulary:
        _names[:] = [(vocabulary, _by_initial(vocabulary))]
    half = len(word) // 2 - 1
    close = {
        name
        for name in _names[0][1].get(word[0], ())
        # one slip leaves one of the halves as it is
        if (name.startswith(word[:half]) or name.endswith(word[-half:]))
        and name + "s" != word
        and distance(word, name, 1) == 1
    }
    return close.pop() if len(close) == 1 else None


def _by_initial(vocabulary: Vocabulary) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name in {n for d in SPELT for n in vocabulary.spellings.get(d, ()) if len(n) >= 6}:
        index.setdefault(name[0], []).append(name)
    return index
