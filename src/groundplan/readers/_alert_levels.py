"""Tie levels to what is watched: `CPU above 80 %`. Knows conditions and numbers; not who is told."""

from __future__ import annotations

import msgspec

from groundplan.readers._environments import on_trial
from groundplan.readers._governing import in_a_list
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words


class Pair(msgspec.Struct, frozen=True):
    condition: Hit
    quantity: Quantity | None


def extent_of(pair: Pair) -> tuple[int, int]:
    hit, q = pair.condition, pair.quantity
    return (min(hit.first, q.first), max(hit.last, q.last)) if q else (hit.first, hit.last)


def with_thresholds(notes: Notes, conditions: list[Hit], amounts: list[Quantity]) -> list[Pair]:
    pairs: list[Pair] = []
    last: list[Hit] = []
    for n, q in enumerate(amounts):
        if q.kind not in ("percent", "duration", "rate", "plain", "thing", "memory") or notes.is_used(
            q.first, q.last
        ):
            continue
        near = _beside(notes, conditions, amounts, n)
        if near and _is_a_goal(notes, q):
            notes.remark("note", "`{}` is taken as a goal, not as a level to alert at", q.first, q.last)
            continue
        if (
            not near
            and q.kind == "percent"
            and last
            and (
                _continues(notes, amounts, n) or on_trial(notes, last[0].last - 1) != on_trial(notes, q.first)
            )
        ):
            near = last
        if near:
            pairs.extend(Pair(c, q) for c in near)
            notes.use(q.first, q.last)
            last = near
        elif q.kind == "percent" and _alert_sentence(notes, q):
            said = notes.words(q.first, q.last)
            notes.doubt(
                "alert_triggers",
                f"{said} of what?",
                ("CPU", _sets("cpu", q)),
                ("memory", _sets("memory", q)),
                ("disk", _sets("disk", q)),
            )
            notes.use(q.first, q.last)
        elif q.kind == "plain" and conditions and _like_a_level(notes, q):
            said = notes.words(q.first, q.last)
            notes.doubt(
                "alert_triggers", f"“{said}”: is it a level at which to alert?", ("no, leave it out", {})
            )
    return [*pairs, *_same_as_before(notes, pairs)]


