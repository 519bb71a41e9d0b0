"""What makes somebody be told: a condition, a threshold, the channel tied to it. Knows no tool."""

from __future__ import annotations

import itertools

import msgspec

from groundplan.model.decision import AlertTrigger
from groundplan.readers._environments import on_trial
from groundplan.readers._lasting import windows
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._stance import _listed
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_PERCENT_ONLY = ("cpu", "memory", "disk", "error_rate", "downtime")
_TIED = words(
    "for on if when → -> => whenever about bei wenn fur pour si cuando en upon once at ab with via to by per"
)


_TELLING = words(
    "alert alerts alarm email message notification ping nachricht meldung mensaje notificacion aviso"
)


class _Pair(msgspec.Struct, frozen=True):
    condition: Hit
    quantity: Quantity | None


def alert_triggers(notes: Notes, amounts: list[Quantity], channels: list[Hit]) -> tuple[AlertTrigger, ...]:
    """Every condition that tells somebody, in the order of the text."""
    conditions = _conditions(notes)
    pairs = _with_thresholds(notes, conditions, amounts)
    with_value = {p.condition.first for p in pairs}
    pairs += [_Pair(c, None) for c in conditions if c.first not in with_value and _told(notes, c, channels)]
    pairs += _listed_behind(notes, pairs, conditions)
    pairs.sort(key=lambda p: p.condition.first)
    said, pairs = pairs, _without_repeats(notes, _without_trials(notes, pairs))
    pairs = [p for p in pairs if not _without_alert(notes, p, said)]
    found = _triggers(notes, pairs, channels, [_place(p) for p in said])
    lasting = windows(notes, amounts, [_extent(p) for p in pairs])
    return tuple(msgspec.structs.replace(t, for_s=lasting.get(n)) for n, t in enumerate(found))


def _without_alert(notes: Notes, pair: _Pair, said: list[_Pair]) -> bool:
    """`memory above 1.5 GB: restart, no alert`: nobody is told."""
    first, last = _extent(pair)
    sentence = notes.scope.sentence
    after = [t.text for t in notes.text.tokens[last : last + 3]]
    after = after[1:] if after[:1] and after[0] in _TELLING else after
    refused = after[:1] and after[0] in ("no", "nein", "non") and (len(after) == 1 or after[1] in ",;.")
    if refused:
        notes.remark("rejected", "`{}` is taken as not wanted", first, last)
        return True
    ends = [_extent(p)[0] for p in said if _extent(p)[0] >= last]
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


def _without_trials(notes: Notes, pairs: list[_Pair]) -> list[_Pair]:
    """`in staging at 50% CPU, in prod at 75%`: the level of production."""
    kept = [p for p in pairs if not on_trial(notes, _place(p))]
    for pair in pairs if kept else []:
        if pair not in kept:
            notes.remark("note", "`{}` is taken as said of another environment", *_extent(pair))
    return kept or pairs


def _extent(pair: _Pair) -> tuple[int, int]:
    hit, q = pair.condition, pair.quantity
    return (min(hit.first, q.first), max(hit.last, q.last)) if q else (hit.first, hit.last)


def _listed_behind(notes: Notes, pairs: list[_Pair], conditions: list[Hit]) -> list[_Pair]:
    """`alerts for CPU > 80%, disk > 85% and downtime`: what ends a list of alarms is one as well."""
    more: list[_Pair] = []
    known = {p.condition.first for p in pairs}
    for c in conditions:
        ends = [max(p.condition.last, p.quantity.last) for p in pairs if p.quantity is not None]
        ends += [p.condition.last for p in more]
        last = max((e for e in ends if e <= c.first), default=None)
        if c.first in known or last is None or not _alert_sentence_at(notes, c.first):
            continue
        between = [t.text for t in notes.text.tokens[last : c.first]]
        after = notes.text.tokens[c.last].text if c.last < len(notes.text.tokens) else "."
        if (
            0 < len(between) <= 3
            and set(between) <= _ALSO
            and after in (",", ".", ";", ")", "and", "\n", "→", "->", "to")
        ):
            more.append(_Pair(c, None))
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


def _with_thresholds(notes: Notes, conditions: list[Hit], amounts: list[Quantity]) -> list[_Pair]:
    pairs: list[_Pair] = []
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
            pairs.extend(_Pair(c, q) for c in near)
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
        if _listed(notes.text, c.last, group[0].first):
            group.insert(0, c)
    return group


def _level(notes: Notes, condition: Hit, q: Quantity) -> bool:
    """`cpu 85`: a number right behind what is counted in percent."""
    behind = notes.text.tokens[q.last].text if q.last < len(notes.text.tokens) else ""
    counted = condition.key in _SHARES and (condition.last == q.first or behind in _FILLED)
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


def _same_as_before(notes: Notes, pairs: list[_Pair]) -> list[_Pair]:
    """`memory same`."""
    more = []
    for cue in notes.text.cues("same"):
        if notes.text.tokens[cue.first].text not in ("same", "likewise", "ditto"):
            continue
        hit = next((h for h in notes.text.of("condition") if h.last == cue.first), None)
        if hit is not None and pairs:
            earlier = [p for p in pairs if p.condition.first < hit.first]
            more = [_Pair(Hit(hit.domain, hit.key, hit.first, cue.last), p.quantity) for p in earlier]
    return more


def _alert_sentence(notes: Notes, q: Quantity) -> bool:
    if any(abs(c.first - q.last) <= 2 for c in notes.text.cues("uptime_goal")):
        return False
    return _alert_sentence_at(notes, q.first)


def _alert_sentence_at(notes: Notes, i: int) -> bool:
    sentence = notes.scope.sentence[i]
    return any(notes.scope.sentence[c.first] == sentence for c in notes.text.cues("alert")) or any(
        notes.scope.sentence[c.first] == sentence for c in notes.text.of("channel")
    )


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


def _without_repeats(notes: Notes, pairs: list[_Pair]) -> list[_Pair]:
    """Of several levels of one condition the critical one, which is the last."""
    kept: dict[str, _Pair] = {}
    for pair in pairs:
        before = kept.get(pair.condition.key)
        if before is None or pair.quantity is not None:
            if before is not None and before.quantity is not None and before.quantity != pair.quantity:
                level = before.quantity
                notes.remark("note", "`{}` is an earlier level of the same alarm", level.first, level.last)
            kept[pair.condition.key] = pair
    return sorted(kept.values(), key=lambda p: p.condition.first)


def _triggers(
    notes: Notes, pairs: list[_Pair], channels: list[Hit], places: list[int]
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
    share = condition.key in _SHARES and q.kind == "plain" and q.high <= 100
    if q.kind == "memory":
        return "mb"
    return "%" if share else q.unit or None


_SHARES = ("cpu", "memory", "disk")


def _channel(notes: Notes, pair: _Pair, places: list[int], channels: list[Hit]) -> str | None:
    """The one channel that stands with this condition; none where several do."""
    hit = pair.condition
    if _others_told(notes, _place(pair), channels):
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


def _segment(notes: Notes, pair: _Pair, places: list[int], channels: list[Hit]) -> tuple[int, int]:
    """The sentence, cut at commas that part one condition with its channel from the next."""
    place = _place(pair)
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


def _place(pair: _Pair) -> int:
    """Where a condition counts as said: at its value where that comes behind it."""
    behind = pair.quantity is not None and pair.quantity.first > pair.condition.first
    return pair.quantity.first if pair.quantity is not None and behind else pair.condition.first


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
