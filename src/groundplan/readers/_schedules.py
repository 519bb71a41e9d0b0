"""The words that say when: days, seasons and hours of the day. Knows time; not how many run."""

from __future__ import annotations

from groundplan.readers._count_kinds import hours as of_the_day
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity


def said_hours(notes: Notes, amounts: list[Quantity]) -> str | None:
    """The words of the clause that says when: days, seasons and hours of the day."""
    hits = notes.text.of("schedule")
    hours = _hours(notes, amounts)
    if not hits and len(hours) < 2 and not any(q.kind == "clock" and q.is_range for q in amounts):
        return None
    bare = [(q.first, q.last) for q in amounts if hits and q.is_range and of_the_day(notes, q)]
    marks = sorted([(h.first, h.last) for h in hits] + hours + bare)
    start = marks[0][0]
    sentence, clause = notes.scope.sentence[start], notes.scope.clause[start]
    last = max(b for a, b in marks if notes.scope.sentence[a] == sentence)
    while (
        start > 0 and notes.scope.clause[start - 1] == clause and notes.text.tokens[start - 1].kind != "stop"
    ):
        start -= 1
    if notes.text.tokens[start].text in ",(|:-":
        start += 1
    for first, end in marks:
        notes.use(first, end)
    last = max(last, start + 1)
    _take_schedule(notes, amounts, start, last, marks)
    said = [t.text for t in notes.text.tokens[start : last + 1]]
    return notes.text.quote(start, last + (said[-1] == ")" and "(" in said))[2]


def _take_schedule(
    notes: Notes, amounts: list[Quantity], start: int, end: int, marks: list[tuple[int, int]]
) -> None:
    """Show the clause without the numbers of instances in it, which are other fields."""
    others = [q for q in amounts if start <= q.first < end and not any(a <= q.first < b for a, b in marks)]
    if others:
        for first, last in marks:
            notes.take("schedule", first, last)
    else:
        notes.take("schedule", start, end)


def _hours(notes: Notes, amounts: list[Quantity]) -> list[tuple[int, int]]:
    """Hours of the day: `08:00`, `6pm`, `von 8 bis 18 Uhr`."""
    said = [(q.first, q.last) for q in amounts if q.kind == "clock"]
    return said + [(i, i + 1) for i, t in enumerate(notes.text.tokens) if t.kind == "clock"]
