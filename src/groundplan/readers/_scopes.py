"""Cut tokens into sentences, clauses and brackets. Knows punctuation; does not know what is said."""

from __future__ import annotations

import msgspec

from groundplan.readers._tokens import Text
from groundplan.readers._words import words

_BREAKS = words(", ( ) : | → -> => — •")


class Scopes(msgspec.Struct, frozen=True):
    """For each token the number of its sentence and of its clause, and the token that opened its bracket (or -1)."""

    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    bracket: tuple[int, ...]


def scopes(text: Text) -> Scopes:
    """Cut the tokens into sentences and clauses."""
    breaks = {h.first for h in text.cues("but", "because", "then")}
    sentence = clause = 0
    opened: list[int] = []
    rows: list[tuple[int, int, int]] = []
    for i, token in enumerate(text.tokens):
        if token.text in ")]" and opened:
            opened.pop()
        if i in breaks or token.text in _BREAKS or _spaced_dash(text, i):
            clause += 1
        rows.append((sentence, clause, opened[-1] if opened else -1))
        if token.text in "([":
            opened.append(i)
        if token.kind in ("stop", "line"):
            sentence, clause, opened = sentence + 1, clause + 1, []
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return Scopes(tuple(columns[0]), tuple(columns[1]), tuple(columns[2]))


def _spaced_dash(text: Text, i: int) -> bool:
    tokens = text.tokens
    return tokens[i].text in "-–" and not tokens[i].tight and i + 1 < len(tokens) and not tokens[i + 1].tight
