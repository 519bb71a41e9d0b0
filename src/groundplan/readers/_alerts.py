"""What makes somebody be told: a condition, a threshold, the channel tied to it. Knows no tool."""

from __future__ import annotations

import itertools

import msgspec

from groundplan.model.decision import AlertTrigger
from groundplan.readers._alert_levels import (
    COUNTED_IN_PERCENT,
    Pair,
    alert_sentence_at,
    extent_of,
    place_of,
    with_thresholds,
)
from groundplan.readers._environments import on_trial
from groundplan.readers._lasting import windows
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_PERCENT_ONLY = ("cpu", "memory", "disk", "error_rate", "downtime")
_TIED = words(
    "for on if when → -> => whenever about bei wenn fur pour si cuando en upon once at ab with via to by per"
)


_TELLING = words(
    "alert alerts alarm email message notification ping nachricht meldung mensaje notificacion aviso"
)


def alert_triggers(notes: Notes, amounts: list[Quantity], channels: list[Hit]) -> tuple[AlertTrigger, ...]:
    """Every condition that tells somebody, in the order of the text."""
    conditions = _conditions(notes)
    pairs = with_thresholds(notes, conditions, amounts)
    with_value = {p.condition.first for p in pairs}
    pairs += [Pair(c, None) for c in conditions if c.first not in with_value and _told(notes, c, channels)]
    pairs += _listed_behind(notes, pairs, conditions)
    pairs.sort(key=lambda p: p.condition.first)
    said, pairs = pairs, _without_repeats(notes, _without_trials(notes, pairs))
    pairs = [p for p in pairs if not _without_alert(notes, p, said)]
    found = _triggers(notes, pairs, channels, [place_of(p) for p in said])
    lasting = windows(notes, amounts, [extent_of(p) for p in pairs])
    return tuple(msgspec.structs.replace(t, for_s=lasting.get(n)) for n, t in enumerate(found))


def _without_alert(notes: Notes, pair: Pair, said: list[Pair]) -> bool:
    """`memory above 1.5 GB: restart, no alert`: nobody is told."""
    first, last = extent_of(pair)
    sentence = notes.scope.sentence
    after = [t.text for t in notes.text.tokens[last : last + 3]]
    after = after[1:] if after[:1] and after[0] in _TELLING else after
    refused = after[:1] and after[0] in ("no", "nein", "non") and (len(after) == 1 or after[1] in ",;.")
    if refused:
        notes.remark("rejected", "`{}` is taken as not wanted", first, last)
        return True
    ends = [extent_of(p)[0] for p in said if extent_of(p)[0] >= last]
    high = min([*ends, last + 8, len(sentence)])
    if not any(
        sentence[c.first] == sentence[first] and c.last < high and notes.text.tokens[c.last].text in _TELLING
        for c in notes.text.cues("neg", "none_yet")
        if c.first >= last
    ) and not any(
        last <= c.first < high and sentence[c.first] == sentence[first] and _TELLING & _said(notes, c)
        for c in notes.text.cues("none_yet")
    ):
        return False
    notes.remark("rejected", "`{}` is taken as not wanted", first, last)
    return True


def _said(notes: Notes, hit: Hit) -> set[str]:
    return {t.text for t in notes.text.tokens[hit.first : hit.last]}


def _without_trials(notes: Notes, pairs: list[Pair]) -> list[Pair]:
    """`in staging at 50% CPU, in prod at 75%`: the level of production."""
    kept = [p for p in pairs if not on_trial(notes, place_of(p))]
    for pair in pairs if kept else []:
        if pair not in kept:
            notes.remark("note", "`{}` is taken as said of another environment", *extent_of(pair))
    return kept or pairs


def _listed_behind(notes: Notes, pairs: list[Pair], conditions: list[Hit]) -> list[Pair]:
    """`alerts for CPU > 80%, disk > 85% and downtime`: what ends a list of alarms is one as well."""
    more: list[Pair] = []
    known = {p.condition.first for p in pairs}
    for c in conditions:
        ends = [max(p.condition.last, p.quantity.last) for p in pairs if p.quantity is not None]
        ends += [p.condition.last for p in more]
        last = max((e for e in ends if e <= c.first), default=None)
        if c.first in known or last is None or not alert_sentence_at(notes, c.first):
            continue
        between = [t.text for t in notes.text.tokens[last : c.first]]
        after = notes.text.tokens[c.last].text if c.last < len(notes.text.tokens) else "."
        if (
            0 < len(between) <= 3
            and set(between) <= _ALSO
            and after in (",", ".", ";", ")", "and", "\n", "→", "->", "to")
        ):
            more.append(Pair(c, None))
    return more


