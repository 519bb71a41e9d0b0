"""Places that a text mentions in passing: `our partner bank in Paris`. Knows sentences; knows no catalogue."""

from __future__ import annotations

import itertools

from groundplan.readers._notes import Notes
from groundplan.readers._places import Mention, inside
from groundplan.readers._plain import PLAIN
from groundplan.readers._sites import Site
from groundplan.readers._words import words

_JOINING = words(
    "and und et y e plus & + / , the a an in at on to for with also as well another second third one region regions "
    "located while is are will be runs run serves serving hosted deployed from der die das la le el los en dans nach ours "
    "users customers traffic only then both other copy instance stack deployment site am liebsten preferably ideally "
    "idealerweise paired pair kept sync preference preferiblemente rather lieber bald soon"
)
_ROLES = (
    "main", "secondary", "failover", "users", "serves", "multi", "host", "and", "or", "then", "now", "future", "correction",
    "residency", "maybe", "neg",
)  # fmt: skip


def told_apart(notes: Notes, sites: list[Site], places: list[Mention]) -> tuple[list[Site], Site | None]:
    """The sites that the answer speaks of as such, and a city in passing that should be asked about."""
    if len(sites) < 2 or notes.text.cues("multi"):
        return sites, None
    if _concluded(notes, sites, places):
        for site in sites[:-1]:
            notes.remark("note", "`{}` was not taken as a region of this application", site.first, site.last)
        return sites[-1:], None
    kept, aside = [sites[0]], None
    for before, site in itertools.pairwise(sites):
        exact = {p.kind for p in site.parts} & {"city", "code"}
        stated = _is_stated(notes, before, site, places)
        if "code" in exact or stated or (exact and before.is_wide and inside(site.where, before.where)):
            kept.append(site)
            aside = aside or (None if stated or "code" not in exact else site)
            continue
        notes.remark("note", "`{}` was not taken as a region of this application", site.first, site.last)
        aside = aside or (site if exact else None)
    return kept, aside


def _concluded(notes: Notes, sites: list[Site], places: list[Mention]) -> bool:
    """`Colombo would be lovely but nobody has it. Singapore.`: a last sentence of one place, behind talk of others."""
    sentence = notes.scope.sentence
    last = sentence[sites[-1].first]
    if any(sentence[s.first] == last for s in sites[:-1]) or notes.text.cues("secondary", "failover"):
        return False
    talked = {sentence[s.first] for s in sites[:-1]}
    return not _words_beside(notes, places, {last}) and all(_words_beside(notes, places, {n}) for n in talked)


def _words_beside(notes: Notes, places: list[Mention], sentences: set[int]) -> bool:
    """The sentence says more than a place."""
    named = {i for p in places for i in range(p.first, p.last)}
    return any(
        t.kind == "word" and i not in named and t.text not in _THEN
        for i, t in enumerate(notes.text.tokens)
        if notes.scope.sentence[i] in sentences
    )


_THEN = words("then so thus it is please just only in the dann also alors donc entonces")


def _is_stated(notes: Notes, before: Site, site: Site, places: list[Mention]) -> bool:
    """It stands in a list with the one before, has a role beside it, or opens a sentence or a line."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence[site.first]
    start = before.last if notes.scope.sentence[before.first] == sentence else _opening(notes, site.first)
    if _is_told_of(notes, before, site) or _stands_apart(notes, before, site, places):
        return False
    if start == site.first or tokens[site.first - 1].text in "-*•|:" or _role_behind(notes, site):
        return True
    named = [*notes.text.cues(*_ROLES), *notes.text.of("platform")]
    spoken = [(h.first, h.last) for h in named] + [(p.first, p.last) for p in places]
    told = {i for first, last in spoken for i in range(first, last)}
    joining = _JOINING | PLAIN if any(p.kind == "code" for p in site.parts) else _JOINING
    return all(
        i in told or tokens[i].kind != "word" or tokens[i].text in joining for i in range(start, site.first)
    )


def _stands_apart(notes: Notes, before: Site, site: Site, places: list[Mention]) -> bool:
    """In a sentence of its own, without a role and without a word that joins it, behind another that says more."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    here, there = sentence[site.first], sentence[before.first]
    if here == there or any(tokens[i].kind == "line" for i in range(before.last, site.first)):
        return False
    said = [i for i in range(len(tokens)) if sentence[i] == here]
    joined = {tokens[i].text for i in said} & _JOINED
    roles = any(
        sentence[c.first] == here for c in notes.text.cues("main", "secondary", "failover", "production")
    )
    return not joined and not roles and _words_beside(notes, places, {there})


_JOINED = words(
    "and also plus second other another both und auch zweite et aussi deuxieme y tambien "
    "segunda for fur pour para too"
)


def _is_told_of(notes: Notes, before: Site, site: Site) -> bool:
    """`Paris is closest to the team` behind another place, `eu-west-1 → eu-central-1`: said of it, or a way taken."""
    tokens = notes.text.tokens
    between = {t.text for t in tokens[before.last : site.first]}
    if between & _ARROWS and not _role_behind(notes, site):
        return True
    behind = tokens[site.last].text if site.last < len(tokens) else ""
    said = {t.text for t in tokens[site.last + 1 : site.last + 4]}
    return behind in _TELLS and not _role_behind(notes, site) and not said & _SERVES


_ARROWS = words("→ -> =>")
_TELLS = words(
    "is was are has had costs cost isn't wasn't hasn't ist war hat kostet est etait a coute es era tiene cuesta"
)
_SERVES = words(
    "for the our primary main secondary second used only where fur pour para backup failover dr standby serving"
)


def _role_behind(notes: Notes, site: Site) -> bool:
    """`Singapore as DR`."""
    end = min(site.last + 4, len(notes.text.tokens))
    return notes.text.cue_between(site.last, end, "main", "secondary", "failover") is not None


def _opening(notes: Notes, i: int) -> int:
    while i and notes.scope.sentence[i - 1] == notes.scope.sentence[i]:
        i -= 1
    return i


def offered_instead(notes: Notes, sites: list[Site], maybe: list[Mention]) -> bool:
    """`us-east-1 or maybe eu-west-1`."""
    return any(
        0 <= m.first - s.last <= 4 and notes.text.cue_between(s.last, m.first, "or") is not None
        for s in sites
        for m in maybe
    )
