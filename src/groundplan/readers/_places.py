"""Places as they are named: codes from the catalogue, cities, countries, compass names. Knows no question."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from groundplan.facts.vocabulary import fold, load
from groundplan.model.infrastructure import Facts
from groundplan.readers._nearest import nearest
from groundplan.readers._stance import supported
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words

_AREA_OF_PREFIX = {
    "us": "us", "eu": "eu", "europe": "eu", "ap": "apac", "asia": "apac", "ca": "ca", "sa": "latam",
    "southamerica": "latam", "northamerica": "na", "af": "africa", "africa": "africa", "me": "mena", "il": "il",
    "mx": "mx", "cn": "cn", "australia": "au", "eusc": "eu",
}  # fmt: skip
_IN_EU = words("ie de fr nl se es it be pl fi at dk pt cz ro gr bg ee lv lt hu lu hr si sk cy mt")
_INSIDE = {
    "eu": _IN_EU | words("gb ch no"),
    "dach": words("de at ch"),
    "apac": words("jp sg au in kr hk tw id my th nz"),
    "asia": words("jp sg in kr hk tw id my th"),
    "sea": words("sg id my th ph vn"),
    "na": words("us ca mx"),
    "latam": words("br cl mx co ar pe"),
    "nordics": words("se no dk fi is"),
    "benelux": words("be nl lu"),
    "africa": words("za ng ke gh eg ma ci sn"),
    "mena": words("ae bh qa sa il eg"),
    "emea": _IN_EU | words("gb ch za ae"),
}
_SHORT_WORDS = frozenset(("sin", "ord", "sea", "den", "mad", "bog", "gig"))


_APART = {
    "us-gov-west-1": "us",
    "us-gov-east-1": "us",
    "cn-north-1": "cn",
    "cn-northwest-1": "cn",
}
"""Codes of AWS regions that are sold apart from the others: real places, with no prices in the catalogue.

Source: partitions.json of botocore 1.44.8, 2026-11-24.
"""


class Mention(msgspec.Struct, frozen=True):
    """One place; tokens first..last; `where` is a country, an area, or None for an unknown code."""

    hit: Hit
    kind: str
    """code, city, compass, place, area or doubtful."""
    where: str | None
    code: str | None = None
    known: bool = True
    town: str = ""
    """Where the region of a code lies, folded."""

    @property
    def first(self) -> int:
        return self.hit.first

    @property
    def last(self) -> int:
        return self.hit.last


class Catalogue(msgspec.Struct, frozen=True):
    countries: dict[str, str]
    """Region code -> country."""
    glued: dict[str, str]
    """Code without signs -> code, for names that are written apart, as in `West Europe`."""
    airports: frozenset[str]
    towns: dict[str, str]
    """Region code -> its town, folded."""


_cache: list[tuple[Facts, Catalogue]] = []


def catalogue(facts: Facts) -> Catalogue:
    """The codes of `facts`, prepared once for each object."""
    if not _cache or _cache[0][0] is not facts:
        _cache[:] = [(facts, _prepare(facts))]
    return _cache[0][1]


def _prepare(facts: Facts) -> Catalogue:
    rows = [r for p, regions in facts.regions.items() if p != "heroku" for r in regions.values()]
    return Catalogue(
        countries=_APART | {r.code: r.country.lower() for r in rows},
        glued={r.code: r.code for r in rows if r.provider == "azure"},
        airports=frozenset(r.code for r in rows if len(r.code) == 3),
        towns={r.code: fold(r.city) for r in rows},
    )


def mentions(text: Text, facts: Facts) -> list[Mention]:
    """Every place in the text, in order, the longest name where two overlap."""
    known = catalogue(facts)
    found = [*_codes(text, known), *_named(text)]
    found.sort(key=lambda m: (m.first, m.first - m.last, m.kind != "code"))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.first >= kept[-1].last:
            kept.append(msgspec.structs.replace(mention, town=known.towns.get(mention.code or "", "")))
    return kept


def _codes(text: Text, known: Catalogue) -> list[Mention]:
    found = []
    airports = _airports_meant(text, known)
    for i, token in enumerate(text.tokens):
        if token.kind == "code":
            found.append(_code(i, token.text, known))
        elif (
            token.kind == "word"
            and token.text in known.airports
            and (airports or token.text not in _SHORT_WORDS or _stands_as_code(text, i))
        ):
            found.append(
                Mention(Hit("code", token.text, i, i + 1), "code", known.countries[token.text], token.text)
            )
        elif token.kind == "word" and _short(token.text) in known.countries:
            code = _short(token.text)
            found.append(Mention(Hit("code", code, i, i + 1), "code", known.countries[code], code))
        elif token.kind == "word" and len(token.text) >= 6 and _azure(token.text, text, i, known):
            last, code = _azure(token.text, text, i, known) or (i + 1, "")
            found.append(Mention(Hit("code", code, i, last), "code", known.countries[code], code))
    return found


_SHORT_CODE = re.compile(r"(us|eu|ap|sa|ca|me|af)(ne|se|n|s|e|w|c)([1-9])")
_WAYS = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "c": "central",
    "ne": "northeast",
    "se": "southeast",
}


def _short(word: str) -> str:
    """`use1` -> `us-east-1`: how AWS's own bills shorten a code."""
    parts = _SHORT_CODE.fullmatch(word)
    return f"{parts[1]}-{_WAYS[parts[2]]}-{parts[3]}" if parts else ""