_ALSO = words(", and or und et y / + & site app any the plus also oder ou")


def _conditions(notes: Notes) -> list[Hit]:
    """Condition words, the longest where they overlap; `sentry.io is down half the time` is a complaint."""
    kept: list[Hit] = []
    tools = notes.text.of("tool")
    for hit in notes.text.of("condition"):
        inside = any(t.first <= hit.first and hit.last <= t.last for t in tools)
        of_tool = (
            hit.key == "downtime"
            and any(0 <= hit.first - t.last <= 2 for t in tools)
            and hit.last < len(notes.text.tokens)
            and notes.text.tokens[hit.last].text in ("half", "all", "too", "often", "a")
        )
        aim = notes.text.tokens[hit.first].text == "uptime" and any(
            t.text == "%" for t in notes.text.tokens[max(0, hit.first - 2) : hit.first]
        )
        counted = (
            hit.key in ("cpu", "memory") and hit.first and notes.text.tokens[hit.first - 1].kind == "number"
        )
        if inside or of_tool or aim or counted or (kept and hit.first < kept[-1].last):
            continue
        kept.append(hit)
    return kept


def _told(notes: Notes, condition: Hit, channels: list[Hit]) -> bool:
    """`alerts for downtime`, `PagerDuty when it is down`, `downtime alerts`."""
    sentence = notes.scope.sentence[condition.first]
    for cue in [*notes.text.cues("alert"), *channels]:
        if notes.scope.sentence[cue.first] != sentence or notes.text.cue_between(
            max(0, cue.first - 2), cue.first, "neg"
        ):
            continue
        if (
            0 <= cue.first - condition.last <= 1
            and notes.text.tokens[cue.first - 1].text not in (",", ";", ".")
            and cue.domain == "cue"
            and notes.text.tokens[cue.first].text not in ("mail", "ping", "email")
        ):
            return True
        if cue.last <= condition.first and _tied(notes, cue.last, condition.first):
            return True
        between = [t.text for t in notes.text.tokens[condition.last : cue.first]]
        opener = notes.text.tokens[condition.first - 1].text if condition.first else ""
        if (
            condition.last <= cue.first
            and opener in _OPENS
            and len(between) <= 4
            and not {",", ";"} & set(between)
        ):
            return True
        if (
            condition.last <= cue.first
            and any(w in ("→", "->", "=>", "to", "goes") for w in between)
            and not {",", ";"} & set(between)
            and len(between) <= 4
        ):
            return True
    return False


_OPENS = words("bei wenn if when on si cuando upon falls sobald lors")


def _tied(notes: Notes, first: int, last: int) -> bool:
    """A link word between the telling and the condition, and no new tool between them."""
    words = [t.text for t in notes.text.tokens[first:last]]
    if last - first > 14 or any(first <= t.first < last for t in notes.text.of("tool")):
        return False
    return any(w in _TIED for w in words)


def _without_repeats(notes: Notes, pairs: list[Pair]) -> list[Pair]:
    """Of several levels of one condition the critical one, which is the last."""
    kept: dict[str, Pair] = {}
    for pair in pairs:
        before = kept.get(pair.condition.key)
        if before is None or pair.quantity is not None:
            if before is not None and before.quantity is not None and before.quantity != pair.quantity:
                level = before.quantity
                notes.remark("note", "`{}` is an earlier level of the same alarm", level.first, level.last)
            kept[pair.condition.key] = pair
    return sorted(kept.values(), key=lambda p: p.condition.first)


def _triggers(
    notes: Notes, pairs: list[Pair], channels: list[Hit], places: list[int]
) -> tuple[AlertTrigger, ...]:
    made = []
    for n, pair in enumerate(pairs):
        q, hit = pair.quantity, pair.condition
        notes.take_both(
            f"alert_triggers.{n}", (hit.first, hit.last), (q.first, q.last) if q else (hit.first, hit.last)
        )
        threshold, unit = (q.high, _unit(q, hit)) if q else (None, None)
        made.append(AlertTrigger(hit.key, threshold, unit, _channel(notes, pair, places, channels)))
    return tuple(made)


