"""Read where an application runs geographically, where its users are, and what law binds its data."""

from __future__ import annotations

from typing import Literal

import msgspec

from groundplan.model.decision import NamedPlace, Reading, Regions
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._asides import offered_instead, told_apart
from groundplan.readers._joined import MORE, most_exact, sites_of
from groundplan.readers._notes import Notes, RemarkKind, finish, too_long
from groundplan.readers._place_roles import Role, roles
from groundplan.readers._places import Mention, inside, mentions
from groundplan.readers._sites import Doubts, Site, contradicts, is_open, region_status
from groundplan.readers._stance import stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

Topology = Literal["single", "multi", "global"]
_AREAS = {"dach": ("de", "at", "ch")}
_LAW_AREAS = {"gb": "uk"}


def read(question: Question | None, text: str, facts: Facts) -> Reading:
    """Read `text` as an answer to the regions question."""
    notes = Notes("" if too_long(text) else text)
    found = roles(notes, mentions(notes.text, facts))
    doubtful = [m for m, r in found if m.kind == "doubtful" and r in ("region", "maybe")]
    sites = sites_of(
        notes, [m for m, r in found if r == "region" and m.kind != "doubtful" and m.where != "global"]
    )
    apart = contradicts(notes, sites)
    sites, aside = (sites, None) if apart else told_apart(notes, sites, [m for m, _ in found])
    bound = [m for m, r in found if r == "residency"]
    exact = [
        m
        for m in bound
        if not sites or any(inside(m.where, s.where) and m.where != s.where and s.is_wide for s in sites)
    ]
    sites = [*sites, *sites_of(notes, [m for m in exact if m.where != "global"])]
    maybe = [m for m, r in found if r == "maybe" and m.kind != "doubtful"]
    exacter = all(s.is_wide for s in sites) and any(m.kind in ("code", "city") for m in maybe)
    unsure = bool(maybe) and (not sites or exacter or offered_instead(notes, sites, maybe))
    sure = len(sites)
    sites = sites or sites_of(notes, maybe)
    sites = most_exact(notes, sites)
    planned = next((m for m, r in found if r == "planned" and m.kind != "doubtful"), None)
    value = _value(notes, found, sites, bound)
    _remarks(notes, found)
    if apart or (unsure and sure == 0):
        value = msgspec.structs.replace(value, topology=None, primary=None)
    elif aside is not None:
        value = msgspec.structs.replace(
            value,
            topology=None if value.topology == "multi" else value.topology,
            primary=value.primary if sites[0].code else None,
        )
    excluded = next(
        (
            m
            for m, r in found
            if r == "rejected" and any(s.is_wide and inside(m.where, s.where) for s in sites)
        ),
        None,
    )
    status = region_status(
        notes, value, sites, Doubts(tuple(doubtful), unsure, apart, aside, planned, excluded), facts
    )
    return finish(notes, question.key if question else "regions", value, status)


def _value(
    notes: Notes, found: list[tuple[Mention, Role]], sites: list[Site], bound: list[Mention]
) -> Regions:
    places = tuple(_place(notes, n, s) for n, s in enumerate(sites))
    topology = _topology(notes, found, sites)
    return Regions(
        topology=topology,
        regions=places,
        primary=_primary(notes, sites, places),
        residency=_residency(notes, bound, sites),
        failover=_failover(notes, sites),
        users=_users(notes, found),
    )


def _place(notes: Notes, n: int, site: Site) -> NamedPlace:
    notes.take(f"regions.{n}", site.first, site.last)
    for first, last in site.again:
        notes.use(first, last)
    return NamedPlace(notes.text.quote(site.first, site.last)[2], site.where, site.code)


def _topology(notes: Notes, found: list[tuple[Mention, Role]], sites: list[Site]) -> Topology | None:
    text = notes.text
    whole = [m for m, r in found if m.where == "global" and r == "region"]
    if whole and not sites:
        notes.take_hit("topology", whole[0].hit)
        notes.use_hits(text.cues("multi"))
        return "global"
    said = {k for k in ("single", "multi") if text.cues(k)}
    if len(said) == 2 and not sites:
        notes.doubt("topology")
        return None
    for cues, name in (
        (text.cues("failover_off"), "single"),
        (text.cues("single"), "single"),
        (text.cues("multi"), "multi"),
    ):
        plain = [c for c in cues if not _denied(notes, c)]
        if (
            plain
            and not (name == "single" and len(sites) > 1)
            and not (name == "multi" and text.cues("failover_off", "single"))
        ):
            notes.take_hit("topology", plain[0])
            if name == "multi" and len(sites) == 1:
                notes.doubt(
                    "topology", "several regions were named as a wish, and one by name: which are the others?"
                )
            return name  # type: ignore[return-value]  # one of the literals above
    spread = text.cues("everywhere")
    if (whole or spread) and len(sites) != 1:
        notes.take_hit("topology", whole[0].hit if whole else spread[0])
        return "global"
    if not sites or is_open(notes, sites):
        return None
    for site in sites:
        notes.take("topology", site.first, site.last, "inferred")
    return "single" if len(sites) == 1 else "multi"


