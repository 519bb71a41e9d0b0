"""Ask where a value stands among words that nobody understood: `the vendor recommends us-east-1`. Knows no value."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from groundplan.readers._conditions import fails, is_if
from groundplan.readers._plain import PLAIN
from groundplan.readers._unsettled import SETTLES
from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.model.decision import Value
    from groundplan.readers._notes import Notes

_FIELDS = {"regions": words("regions"), "budget": words("amount")}
"""The fields of a question whose words are looked at; the other questions are not judged this way."""
_MAIN = {"regions": ("primary", "regions", "topology"), "budget": ("amount",)}
_HEARD = frozenset(
    f"cue.{key}"
    for key in words(
        "neg now main production secondary or and but because contrast probably maybe correction spend revenue "
        "per_part sum period users residency residency_off single multi multi_az failover failover_off edge "
        "everywhere all host serves copies about compare same hedge limit alert free local_dev front back settled "
        "took no_budget wish scale_down"
    )
)
"""Cues that the readers of these questions always weigh; others count where one was used."""


def doubt_the_unknown(notes: Notes, question: str, value: Value) -> bool:
    """Flag the main fields where the words that lead to a value, or say something of it, were not understood."""
    fields = _FIELDS.get(question)
    if fields is None or all(f in notes.unclear for f in _MAIN[question]):
        return False
    known = _known(notes)
    floor = 0
    for first, last in sorted(_values(notes, fields)):
        strange = _strange(notes, known, first, last, floor)
        floor = last
        if strange is not None:
            _ask(notes, question, strange[:2], (first, last), value)
            return strange[2]
    return False


_WITHHELD = {"regions": ("primary", "topology"), "budget": ("amount",)}


def withheld(question: str, value: Value) -> Value:
    """The value without what nobody may rely on before the question is answered."""
    return msgspec.structs.replace(value, **dict.fromkeys(_WITHHELD[question]))


def _values(notes: Notes, fields: frozenset[str]) -> list[tuple[int, int]]:
    starts = [t.start for t in notes.text.tokens]
    spans = [s for s in notes.spans if s.field.split(".")[0] in fields]
    return [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in spans]


def _known(notes: Notes) -> bytearray:
    """For each token whether it was used, is plain, or is a name or a cue that the question weighs."""
    known = bytearray(notes.used)
    for slot, hits in notes.text.hits.items():
        if slot == "status" or (slot.startswith("cue.") and slot not in _HEARD):
            continue
        for hit in hits:
            if slot == "unit" and not (hit.first and notes.text.tokens[hit.first - 1].value is not None):
                continue
            for i in range(hit.first, hit.last):
                known[i] = 1
    for i, token in enumerate(notes.text.tokens):
        if token.kind != "word" or token.value is not None or token.text in PLAIN:
            known[i] = 1
    return known


_LINKS = words(
    "in on at to for of from by with within near and or as so because since fur in im mit bei und oder als weil pour avec "
    "across among dans et ou car para con y o porque to per that which where who whose der die das qui que donde"
)


def _spoken_by_us(notes: Notes, led: list[int], start: int, first: int) -> bool:
    """`als Verein haben wir 25 €`: one word more in what is said in the first person, and not what is done."""
    tokens = notes.text.tokens
    if len(led) > 1 or tokens[led[0]].text in _REPORTS:
        return False
    return any(tokens[i].text in _FIRST_PERSON and i != led[0] - 1 for i in range(start, first))


_FIRST_PERSON = words("we i wir ich nous on je nosotros yo")
_REPORTS = words(
    "says said wants recommends recommended suggests suggested thinks claims proposes proposed mentions told asks "
    "sagt sagte meint will empfiehlt schlagt dit disait veut recommande pense parle parlent dice dijo quiere recomienda"
)
_AND = words("and und et y plus + but aber mais pero hence therefore thus so daher deshalb donc entonces")


_THINGS = words(
    "server servers app apps api backend service services cluster site website workers stack system platform"
)
"""`the game servers are in Dallas`: the word before one of these says which."""


def _strange(
    notes: Notes, known: bytearray, first: int, last: int, floor: int
) -> tuple[int, int, bool] | None:
    """The words before the value in its clause, and those that follow it directly, that nobody understood."""
    clause, tokens = notes.scope.clause, notes.text.tokens
    start = first
    while start > floor and clause[start - 1] == clause[first] and tokens[start - 1].text not in _AND:
        start -= 1
    led = [i for i in range(start, first) if not known[i] and tokens[i + 1].text not in _THINGS]
    if led and not _spoken_by_us(notes, led, start, first):
        return led[0], led[-1] + 1, len(led) > 1 or tokens[led[0]].text in _REPORTS
    while last < len(tokens) and clause[last] == clause[first] and notes.used[last] and last - first < 9:
        last += 1 + (last + 1 < len(tokens) and tokens[last + 1].text == "/")
    if last < len(tokens) and tokens[last].text == "/" and last + 1 < len(tokens) and notes.used[last + 1]:
        last += 2
    for i in range(last, min(last + 4, len(tokens))):
        if clause[i] != clause[first] or tokens[i].kind != "word" or tokens[i].text in _LINKS:
            return None
        if is_if(notes, i) and fails(notes, i):
            return None
        if not known[i] and tokens[i].text not in SETTLES:
            return i, i + 1, False
    return None


_WANTED = {"regions": "should it run in “{}”?", "budget": "is “{}” the limit?"}


def _ask(notes: Notes, question: str, strange: tuple[int, int], at: tuple[int, int], value: Value) -> None:
    main, *others = _MAIN[question]
    said, shown = notes.words(min(strange[0], at[0]), max(strange[1], at[1])), notes.words(*at)
    plain = msgspec.to_builtins(value)
    kept = {f: plain[f] for f in _WITHHELD[question] if plain[f] is not None}
    notes.doubt(main, f"“{said}”: {_WANTED[question].format(shown[:40])}", ("yes", kept), ("no", {}))
    for field in others:
        notes.doubt(field)