def _unit(q: Quantity, condition: Hit) -> str | None:
    """A bare number of a share is in percent: `cpu 85`."""
    share = condition.key in COUNTED_IN_PERCENT and q.kind == "plain" and q.high <= 100
    if q.kind == "memory":
        return "mb"
    return "%" if share else q.unit or None


def _channel(notes: Notes, pair: Pair, places: list[int], channels: list[Hit]) -> str | None:
    """The one channel that stands with this condition; none where several do."""
    hit = pair.condition
    if _others_told(notes, place_of(pair), channels):
        return None
    low, high = _segment(notes, pair, places, channels)
    if any(_excepts(notes, c, hit) for c in channels if c.last <= hit.first):
        return None
    near = {c.key for c in channels if low <= c.first < high}
    anchor = (
        Hit("", "", pair.quantity.first, pair.quantity.last)
        if pair.quantity and pair.quantity.first > hit.last
        else hit
    )
    return (
        near.pop()
        if len(near) == 1
        and any(
            _linked(notes, c, hit) or _linked(notes, c, anchor) for c in channels if low <= c.first < high
        )
        else None
    )


def _others_told(notes: Notes, place: int, channels: list[Hit]) -> bool:
    """`PagerDuty in office hours, Slack at night`: a part without a condition of its own names another channel."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    high = place
    while high < len(tokens) and sentence[high] == sentence[place]:
        high += 1
    behind = [c for c in channels if place <= c.first < high]
    for a, b in itertools.pairwise(behind):
        between = {t.text for t in tokens[a.last : b.first]}
        part = {t.text for t in tokens[b.first : min(b.last + 5, high)]} | between
        if a.key != b.key and between & _HOURS and "," in between and not part & _REST:
            return True
    return False


_HOURS = words(
    "hours night nights daytime weekdays weekend days day office working business weekend tagsuber nachts"
)
_REST = words("rest else other others everything otherwise")


def _segment(notes: Notes, pair: Pair, places: list[int], channels: list[Hit]) -> tuple[int, int]:
    """The sentence, cut at commas that part one condition with its channel from the next."""
    place = place_of(pair)
    sentence = notes.scope.sentence[place]
    tokens = [i for i, s in enumerate(notes.scope.sentence) if s == sentence]
    low, high = tokens[0], tokens[-1] + 1
    cuts = [i for i in tokens if notes.text.tokens[i].text in (",", ";")]
    pieces = [low, *cuts, high]
    full = [
        (a, b) for a, b in itertools.pairwise(pieces)
        if any(a <= c.first < b for c in channels) and any(a <= p < b for p in places)
    ]  # fmt: skip
    if full:
        own = next(((a, b) for a, b in full if a <= place < b), None)
        return own or _listed_before(notes, place, full) or (pair.condition.first, pair.condition.first)
    return low, high


def _listed_before(notes: Notes, place: int, full: list[tuple[int, int]]) -> tuple[int, int] | None:
    """`CPU over 85%, memory over 90% → Slack`: the arrow sends what is listed before it as well."""
    after = next(((a, b) for a, b in full if a > place), None)
    if after is None or any(b <= place for _, b in full):
        return None
    words = [t.text for t in notes.text.tokens[place : after[1]]]
    return (place, after[1]) if ";" not in words and {"→", "->", "=>"} & set(words) else None


def _excepts(notes: Notes, channel: Hit, condition: Hit) -> bool:
    """`Telegram for everything except outages`: not for those."""
    words = {t.text for t in notes.text.tokens[channel.last : condition.first]}
    return bool(words & _EXCEPT)


_EXCEPT = words("except excluding ausser sauf excepto")


def _linked(notes: Notes, channel: Hit, condition: Hit) -> bool:
    first, last = min(channel.last, condition.last), max(channel.first, condition.first)
    words = [t.text for t in notes.text.tokens[first:last]]
    return (len(words) <= 12 and any(w in _TIED or w in _TELLING for w in words)) or len(words) <= 1