def _is_a_goal(notes: Notes, q: Quantity) -> bool:
    """`p95 under 300 ms is our target`: what should hold; an alert is for when it does not."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    under = {t.text for t in tokens[max(0, q.first - 2) : q.first]} & _UNDER
    said = {
        tokens[i].text
        for i in range(max(0, q.first - 8), min(q.last + 6, len(tokens)))
        if sentence[i] == sentence[q.first]
    }
    return bool(under) and bool(said & _GOALS)


_UNDER = words("under below < <= than unter sous bajo within")


_GOALS = words(
    "target targets goal goals slo sla objective aim aims aiming ziel ziele objectif objetivo promise promised"
)


def _like_a_level(notes: Notes, q: Quantity) -> bool:
    """A bare number behind a comparison, with nothing counted behind it."""
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    return q.high >= 20 and before in _COMPARED


_COMPARED = words("> >= < <= under below above over at exceeds hits reaches than")


def _sets(condition: str, q: Quantity) -> dict[str, object]:
    return {"alert_triggers": [{"condition": condition, "threshold": str(q.high), "unit": "%"}]}


def _beside(notes: Notes, conditions: list[Hit], amounts: list[Quantity], n: int) -> list[Hit]:
    """The condition before the value in its clause, or right behind it; listed conditions share one value."""
    q = amounts[n]
    floor = max(
        (
            a.last
            for a in amounts[:n]
            if a.kind == q.kind and notes.scope.sentence[a.first] == notes.scope.sentence[q.first]
        ),
        default=0,
    )
    usable = [c for c in conditions if _fits(c, q)]
    left = [
        c
        for c in usable
        if floor <= c.first
        and c.last <= q.first
        and q.first - c.last <= 7
        and notes.scope.sentence[c.first] == notes.scope.sentence[q.first]
        and not _cut(notes, c.last, q.first)
    ]
    right = [c for c in usable if q.last <= c.first <= q.last + 2 and not _cut(notes, q.last, c.first)]
    if q.kind == "duration" and not any(c.key in ("latency", "queue") for c in [*left, *right]):
        return []
    level = [c for c in left if _level(notes, c, q)]
    if q.kind in ("plain", "thing", "rate", "memory") and not _compared(notes, q):
        return level[-1:]
    if right and (not left or q.first - left[-1].last > 3):
        return [right[0]]
    group = left[-1:]
    for c in reversed(left[:-1]):
        if in_a_list(notes.text, c.last, group[0].first):
            group.insert(0, c)
    return group


def _level(notes: Notes, condition: Hit, q: Quantity) -> bool:
    """`cpu 85`: a number right behind what is counted in percent."""
    behind = notes.text.tokens[q.last].text if q.last < len(notes.text.tokens) else ""
    counted = condition.key in COUNTED_IN_PERCENT and (condition.last == q.first or behind in _FILLED)
    return counted and q.kind == "plain" and 20 <= q.high <= 100 and not notes.is_used(q.first, q.last)


_FILLED = words("full used voll belegt plein pleine lleno llena")


def _fits(condition: Hit, q: Quantity) -> bool:
    if q.kind == "percent":
        return condition.key in ("cpu", "memory", "disk", "error_rate")
    if q.kind == "duration":
        return condition.key in ("latency", "queue")
    if q.kind == "memory":
        return condition.key in ("memory", "disk")
    if q.kind in ("rate", "thing"):
        return condition.key in ("error_rate", "queue")
    return condition.key in ("error_rate", "queue", "cpu", "memory", "disk")


def _cut(notes: Notes, first: int, last: int) -> bool:
    return any(t.text in (",", ";", "→", "->", "|") for t in notes.text.tokens[first:last])


def _compared(notes: Notes, q: Quantity) -> bool:
    words = {t.text for t in notes.text.tokens[max(0, q.first - 2) : q.first]}
    return bool(words & {">", ">=", "above", "over", "exceeds", "than", "hits", "reaches", "at", "≥"})


def _continues(notes: Notes, amounts: list[Quantity], n: int) -> bool:
    """`disk warning 70% critical 85%`: a second level of the same condition."""
    if not n:
        return False
    before = notes.text.tokens[amounts[n].first - 1].text
    if before in (">", ">=", "above", "over") and not any(
        amounts[n - 1].last <= h.first < amounts[n].first for h in notes.text.of("condition")
    ):
        return True
    if notes.scope.sentence[amounts[n - 1].first] != notes.scope.sentence[amounts[n].first]:
        return False
    if before == "at" and _next_level(notes, amounts, n):
        return True
    between = notes.text.tokens[amounts[n - 1].last : amounts[n].first]
    return len(between) <= 3 and any(
        t.text in ("critical", "crit", "warning", "warn", "/", "and", ",", "kritisch") for t in between
    )


def _next_level(notes: Notes, amounts: list[Quantity], n: int) -> bool:
    """`Slack at 70% disk, PagerDuty at 90%`: another channel at another level."""
    first, last = amounts[n - 1].last, amounts[n].first
    told = any(first <= c.first < last for c in notes.text.of("channel"))
    conditions = [h for h in notes.text.of("condition") if first <= h.first < last]
    return told and all(h.first - first <= 2 for h in conditions)


def _same_as_before(notes: Notes, pairs: list[Pair]) -> list[Pair]:
    """`memory same`."""
    more = []
    for cue in notes.text.cues("same"):
        if notes.text.tokens[cue.first].text not in ("same", "likewise", "ditto"):
            continue
        hit = next((h for h in notes.text.of("condition") if h.last == cue.first), None)
        if hit is not None and pairs:
            earlier = [p for p in pairs if p.condition.first < hit.first]
            more = [Pair(Hit(hit.domain, hit.key, hit.first, cue.last), p.quantity) for p in earlier]
    return more


def _alert_sentence(notes: Notes, q: Quantity) -> bool:
    if any(abs(c.first - q.last) <= 2 for c in notes.text.cues("uptime_goal")):
        return False
    return alert_sentence_at(notes, q.first)


def alert_sentence_at(notes: Notes, i: int) -> bool:
    sentence = notes.scope.sentence[i]
    return any(notes.scope.sentence[c.first] == sentence for c in notes.text.cues("alert")) or any(
        notes.scope.sentence[c.first] == sentence for c in notes.text.of("channel")
    )


COUNTED_IN_PERCENT = ("cpu", "memory", "disk")


def place_of(pair: Pair) -> int:
    """Where a condition counts as said: at its value where that comes behind it."""
    behind = pair.quantity is not None and pair.quantity.first > pair.condition.first
    return pair.quantity.first if pair.quantity is not None and behind else pair.condition.first