def _denied(notes: Notes, cue: Hit) -> bool:
    """`no multi-region`, `multi-region is a non-goal`, `two regions eventually`."""
    text = notes.text
    before = [t.text for t in text.tokens[max(0, cue.first - 2) : cue.first]]
    if text.cue_between(max(0, cue.first - 3), cue.first, "neg", "future") or before == ["one", "of"]:
        return True
    behind = (*text.cues("neg_post"), *text.cues("future"))
    return any(
        0 <= h.first - cue.last <= 2 and notes.scope.clause[h.first] == notes.scope.clause[cue.first]
        for h in behind
    )


def _primary(notes: Notes, sites: list[Site], places: tuple[NamedPlace, ...]) -> str | None:
    if len(sites) == 1:
        notes.take("primary", sites[0].first, sites[0].last, "inferred")
        return places[0].text
    marked = [n for n, s in enumerate(sites) if _beside(notes, s, "main")]
    backup = [
        n for n, s in enumerate(sites) if _beside(notes, s, "secondary") or _beside(notes, s, "failover")
    ]
    backup = [n for n in range(len(sites)) if n in backup or _goes_on(notes, sites, n, backup)]
    rest = marked if len(marked) == 1 else [n for n in range(len(sites)) if n not in backup]
    if len(rest) == 1 and (marked or backup):
        notes.take("primary", sites[rest[0]].first, sites[rest[0]].last)
        return places[rest[0]].text
    return None


def _goes_on(notes: Notes, sites: list[Site], n: int, backup: list[int]) -> bool:
    """`read replicas in fra and syd`: a list goes on in the role of its first."""
    if (
        n == 0
        or n - 1 not in backup
        or notes.scope.sentence[sites[n].first] != notes.scope.sentence[sites[n - 1].first]
    ):
        return False
    return {t.text for t in notes.text.tokens[sites[n - 1].last : sites[n].first]} <= MORE


def _beside(notes: Notes, site: Site, key: str) -> bool:
    """`primary: us-east-1`, `us-east-1 (primary)`: the cue belongs to the nearest place."""
    return any(
        _marks(notes, cue, first, last)
        for cue in notes.text.cues(key)
        for first, last in ((site.first, site.last), *site.again)
    )


def _of_a_pattern(notes: Notes, cue: Hit) -> bool:
    """`active/passive: …` names the pattern and marks no place."""
    return any(h.first <= cue.first and cue.last <= h.last and h != cue for h in notes.text.cues("multi"))


_REACH = {"is": 3, "=": 3, ":": 3}
"""Tokens between a place and its role: `centralus is the paired DR`; elsewhere two."""
_PARTING = words(", and + if when once wenn falls si quand")


def _marks(notes: Notes, cue: Hit, first: int, last: int) -> bool:
    if notes.scope.sentence[cue.first] == notes.scope.sentence[first] and not _of_a_pattern(notes, cue):
        before = first - cue.last
        behind = cue.first - last
        between = [t.text for t in notes.text.tokens[cue.last : first]]
        if 0 <= before <= 3 and not _PARTING.intersection(between):
            notes.use(cue.first, cue.last)
            return True
        opens = notes.text.tokens[last].text if last < len(notes.text.tokens) else ""
        if behind == 0 or (
            0 <= behind <= _REACH.get(opens, 2)
            and opens
            in ("(", "is", "as", "=", ":", "for", "-", "–", "|", "nur", "als", "en", "como", "only", "just")
        ):
            notes.use(cue.first, cue.last)
            return True
    return False


