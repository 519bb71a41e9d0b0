"""Decide how a named thing is meant: chosen, rejected, planned, past, doubted, another's. Knows no question."""

from __future__ import annotations

import itertools
from typing import Literal

import msgspec

from groundplan.readers._governing import (
    comes_later,
    heading_of,
    in_a_list,
    post_rejection,
    questioned,
    was_once,
)
from groundplan.readers._scopes import Scopes
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._turns import (
    MOVES,
    excepted,
    likened,
    moved_to,
    on_condition,
    outweighed,
    own_their,
    passed_over,
    put_down,
    valued_no,
)
from groundplan.readers._words import words

Stance = Literal["chosen", "rejected", "planned", "past", "maybe", "other", "spoken", "retracted", "unclear"]

FUNCTION = words(
    "for and with in because w now then later instead or as is at to since unless until plus but also "
    "only if when über fur und mit pour et avec para y con too ok please maybe probably obviously "
    "anyway it's via on though where which so we from was were had has got won wins beat beats before"
)
_LEADS = words(
    "on with via using use in at from onto our through auf bei sur chez en con just only pick chose "
    "alert alerts notify notifies ping pings "
    "plus choose chosen nur is deploy host like prefer hosted than of by w mit avec usando and or the"
)
_PRODUCTS = words(
    "machines machine postgres redis apps app metrics dashboard logs volumes config platform hosting "
    "cloud region regions service deploy built channel channels secrets proxy launch postgresql "
    "workers vms pricing managed web chat stack"
)


class Meant(msgspec.Struct, frozen=True):
    hit: Hit
    stance: Stance
    cue: Hit | None = None
    """The words that made it so."""


def supported(text: Text, hit: Hit) -> bool:
    """An everyday word is a name where it is written or used like one: `on Fly`, `fly + neon`, `Render for the API`."""
    if not hit.weak:
        return True
    before = text.tokens[hit.first - 1] if hit.first else None
    after = text.tokens[hit.last] if hit.last < len(text.tokens) else None
    closed = after is None or after.kind not in ("word", "number") or after.text in FUNCTION
    if after is not None and after.text in _PRODUCTS:
        return True
    if any(c.first == hit.last for c in text.cues("decided_post")):
        return True
    opens = before is None or before.kind != "word"
    capital = text.raw[text.tokens[hit.first].start].isupper()
    if capital and not (before is None or before.kind in ("stop", "line")):
        return True
    return closed and (opens or (before is not None and before.text in _LEADS) or moved_to(text, hit))


def stances(text: Text, scope: Scopes, hits: list[Hit], third_party: bool = True) -> list[Meant]:
    """The stance of each of `hits`, which are in order and compete with each other for the cues around them."""
    found: list[Meant] = []
    for n, hit in enumerate(hits):
        before = hits[n - 1] if n and _same_sentence(scope, hits[n - 1], hit) else None
        meant = _own(text, scope, hits, n, third_party)
        if meant.stance == "chosen" and before is not None and found:
            meant = _inherited(text, scope, found[-1], hits, n)
        elif meant.stance == "chosen" and found and _goes_on(text, hits, n):
            meant = Meant(hit, found[-1].stance, found[-1].cue)
        found.append(meant)
    return _decided(text, _retract(text, _share_backwards(text, found)))


def _goes_on(text: Text, hits: list[Hit], n: int) -> bool:
    """`Goodbye to AWS. And to GCP.`: a sentence that only adds a name to the one before."""
    between = [t.text for t in text.tokens[hits[n - 1].last : hits[n].first]]
    return len(between) == 3 and between[0] == "." and between[1] in _ADDS and between[2] in _SAME_CASE


_ADDS = words("and nor or neither und noch et ni y")
_SAME_CASE = words("to from on of zu von bei a de en")


def _decided(text: Text, found: list[Meant]) -> list[Meant]:
    """`ECS vs EKS: ECS`: of two alternatives the one that is named again."""
    for a, b in itertools.pairwise(found):
        later = {m.hit.key for m in found if m.hit.first >= b.hit.last and m.stance == "chosen"}
        if not either(text, a.hit, b.hit) or a.hit.key == b.hit.key:
            continue
        gone = (
            a.hit
            if b.hit.key in later and a.hit.key not in later
            else b.hit
            if a.hit.key in later and b.hit.key not in later
            else None
        )
        if gone is not None:
            found = [Meant(gone, "rejected") if m.hit == gone else m for m in found]
    return found


