"""Decide what a place is said for: to run there, its users, its law, its team. Knows no catalogue."""

from __future__ import annotations

from typing import Literal

from groundplan.readers._conditions import (
    asked,
    conditional,
    example,
    fails,
    if_not,
    is_if,
    of_somebody,
    wished_by_others,
)
from groundplan.readers._environments import on_trial
from groundplan.readers._governing import in_a_list
from groundplan.readers._notes import Notes
from groundplan.readers._place_others import copies_go, of_a_store, of_another_thing
from groundplan.readers._place_people import about_people
from groundplan.readers._places import Mention
from groundplan.readers._stance import Meant, Stance, stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

Role = Literal[
    "region",
    "users",
    "residency",
    "team",
    "planned",
    "rejected",
    "past",
    "retracted",
    "other",
    "maybe",
    "copies",
]
_ABOUT = frozenset(("data about", "about", "exports to", "imports from", "shipping to", "trade with"))


def roles(notes: Notes, found: list[Mention]) -> list[tuple[Mention, Role]]:
    """The role of each place, in order; a list of places shares the role of its first."""
    meant = stances(notes.text, notes.scope, [m.hit for m in found], third_party=False)
    result: list[tuple[Mention, Role]] = []
    for n, (place, m) in enumerate(zip(found, meant, strict=True)):
        role = _role(notes, found, n, "chosen" if _when_it_fails(notes, m) else m.stance)
        if m.cue is not None and role not in ("region", "users", "residency", "team"):
            notes.use(m.cue.first, m.cue.last)
        if (
            role == "region"
            and result
            and _shares(notes, result[-1], place)
            and not _for_another(notes, found, n)
        ):
            role = result[-1][1]
        if role == "region" and result and _concludes(notes, result[-1][0], place):
            result = [(p, "other" if r == "region" and p.kind != "code" else r) for p, r in result]
        result.append((place, role))
    return _unsettled(notes, [_with_served(notes, result, n) for n in range(len(result))])


def _when_it_fails(notes: Notes, m: Meant) -> bool:
    """`if that's gone, us-east-1 wakes up`: a condition that failover is for dates nothing."""
    return (
        m.stance == "planned"
        and m.cue is not None
        and is_if(notes, m.cue.first)
        and fails(notes, m.cue.first)
    )


def _unsettled(notes: Notes, result: list[tuple[Mention, Role]]) -> list[tuple[Mention, Role]]:
    """What is asked, given as an example, or said on a condition runs nothing yet."""
    held = [r == "region" and conditional(notes, p.first, p.last) for p, r in result]
    told = [
        r == "region" and any(f(notes, p.first) for f in (of_somebody, wished_by_others, on_trial))
        for p, r in result
    ]
    near = [r == "region" and _measured_from(notes, p) for p, r in result]
    left = [r == "region" and n > 0 and _excepted(notes, p) for n, (p, r) in enumerate(result)]
    told = [t or x for t, x in zip(told, left, strict=True)]
    firm = [not (h or t or n) for h, t, n in zip(held, told, near, strict=True)]
    sure = any(r == "region" and f for (_, r), f in zip(result, firm, strict=True))
    later: list[tuple[Mention, Role]] = []
    for n, ((place, role), on_condition) in enumerate(zip(result, held, strict=True)):
        if role == "region" and (last_word := _last_word(place, result[n + 1 :])) is not None:
            role = last_word
        elif on_condition and if_not(notes, place.last):
            role = "region"
        elif on_condition:
            role = "planned" if sure else "maybe"
        elif told[n] or near[n]:
            role = "other" if sure else "maybe"
        elif role == "region" and _moved_to_later(notes, place, later):
            role = "planned"
        elif role == "region" and (
            asked(notes, place.first) or example(notes, place.first) or _guessed(notes, place.first)
        ):
            role = "maybe"
        elif role == "users" and conditional(notes, place.first, place.first):
            role = "planned"
        later.append((place, role))
    return later


def _excepted(notes: Notes, place: Mention) -> bool:
    """`all in Ireland except the analytics bucket, that one's in Virginia`: where something lies that is left out."""
    sentence, tokens = notes.scope.sentence, notes.text.tokens
    return any(
        tokens[i].text in _EXCEPT and sentence[i] == sentence[place.first]
        for i in range(max(0, place.first - 12), place.first - 2)
    )


_EXCEPT = words("except excepting excluding ausser sauf excepto")