def _residency(notes: Notes, bound: list[Mention], sites: list[Site]) -> tuple[str, ...]:
    text = notes.text
    names: list[str] = []
    off = text.cues("residency_off")
    for m in stances(text, notes.scope, text.of("law"), third_party=False):
        law = m.hit
        declined = [
            c
            for c in off
            if c.first - law.last <= 4
            and law.first - c.last <= 4
            and notes.scope.sentence[c.first] == notes.scope.sentence[law.first]
        ]
        if m.stance == "planned":
            notes.meant([m])
            continue
        if declined or m.stance in ("rejected", "past"):
            notes.use_hits([*declined, *([m.cue] if m.cue else [])])
            notes.remark("rejected", "`{}` is taken as not required", law.first, law.last)
            continue
        if law.key not in names:
            names.append(law.key)
        notes.take_hit(f"residency.{names.index(law.key)}", law)
    for place in bound:
        name = _LAW_AREAS.get(place.where or "", place.where or "")
        if name and name not in names:
            names.append(name)
        notes.take_hit(f"residency.{names.index(name)}", place.hit)
    notes.use_hits(off)
    return (*names, *_in_country(notes, sites, names))


def _in_country(notes: Notes, sites: list[Site], names: list[str]) -> tuple[str, ...]:
    """`the data stays in-country`: the country of the one place."""
    cue = next(
        (c for c in notes.text.cues("residency") if _says_country(notes, c) and _keeps(notes, c)), None
    )
    wheres = {s.where for s in sites if s.where}
    if cue is None or len(wheres) != 1:
        return ()
    where = wheres.pop()
    name = _LAW_AREAS.get(where, where)
    if name in names:
        return ()
    notes.take_hit(f"residency.{len(names)}", cue)
    return (name,)


def _keeps(notes: Notes, cue: Hit) -> bool:
    """`the data stays in the country`; in `there is no region in the country` nothing is kept."""
    sentence = notes.scope.sentence
    said = {t.text for i, t in enumerate(notes.text.tokens) if sentence[i] == sentence[cue.first]}
    return not said & _OF_A_MARKET or bool(said & _KEPT)


_OF_A_MARKET = words("region regions provider providers there's")
_KEPT = words("data stay stays keep keeps kept remain remains stored must daten bleiben donnees datos rester")


def _says_country(notes: Notes, cue: Hit) -> bool:
    return any(t.text in ("country", "land", "pays", "pais") for t in notes.text.tokens[cue.first : cue.last])


_NO_TAKEOVER = ("replica", "lesereplika", "readreplica", "alternative")


def _failover(notes: Notes, sites: list[Site]) -> bool | None:
    off = notes.text.cues("failover_off")
    if off:
        notes.take_hit("failover", off[0])
        notes.use_hits(off)
        return False
    for cue in notes.text.cues("failover", "secondary"):
        if any(t.text.startswith(_NO_TAKEOVER) for t in notes.text.tokens[cue.first : cue.last]):
            continue
        negative = notes.text.cue_between(max(0, cue.first - 3), cue.first, "neg")
        if negative:
            notes.take("failover", negative.first, cue.last)
            return False
        if len(sites) > 1 and not notes.text.cue_between(
            max(0, cue.first - 4), min(len(notes.text.tokens), cue.last + 6), "future"
        ):
            notes.take_hit("failover", cue)
            return True
    return None


def _users(notes: Notes, found: list[tuple[Mention, Role]]) -> tuple[str, ...]:
    names: list[str] = []
    for place, role in found:
        if role == "users" and place.where:
            for name in _AREAS.get(place.where, (place.where,)):
                if name not in names:
                    names.append(name)
                notes.take_hit(f"users.{names.index(name)}", place.hit)
    return tuple(names)


_ROLE_REMARKS: dict[str, tuple[RemarkKind, str]] = {
    "team": ("note", "`{}` is where people work; it was not taken as a region"),
    "planned": ("planned", "`{}` is taken as a plan for later"),
    "rejected": ("rejected", "`{}` is taken as not wanted"),
    "past": ("rejected", "`{}` is taken as the past"),
    "retracted": ("note", "`{}` was taken back by the words after it"),
    "copies": ("note", "`{}` is where other data lies; it was not taken as a region"),
    "other": ("note", "`{}` was not taken as a region of this application"),
    "maybe": ("note", "`{}` is taken as a possibility only"),
}


def _remarks(notes: Notes, found: list[tuple[Mention, Role]]) -> None:
    for place, role in found:
        if role in _ROLE_REMARKS and not notes.is_used(place.first, place.last):
            kind, saying = _ROLE_REMARKS[role]
            notes.remark(kind, saying, place.first, place.last)


READER = Reader(
    key="regions",
    titles=("regions availability", "regions", "region", "availability", "geography", "locations"),
    value=Regions,
    read=read,
)