def _same_sentence(scope: Scopes, a: Hit, b: Hit) -> bool:
    return scope.sentence[a.first] == scope.sentence[b.first]


def _own(text: Text, scope: Scopes, hits: list[Hit], n: int, third_party: bool) -> Meant:
    hit = hits[n]
    floor = _left_floor(scope, hits, n)
    negatives = [c for c in _left(text, scope, "neg", floor, hit, 6) if not excepted(text, c, hit)]
    past = (
        _left(text, scope, "past", floor, hit, 5)
        or was_once(text, scope, hit)
        or (_left_behind(text, scope, hits, n) if third_party else [])
    )
    if len(negatives) > 1 and not in_a_list(text, negatives[0].last, negatives[1].first):
        return Meant(hit, "unclear", negatives[0])
    if negatives and past:
        return Meant(hit, "chosen", negatives[0])
    if negatives:
        return Meant(hit, "rejected", negatives[-1])
    after = (
        post_rejection(text, scope, hits, n)
        or valued_no(text, hit)
        or put_down(text, hit)
        or passed_over(text, hits, n)
        or outweighed(text, hits, n)
    )
    if after:
        return Meant(hit, "rejected", after)
    if past:
        return Meant(hit, "past", past[-1])
    return _soft(text, scope, hits, n, third_party)


def _soft(text: Text, scope: Scopes, hits: list[Hit], n: int, third_party: bool) -> Meant:
    hit = hits[n]
    floor = _left_floor(scope, hits, n)
    compared = _left(text, scope, "compare", floor, hit, 3)
    if compared:
        return Meant(hit, "other", compared[0])
    if likened(text, hit):
        return Meant(hit, "other")
    other = _left(text, scope, "third_party", floor, hit, 12) if third_party and hit.key != "onprem" else []
    if other and own_their(text, scope, other[0]):
        other = []
    if other and not text.cue_between(other[0].last, hit.first, "self"):
        return Meant(hit, "other", other[0])
    future = comes_later(text, scope, hits, n) or heading_of(text, scope, hit)
    if future:
        return Meant(hit, "planned", future)
    concede = _left(text, scope, "concede", floor, hit, 6)
    if concede and len(hits) > 1:
        return Meant(hit, "rejected", concede[0])
    maybe = _left(text, scope, "maybe", floor, hit, 6)
    if maybe:
        return Meant(hit, "maybe", maybe[0])
    if questioned(text, scope, hit) or on_condition(text, scope, hit):
        return Meant(hit, "maybe")
    return Meant(hit, "chosen")


def _left_floor(scope: Scopes, hits: list[Hit], n: int) -> int:
    """First token that may speak about hit `n`: after the hit before it, inside its sentence."""
    hit = hits[n]
    floor = hit.first
    while floor and scope.sentence[floor - 1] == scope.sentence[hit.first]:
        floor -= 1
        if hit.first - floor > 40:
            break
    earlier = next((h for h in reversed(hits[:n]) if h.last <= hit.first), None)
    return max(floor, earlier.last if earlier else 0)


def _left(text: Text, scope: Scopes, key: str, floor: int, hit: Hit, reach: int) -> list[Hit]:
    """Cues of `key` before `hit` in the same clause, at most `reach` words away."""
    return [
        c
        for c in text.hits.get(f"cue.{key}", ())
        if floor <= c.first and c.last <= hit.first and hit.first - c.last <= reach
        and scope.clause[c.last - 1] == scope.clause[hit.first]
        and not text.cue_between(c.last, hit.first, "contrast")
    ]  # fmt: skip


def _left_behind(text: Text, scope: Scopes, hits: list[Hit], n: int) -> list[Hit]:
    """`to Fly from Render`, `from Heroku to AWS`."""
    hit = hits[n]
    if not hit.first or text.tokens[hit.first - 1].text not in ("from", "von", "desde", "off", "weg"):
        return []
    moved = any(
        t.text.startswith(MOVES)
        for i, t in enumerate(text.tokens)
        if scope.sentence[i] == scope.sentence[hit.first]
    )
    moved = moved or any(t.text in ("weg", "away") for t in text.tokens[hit.last : hit.last + 3])
    onward = n + 1 < len(hits) and text.tokens[hits[n + 1].first - 1].text in (
        "to",
        "zu",
        "nach",
        "a",
        "onto",
    )
    return [Hit("cue", "past", hit.first - 1, hit.first)] if moved or onward else []