def _guessed(notes: Notes, first: int) -> bool:
    """`no idea, probably iad`, `ask whether the US is fine`: nobody knows."""
    clause = notes.scope.clause
    wondered = any(
        notes.text.tokens[i].text in _WHETHER and clause[i] == clause[first]
        for i in range(max(0, first - 8), first)
    )
    unknown = any(h.key == "unknown" for h in notes.text.of("status"))
    return wondered or (unknown and notes.text.cue_between(max(0, first - 4), first, "probably") is not None)


_WHETHER = words("whether ob")


def _measured_from(notes: Notes, place: Mention) -> bool:
    """`closest to Vienna that AWS has`: where something is measured from, unless a region there was asked for."""
    if place.kind == "code" or notes.text.cues("single"):
        return False
    before = [
        t.text for t in notes.text.tokens[max(0, place.first - 4) : place.first] if t.text not in _ARTICLES
    ]
    return tuple(before[-2:]) in _MEASURES or tuple(before[-3:]) in _AS_NEAR


_AS_NEAR = frozenset(("as", near, "to") for near in ("near", "close"))
_ARTICLES = words("the our all of most der die den la le el")
_MEASURES = frozenset(
    (how, to)
    for how, to in (
        *((h, t) for h in ("closest", "nearest", "latency", "ping", "best") for t in ("to", "from", "for", "in")),
        ("proche", "de"), ("cerca", "de"), ("cercano", "a"), ("cercana", "a"), ("nachsten", "an"), ("nachsten", "bei"),
    )
)  # fmt: skip


def _concludes(notes: Notes, before: Mention, place: Mention) -> bool:
    """`nearest to Vienna, so Frankfurt`: the place behind `so` is the one that the others lead to."""
    said = [t.text for t in notes.text.tokens[before.last : place.first]]
    return len(said) <= 6 and bool(_SO.intersection(said)) and not _OR.intersection(said)


_OR = words("or oder ou o")
_SO = words("so entonces alors hence therefore thus daher deshalb donc")


def _with_served(notes: Notes, result: list[tuple[Mention, Role]], n: int) -> tuple[Mention, Role]:
    """`Auckland for New Zealand later`: a place is planned with those that it serves."""
    place, role = result[n]
    if role != "region" or n + 1 == len(result) or result[n + 1][1] not in ("planned", "users"):
        return place, role
    after = result[n + 1]
    if after[1] == "users":
        pair = (
            place.kind in ("place", "area")
            and after[0].kind in ("place", "area")
            and in_a_list(notes.text, place.last, after[0].first)
        )
        adjective = any(0 <= c.first - after[0].last <= 2 for c in notes.text.cues("users"))
        return place, "users" if pair and adjective else role
    between = [t.text for t in notes.text.tokens[place.last : result[n + 1][0].first]]
    return place, "planned" if between[:1] == ["for"] and len(between) <= 2 else role


def _for_another(notes: Notes, found: list[Mention], n: int) -> bool:
    """`US for the Americans, EU for the Europeans`: each serves the one behind it."""
    if n + 1 == len(found):
        return False
    between = [t.text for t in notes.text.tokens[found[n].last : found[n + 1].first]]
    return between[:1] in (["for"], ["fur"], ["pour"], ["para"]) and len(between) <= 3


def _shares(notes: Notes, before: tuple[Mention, Role], place: Mention) -> bool:
    between = [t.text for t in notes.text.tokens[before[0].last : place.first]]
    if before[1] == "users" and len(between) <= 5 and ";" not in between and "rest" in between:
        return True
    same_sort = (before[0].kind == "city") == (place.kind == "city")
    if not same_sort or before[1] not in ("users", "team", "other") or len(between) > 6:
        return False
    return all(
        t.text
        in (
            "%",
            ",",
            "/",
            "+",
            "&",
            "and",
            "und",
            "et",
            "y",
            "the",
            "or",
            "about",
            "some",
            "in",
            "few",
            "most",
            "many",
            "others",
            "mostly",
            "handful",
            "half",
            "third",
            "quarter",
            "a",
            "from",
        )
        or t.kind == "number"
        for t in notes.text.tokens[before[0].last : place.first]
    )


