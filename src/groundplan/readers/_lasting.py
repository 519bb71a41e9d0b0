"""How long something lasts: a condition before somebody is told, a log before it is deleted. Knows no threshold."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._words import words

_SECONDS = {"s": 1, "min": 60, "h": 3600}
_DAYS = {"d": 1, "wk": 7, "mo": 30, "y": 365}
_LEAD = words("for over during within in fur uber wahrend pendant durante seit since longer")
_AFTER_LEAD = words("than more at least a the last mehr als langer plus de mas about")
_CUT = words(", ; → -> | and und et y")
_LOGS = words("log logs logging protokolle protokoll journaux registros logfiles")
_OF = words("of worth de von")
_KEEP = words(
    "keep keeps kept retain retained retains retention store stored hold held for aufbewahren aufbewahrt behalten "
    "speichern conserver conserves guardar guardamos garder"
)
LONGEST = 86_400


def windows(notes: Notes, amounts: list[Quantity], places: list[tuple[int, int]]) -> dict[int, int]:
    """Seconds that the condition at each of `places` (first and last token) must last: `CPU above 90% for 10 min`."""
    found: dict[int, int] = {}
    for q in amounts:
        if q.kind != "duration" or q.unit not in _SECONDS or notes.is_used(q.first, q.last):
            continue
        seconds = int(q.high * _SECONDS[q.unit])
        n = _nearest(notes, q, places)
        if n is None or n in found or not (10 <= seconds <= LONGEST) or not _led(notes, q):
            continue
        found[n] = seconds
        notes.take(f"alert_triggers.{n}", q.first, q.last)
    return found


def _led(notes: Notes, q: Quantity) -> bool:
    """`for 10 min`, `longer than 10 min`."""
    before = [t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first]]
    while before and before[-1] in _AFTER_LEAD:
        before.pop()
    return bool(before) and before[-1] in _LEAD


def _nearest(notes: Notes, q: Quantity, places: list[tuple[int, int]]) -> int | None:
    """The condition right before the duration, or the one that it opens: `for 5 min CPU above 90%`."""
    sentence, tokens = notes.scope.sentence, notes.text.tokens
    left = [n for n, (a, b) in enumerate(places) if b <= q.first and sentence[a] == sentence[q.first]]
    if left:
        n = max(left, key=lambda i: places[i][1])
        between = {t.text for t in tokens[places[n][1] : q.first]}
        if q.first - places[n][1] <= 6 and not between & _CUT:
            return n
    return next((n for n, (a, _) in enumerate(places) if q.last <= a <= q.last + 2), None)


def log_days(notes: Notes, amounts: list[Quantity]) -> int | None:
    """Days that logs are kept: `keep logs 90 days`, `90 days of logs`; a month is 30 days, a year 365."""
    for q in amounts:
        if q.kind != "duration" or q.unit not in _DAYS or notes.is_used(q.first, q.last):
            continue
        near = [t.text for t in notes.text.tokens[max(0, q.first - 8) : q.last + 5]]
        behind = [t.text for t in notes.text.tokens[q.last : q.last + 3]]
        counted = next((text in _LOGS for text in behind if text not in _OF), False)
        if counted or (_LOGS & set(near) and _KEEP & set(near) and _same_sentence(notes, q)):
            notes.take("log_days", q.first, q.last)
            return int(q.high * _DAYS[q.unit])
    return None


def _same_sentence(notes: Notes, q: Quantity) -> bool:
    sentence = notes.scope.sentence
    return any(t.text in _LOGS and sentence[i] == sentence[q.first] for i, t in enumerate(notes.text.tokens))
