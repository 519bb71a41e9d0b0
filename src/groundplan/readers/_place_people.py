"""Whether people are said to be at a place: `users in Chile`. Knows who may be there; not what runs where."""

from __future__ import annotations

from groundplan.readers._governing import in_a_list
from groundplan.readers._notes import Notes
from groundplan.readers._places import Mention
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_CAME_FROM = words(
    "in from across throughout are is aus en de sitzen mostly based : live sit primarily mainly "
    "concentrated located exclusively"
)


def about_people(notes: Notes, found: list[Mention], n: int, key: str) -> bool:
    """`US users`, `users are in Germany`, `our team sits in Lisbon`."""
    place, text = found[n], notes.text
    for cue in text.cues(key):
        if notes.scope.sentence[cue.first] != notes.scope.sentence[place.first]:
            continue
        behind = 0 <= cue.first - place.last <= 2 and not _parted(notes, place.last, cue.first)
        if behind or _labelled(notes, place, cue) or _in_brackets_behind(notes, found, cue, place, key):
            notes.use(cue.first, cue.last)
            return True
        after = place.first - cue.last
        if after == 0 and text.tokens[cue.first].text == "latency":
            notes.use(cue.first, cue.last)
            return True
        if key == "users" and text.cue_between(cue.last, place.first, "people_here"):
            continue
        if 0 <= after <= 8 and _clear_path(notes, found, cue, place):
            notes.use(cue.first, cue.last)
            return True
    return False


def _in_brackets_behind(notes: Notes, found: list[Mention], cue: Hit, place: Mention, key: str) -> bool:
    """`users (Chile)`; `where our staff sits doesn't matter (Manila)`: of a team also at the end of its clause."""
    opened = notes.scope.bracket[place.first]
    if opened == cue.last:
        return True
    return (
        key == "people_here"
        and cue.last <= opened
        and notes.scope.clause[opened - 1] == notes.scope.clause[cue.first]
        and not any(cue.last <= o.first < opened for o in found)
    )


def _labelled(notes: Notes, place: Mention, cue: Hit) -> bool:
    """`New York (customers)`."""
    around = [t.text for t in notes.text.tokens[place.last : cue.last + 1]]
    return cue.first == place.last + 1 and around[0] == "(" and around[-1] == ")"


_ATTRIBUTES = words(
    "- based domestic local only end business paying corporate side speaking private mobile and our retail"
)


def _parted(notes: Notes, first: int, last: int) -> bool:
    return any(t.text not in _ATTRIBUTES for t in notes.text.tokens[first:last])


def _clear_path(notes: Notes, found: list[Mention], cue: Hit, place: Mention) -> bool:
    """Nothing between the people and the place that starts another thought."""
    text = notes.text
    between = text.tokens[cue.last : place.first]
    if between and between[0].text in _THEIR_DATA:
        return False
    if any(t.text in ";()|" or (t.text == ":" and n) for n, t in enumerate(between)) or text.cue_between(
        cue.last, place.first, "but", "because", "host"
    ):
        return False
    if any(
        cue.last <= o.first < place.first and not in_a_list(text, o.last, place.first)
        for o in found
        if o is not place
    ):
        return False
    commas = [t for t in between if t.text == ","]
    close = not commas or notes.scope.clause[place.first] - notes.scope.clause[cue.first] <= 2
    if between and all(
        t.kind == "number" or t.text in ("%", ":", "-", "about", "ca", "~", "=", "are", "is") for t in between
    ):
        return True
    return close and any(t.text in _CAME_FROM for t in (text.tokens[cue.last - 1], *between))


_THEIR_DATA = words("data db database databases records documents wants insists asks requires demands")