def _role(notes: Notes, found: list[Mention], n: int, stance: Stance) -> Role:
    place = found[n]
    cue = _nearest(notes, found, n, "residency")
    if (
        cue is not None
        and place.kind in ("place", "area", "compass", "city")
        and not notes.text.cue_between(0, len(notes.text.tokens), "residency_off")
    ):
        notes.use(cue.first, cue.last)
        _use_negations(notes, place)
        return "residency"
    if stance != "chosen" and stance != "unclear" and stance != "spoken":
        return stance
    if _is_said_about(notes, place):
        return "other"
    if place.kind != "code" and (about_people(notes, found, n, "users") or _names_people(notes, place)):
        return "users"
    if place.kind != "code" and about_people(notes, found, n, "people_here"):
        return "team"
    if (
        place.kind in ("area", "place")
        and place.where != "global"
        and len(found) > 1
        and _serves(notes, found, n)
    ):
        return "users"
    if of_another_thing(notes, place, alone=len(found) == 1):
        return "other"
    clause = notes.scope.clause[place.first]
    if any(notes.scope.clause[c.first] == clause and c.last <= place.first for c in notes.text.cues("about")):
        return "other"
    if len(found) > 1 and (copies_go(notes, place) or of_a_store(notes, place)):
        return "copies"
    return "region"


def _moved_to_later(notes: Notes, place: Mention, before: list[tuple[Mention, Role]]) -> bool:
    """`eu-west-1 # change to eu-central-1`: where it moves to, beside where it runs."""
    words_before = [t.text for t in notes.text.tokens[max(0, place.first - 3) : place.first]]
    moves = words_before[-1:] in (["to"], ["nach"], ["zu"], ["vers"], ["a"]) and any(
        w.startswith(_MOVES) for w in words_before
    )
    return moves and any(r == "region" for _, r in before)


_MOVES = (
    "mov",
    "migrat",
    "switch",
    "chang",
    "relocat",
    "umzieh",
    "umzug",
    "wechsel",
    "migr",
    "demenag",
    "pass",
    "mudar",
)


def _last_word(place: Mention, later: list[tuple[Mention, Role]]) -> Role | None:
    """`they complained about London latency so we dropped London`: what is said of it last."""
    again = [r for p, r in later if p.hit.key == place.hit.key and p.kind == place.kind != "area"]
    return again[-1] if again and again[-1] in ("rejected", "past", "retracted") else None


def _use_negations(notes: Notes, place: Mention) -> None:
    clause = notes.scope.clause[place.first]
    notes.use_hits(
        h
        for h in notes.text.cues("neg")
        if notes.scope.clause[h.first] == clause and abs(h.first - place.first) <= 6
    )


def _nearest(notes: Notes, found: list[Mention], n: int, key: str) -> Hit | None:
    """A cue in the place's clause with no other place between."""
    place = found[n]
    for cue in notes.text.cues(key):
        if notes.scope.clause[cue.first] != notes.scope.clause[place.first] and [
            t.text for t in notes.text.tokens[cue.last : place.first]
        ] != [":"]:
            continue
        if notes.text.tokens[cue.first].text == "soil" and not _stands_on(notes, cue.first):
            continue
        low, high = min(cue.last, place.last), max(cue.first, place.first)
        if high - low <= 6 and not any(low <= o.first < high and o is not place for o in found):
            return cue
    return None


def _stands_on(notes: Notes, i: int) -> bool:
    """`on French soil`; in `moved off US soil` nothing has to stay."""
    return "on" in [t.text for t in notes.text.tokens[max(0, i - 3) : i]]


def _is_said_about(notes: Notes, place: Mention) -> bool:
    """`data about US patients`; in `we sell in France` the people of the place are meant."""
    return "about" in [t.text for t in notes.text.tokens[max(0, place.first - 3) : place.first]]


def _has_a_share(notes: Notes, place: Mention) -> bool:
    """`60 % Poland`, `half from Chile`: a share of the people."""
    before = [t.text for t in notes.text.tokens[max(0, place.first - 3) : place.first] if t.text not in _OF]
    return before[-1:] == ["%"]


_OF = words("of from in are is the aus de des en")


def _names_people(notes: Notes, place: Mention) -> bool:
    """`Brazilians`, `Germans`: the people of a place."""
    word = notes.text.tokens[place.first].text
    named = place.last - place.first == 1 and place.kind in ("place", "area") and word.endswith(_PEOPLE)
    return named or _has_a_share(notes, place)


_PEOPLE = ("ians", "icans", "mans", "eans", "aussies", "brits", "iards", "landers")


def _serves(notes: Notes, found: list[Mention], n: int) -> bool:
    """`Singapore for the whole of SEA`, `to serve Canada`."""
    place, text = found[n], notes.text
    if text.cue_between(max(0, place.first - 4), place.first, "serves"):
        return True
    before = [t.text for t in text.tokens[max(0, place.first - 2) : place.first]]
    if before[:1] and before[0] in _SETTLED:
        return False
    return bool(n) and bool(before) and (before[-1] == "for" or before == ["for", "the"])


_SETTLED = words("settled opted went go going voted plumped decided settle opt")