def _stands_as_code(text: Text, i: int) -> bool:
    """`mad` alone, `region: mad`, `MAD`: a code where a mood would not stand; `SEA` is more often South-East Asia."""
    token = text.tokens[i]
    before = text.tokens[i - 1].text if i else ""
    return (
        len(text.tokens) == 1
        or before in ("region", "regions", ":", "=")
        or (token.text not in _INSIDE and text.raw[token.start : token.end].isupper())
    )


def _azure(word: str, text: Text, i: int, known: Catalogue) -> tuple[int, str] | None:
    """`westeurope`, and `eastus2` which is two tokens."""
    if (
        i + 1 < len(text.tokens)
        and text.tokens[i + 1].kind == "number"
        and text.tokens[i + 1].tight
        and word + text.tokens[i + 1].text in known.glued
    ):
        return i + 2, word + text.tokens[i + 1].text
    return (i + 1, word) if word in known.glued else None


def _airports_meant(text: Text, known: Catalogue) -> bool:
    """Three-letter codes that are also words count beside Fly.io or beside another such code."""
    others = {t.text for t in text.tokens} & known.airports - _SHORT_WORDS
    return bool(others) or any(h.key == "fly" for h in text.of("platform"))


def _code(i: int, written: str, known: Catalogue) -> Mention:
    code = written if written in known.countries else written.rstrip("abcdef").rstrip("-")
    if code in known.countries:
        return Mention(Hit("code", code, i, i + 1), "code", known.countries[code], code)
    return Mention(
        Hit("code", written, i, i + 1), "code", _AREA_OF_PREFIX.get(written.split("-")[0]), None, known=False
    )


def _named(text: Text) -> list[Mention]:
    found = []
    for domain in ("city", "compass", "place", "area", "doubtful_place"):
        for hit in text.hits.get(domain, ()):
            if hit.weak and not _meant(text, hit):
                continue
            kind = "doubtful" if domain == "doubtful_place" else domain
            found.append(Mention(hit, kind, None if kind == "doubtful" else hit.key))
    return [*found, *_country_codes(text)]


def _country_codes(text: Text) -> list[Mention]:
    """`ZA users`, `NO customers`: the two letters of a country count beside the people there."""
    people = {h.first for h in text.cues("users")}
    return [
        Mention(Hit("place", token.text, i, i + 1), "place", token.text)
        for i, token in enumerate(text.tokens)
        if len(token.text) == 2
        and i + 1 in people
        and text.raw[token.start : token.end].isupper()
        and token.text in _countries()
    ]


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(
        n.key for ps in load().by_first.values() for _, ns in ps for n in ns if n.domain == "place"
    )


def _meant(text: Text, hit: Hit) -> bool:
    """`us` is a pronoun unless written in capitals or behind `in` or `the`; `SEA` likewise."""
    token = text.tokens[hit.first]
    written = text.raw[token.start : token.end]
    if written.isupper():
        return True
    before = text.tokens[hit.first - 1].text if hit.first else ""
    after = text.tokens[hit.last].text if hit.last < len(text.tokens) else ""
    if token.text != "us":
        return supported(text, hit)
    beside = after in (",", "+", "/", "&", "and") and any(
        h.first == hit.last + 1 for d in ("place", "area", "city", "compass") for h in text.hits.get(d, ())
    )
    return (
        before in ("in", "the", "within")
        or beside
        or after in ("only", "based", "region", "users", "customers")
        or len(text.tokens) == 1
    )


def inside(place: str | None, area: str | None) -> bool:
    """`place` is `area` itself or lies in it."""
    if place is None or area is None:
        return False
    return place == area or place in _INSIDE.get(area, ())


def compatible(a: Mention, b: Mention) -> bool:
    """Two names written together may be one place: a city and its code, a compass name and a city."""
    if a.kind == b.kind or "doubtful" in (a.kind, b.kind):
        return False
    return inside(a.where, b.where) or inside(b.where, a.where)


def nearest_codes(written: str, facts: Facts) -> tuple[str, ...]:
    """Known region codes that look like `written`, the nearest first."""
    return nearest(written, catalogue(facts).countries, 3)[:3]
