"""Names and turns of phrase by domain, from the word lists in `words/`. Knows spelling; does not know grammar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from groundplan.facts.decoded import Decoded

WORD_FILES = ("hosting", "monitoring", "scaling", "budget", "iac", "places", "cues")
_ODD = str.maketrans("ßøłđıæœþ’‘´`ʼ＇", "soldiaot''''''")
_ATOM = re.compile(
    r"(?P<word>[1-5]xxs?\b|[dljnsctm]'(?=[a-z])|x(?=\d)|[a-z][a-z0-9]*(?:'[a-z]+)*)"
    r"|(?P<other>[^\W\d_]+)"
    r"|(?P<clock>(?:[01]?\d|2[0-4])[:h][0-5]\d(?!\d))"
    r"|(?P<number>\d{1,3}(?:[,.'\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|(?<![\w.])\.\d+|\d+(?:[.,]\d+)?)"
    r"|(?P<line>\n)"
    r"|(?P<symbol>[<>]=|[-=]>|\.\.\.?|[^\w\s]|_)"
)
"""`other` is a run of letters beyond a-z; classes with ranges of Chinese signs would take 3 ms to compile."""


def scan(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of every atom of a folded text."""
    for match in _ATOM.finditer(text, start, end):
        kind = match.lastgroup or "symbol"
        if kind == "other":
            yield from _letters(match.group(), match.start())
        else:
            yield kind, match.start(), match.end()


def _letters(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Chinese and Japanese signs one by one; runs of Latin letters and of others each for themselves."""
    begin = 0
    for n in range(1, len(run) + 1):
        if (
            n == len(run)
            or _is_sign(run[n - 1])
            or _is_sign(run[n])
            or _is_latin(run[n - 1]) != _is_latin(run[n])
        ):
            yield "word", start + begin, start + n
            begin = n


def _is_sign(character: str) -> bool:
    return (
        "\u3040" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u4dbf"
        or "\u4e00" <= character <= "\u9fff"
    )


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


class Name(msgspec.Struct, frozen=True, array_like=True):
    """One meaning of a phrase: `key` in `domain`; `weak` where the phrase is also an everyday word."""

    domain: str
    key: str
    weak: bool = False


Phrase = tuple[tuple[str, ...], tuple[Name, ...]]


class Vocabulary(msgspec.Struct, frozen=True, array_like=True):
    by_first: Mapping[str, tuple[Phrase, ...]]
    """First word -> phrases that start with it, the longest first."""
    spellings: dict[str, frozenset[str]]
    """Domain -> its one-word names of five letters or more, to offer the nearest for a misspelt one."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    by_first: dict[str, msgspec.Raw]
    """Decoded when a text holds the word: six answers need one in fifty."""
    spellings: dict[str, frozenset[str]]


def fold(text: str) -> str:
    """Lower case without accents, one character for each character, so that positions stay those of `text`."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text.translate(_ODD)))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    plain = unicodedata.normalize("NFKD", character)
    base = plain[0] if plain else character
    lower = base.lower()
    return lower if len(lower) == 1 else character


def atoms(phrase: str) -> tuple[str, ...]:
    """Split a folded phrase into the words that the tokenizer would see; joining signs are left out."""
    words = (phrase[a:b] for _, a, b in scan(phrase, 0, len(phrase)))
    return tuple(w for w in words if w not in "-._/ ")


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """Read the compiled index beside this file, once."""
    stored = msgspec.json.decode((Path(__file__).parent / "vocabulary.json").read_bytes(), type=_Stored)
    return Vocabulary(by_first=Decoded(stored.by_first, tuple[Phrase, ...]), spellings=stored.spellings)


def compile_lists() -> Vocabulary:
    """Read the word lists themselves; `tools/build_vocabulary.py` writes the result as the index."""
    table: dict[tuple[str, ...], list[Name]] = {}
    for file in WORD_FILES:
        _read_list((Path(__file__).parent / "words" / f"{file}.txt").read_text("utf-8"), table)
    by_first: dict[str, list[Phrase]] = {}
    for words, names in table.items():
        by_first.setdefault(words[0], []).append((words, tuple(names)))
    longest = {w: tuple(sorted(ps, key=lambda p: -len(p[0]))) for w, ps in by_first.items()}
    return Vocabulary(by_first=longest, spellings=_spellings(table))


def encode(vocabulary: Vocabulary) -> bytes:
    """The index as bytes, the same on every machine."""
    return msgspec.json.encode(vocabulary, order="deterministic") + b"\n"


def _read_list(text: str, table: dict[tuple[str, ...], list[Name]]) -> None:
    domain = ""
    for line in fold(text).splitlines():
        if line.startswith("["):
            domain = line[1:-1]
        elif " = " in line and not line.startswith("#"):
            key, aliases = line.split(" = ", 1)
            _add(domain, key if domain != "currency" else key.upper(), aliases, table)


def _add(domain: str, key: str, aliases: str, table: dict[tuple[str, ...], list[Name]]) -> None:
    for alias in aliases.split(" | "):
        weak = alias.startswith("~")
        name = Name(domain, key, weak)
        for form in _forms(alias.lstrip("~")):
            names = table.setdefault(form, [])
            if name not in names:
                names.append(name)


def _forms(alias: str) -> list[tuple[str, ...]]:
    """`instance(s)` is two forms; two words that are often glued, as `uptime kuma`, are also one word."""
    if alias.endswith(")") and "(" in alias:
        stem, ending = alias[:-1].rsplit("(", 1)
        return _forms(stem) + _forms(stem + ending)
    words = atoms(alias.strip())
    if not words:
        return []
    glued = "".join(words)
    together = len(words) == 2 and len(glued) >= 8 and glued.isalpha() and len(words[0]) > 3
    return [words, (glued,)] if together else [words]


def _spellings(table: dict[tuple[str, ...], list[Name]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for words, names in table.items():
        if len(words) == 1 and len(words[0]) >= 5:
            for name in names:
                if not name.weak:
                    found.setdefault(name.domain, set()).add(words[0])
    return {domain: frozenset(words) for domain, words in found.items()}