def _inherited(text: Text, scope: Scopes, before: Meant, hits: list[Hit], n: int) -> Meant:
    """A name takes the stance of the one before it: in a list, or in brackets behind it."""
    hit, earlier = hits[n], before.hit
    bracket = scope.bracket[hit.first]
    if (
        bracket >= 0
        and scope.bracket[earlier.first] != bracket
        and earlier.last == bracket
        and before.stance in ("planned", "rejected", "past", "other")
    ):
        return Meant(hit, before.stance, before.cue)
    if bracket >= 0 and scope.bracket[earlier.first] == bracket and before.stance == "planned":
        return Meant(hit, before.stance, before.cue)
    if before.stance == "rejected" and earlier.last == hit.first and hit.domain == "need":
        return Meant(hit, before.stance, before.cue)
    if before.stance not in ("rejected", "maybe", "past", "other", "planned") or not in_a_list(
        text, earlier.last, hit.first
    ):
        return Meant(hit, "chosen")
    either = text.cue_between(earlier.last, hit.first, "or", "and") or "/" in [
        t.text for t in text.tokens[earlier.last : hit.first]
    ]
    if either or _list_ends(text, hits, n, before.stance):
        return Meant(hit, before.stance, before.cue)
    return Meant(hit, "chosen")


def _list_ends(text: Text, hits: list[Hit], n: int, stance: Stance) -> bool:
    """The list goes on to an `or`; to an `and` where it tells what was looked at: `considered GCP, Azure and Fly`."""
    keys = ("or", "and") if stance in ("past", "other") else ("or",)
    for a, b in zip(hits[n:], hits[n + 1 :], strict=False):
        if not in_a_list(text, a.last, b.first):
            return False
        if text.cue_between(a.last, b.first, *keys):
            return True
    return False


def _share_backwards(text: Text, found: list[Meant]) -> list[Meant]:
    """`Heroku and Render are too expensive` rejects both."""
    for n in range(len(found) - 2, -1, -1):
        a, b = found[n], found[n + 1]
        if a.stance == "chosen" and b.stance in ("rejected", "past") and _said_of_both(a, b):
            found[n] = Meant(a.hit, b.stance, b.cue)
            continue
        link = text.cue_between(a.hit.last, b.hit.first, "or", "and")
        trailing = b.cue is not None and b.cue.first >= b.hit.last
        if (
            a.stance == "chosen"
            and b.stance == "rejected"
            and trailing
            and link
            and in_a_list(text, a.hit.last, b.hit.first)
        ):
            singular = (
                text.tokens[b.hit.last].text in ("is", "was", "ist", "est", "es")
                if b.hit.last < len(text.tokens)
                else False
            )
            if not singular:
                found[n] = Meant(a.hit, "rejected", b.cue)
    return found


def _said_of_both(a: Meant, b: Meant) -> bool:
    """`CloudFormation by hand was painful`: two names side by side, and the words behind them."""
    return a.hit.last == b.hit.first and b.cue is not None and b.cue.first >= b.hit.last


def _retract(text: Text, found: list[Meant]) -> list[Meant]:
    """`AWS, no wait, GCP`: what stands before a correction is taken back."""
    for cue in text.cues("correction"):
        starts = cue.first == 0 or text.tokens[cue.first - 1].kind != "word"
        after = [m for m in found if m.hit.first >= cue.last]
        if starts and after and after[0].hit.first - cue.last <= 6 and after[0].stance in ("chosen", "maybe"):
            found = [m if m.hit.first >= cue.last else Meant(m.hit, "retracted", cue) for m in found]
    return found


def either(text: Text, a: Hit, b: Hit) -> bool:
    """Two names are offered as alternatives: `Fly or AWS`, `Fly vs AWS`."""
    return text.cue_between(a.last, b.first, "or") is not None and b.first - a.last <= 8
