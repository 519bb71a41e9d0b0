"""Which part of an application, or which of its stages, a number of instances is of. Places no number."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._plain import PLAIN
from groundplan.readers._quantities import Quantity
from groundplan.readers._words import words

PRODUCTION = "production"
_STAGES = {
    PRODUCTION: words("prod production live produktion prd"),
    "staging": words("staging stage preprod"),
    "development": words("dev development entwicklung"),
    "test": words("test testing qa uat preview"),
}
_OF_STAGE = {word: name for name, said in _STAGES.items() for word in said}
KNOWN = frozenset((*_STAGES, "web", "worker"))
GROUPS = words("pool group fleet tier service deployment set")
_BETWEEN = words(": = ( in on for the en fur pour a just only has gets runs and")


def stage(notes: Notes, q: Quantity) -> str:
    """`Prod: 3-12 replicas`, `5 in prod`, `2 (dev)`."""
    tokens = notes.text.tokens
    for i in (q.last, q.last + 1, q.last + 2):
        if i < len(tokens) and tokens[i].text in _OF_STAGE:
            return _OF_STAGE[tokens[i].text]
        if i >= len(tokens) or tokens[i].text not in _BETWEEN:
            break
    for i in range(q.first - 1, max(-1, q.first - 4), -1):
        if tokens[i].text in _OF_STAGE and (i == 0 or tokens[i - 1].text not in ("in", "on", "for")):
            return _OF_STAGE[tokens[i].text]
        if tokens[i].text not in _BETWEEN:
            break
    return ""


def place(notes: Notes, first: int, last: int) -> str:
    """`2 in Frankfurt`, `EU: 2-6`: the place that the number in tokens first..last is of."""
    tokens = notes.text.tokens
    led = last < len(tokens) and tokens[last].text in _IN
    keyed = first > 1 and tokens[first - 1].text == ":"
    for hit in notes.text.of("city", "area", "place", "compass"):
        if (led and last < hit.first <= last + 2) or (keyed and hit.last == first - 1):
            return notes.words(hit.first, hit.last)
    return ""


_IN = words("in en at a for")


def several_stages(notes: Notes) -> bool:
    """Production and another stage are both named."""
    named = {_OF_STAGE[t.text] for t in notes.text.tokens if t.text in _OF_STAGE}
    return PRODUCTION in named and len(named) > 1


def is_other_stage(name: str) -> bool:
    return name in _STAGES and name != PRODUCTION


def _led(notes: Notes, q: Quantity, floor: int) -> str:
    """`ws gateway fixed at 2`: one to three words that open the clause and are no word of any list."""
    tokens, clause = notes.text.tokens, notes.scope.clause
    start = q.first
    while start > floor and clause[start - 1] == clause[q.first]:
        start -= 1
    start += start < q.first and tokens[start].kind in ("symbol", "stop", "line")
    end = start
    while end < min(q.first, start + 3) and _is_free(notes, end):
        end += 1
    rest = tokens[end : q.first]
    known = {
        i for d in ("bound", "mode", "counted") for h in notes.text.of(d) for i in range(h.first, h.last)
    }
    if end == start or any(i not in known and t.text not in _BETWEEN for i, t in enumerate(rest, end)):
        return ""
    return notes.words(start, end)


def _is_free(notes: Notes, i: int) -> bool:
    token = notes.text.tokens[i]
    if token.text in GROUPS:
        return True
    if token.kind != "word" or token.value is not None or token.text in PLAIN:
        return False
    return not any(h.first <= i < h.last for hits in notes.text.hits.values() for h in hits)


def tier(notes: Notes, q: Quantity, amounts: list[Quantity], n: int) -> str:
    """The part that a number is of: a stage, `web`, `worker`, or words right before it that are nothing else."""
    return (
        stage(notes, q)
        or place(notes, q.first, q.last)
        or _named(notes, q, amounts, n)
        or _led(notes, q, amounts[n - 1].last if n else 0)
    )


def _named(notes: Notes, q: Quantity, amounts: list[Quantity], n: int) -> str:
    """`web`, `worker`: named right before the number or by its unit."""
    if q.unit == "worker":
        return "worker"
    floor = amounts[n - 1].last if n else 0
    for hit in reversed(notes.text.of("counted")):
        if (
            hit.key in ("web", "worker")
            and floor <= hit.first
            and hit.last <= q.first
            and q.first - hit.last <= 3
        ):
            notes.use(hit.first, hit.last)
            return hit.key
    for hit in notes.text.of("counted"):
        if (
            hit.key in ("web", "worker")
            and q.last <= hit.first <= q.last + 1
            and (n + 1 >= len(amounts) or hit.first < amounts[n + 1].first)
        ):
            return hit.key
    return ""
