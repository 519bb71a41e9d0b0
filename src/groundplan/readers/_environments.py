"""Which environment a part of a sentence speaks of: `dev and staging in us-east-1`. Knows no value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundplan.readers._conditions import of_somebody, wished_by_others
from groundplan.readers._stance import Meant
from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.readers._notes import Notes
    from groundplan.readers._tokens import Hit

_TRIAL = words(
    "staging stage dev development test tests testing testumgebung entwicklung qa uat preview previews sandbox sandboxes "
    "demo preprod ci pruebas desarrollo recette developpement"
)
_PRODUCTION = words("prod production live produktion produktiv prd produccion real")
_NAMED_OTHERWISE = words(
    "team teams office engineers people guys folks data results account laptop machine lead runs channel server box"
)
_QUALIFIED = words("this early that late first pen load stress smoke unit later next")
_CUTS = words(", ; |")
_BUT = words("but aber mais pero sondern sino")
_JOINS = words("and und et y e while whereas")
_LEADS = words("in on for at our the im auf fur en para pour our")
_AS_WELL = words("also too both same everywhere even auch aussi tambien likewise")


def on_trial(notes: Notes, first: int) -> bool:
    """The part of the sentence around token `first` speaks of staging, tests or development, and not of production."""
    low, high = _part(notes, first)
    tokens = notes.text.tokens
    trials = [i for i in range(low, high) if _is_trial(notes, i)]
    beside = {tokens[i].text for n in trials for i in range(max(low, n - 2), min(high, n + 3))}
    return (
        bool(trials)
        and not beside & _AS_WELL
        and not any(tokens[i].text in _PRODUCTION for i in range(low, high))
    )


def _part(notes: Notes, at: int) -> tuple[int, int]:
    """From one comma to the next, or to an `and` behind which another environment is named."""
    sentence = notes.scope.sentence
    low = high = at
    floor, ceiling = max(0, at - _REACH), min(len(sentence), at + _REACH)
    while low > floor and sentence[low - 1] == sentence[at] and not _is_cut(notes, low - 1):
        low -= 1
    while high < ceiling and sentence[high] == sentence[at] and not _is_cut(notes, high):
        high += 1
    return low, high


_REACH = 40
"""Tokens to either side; a longer part speaks of more than one thing, and the search stays linear."""


def _is_cut(notes: Notes, i: int) -> bool:
    tokens = notes.text.tokens
    if tokens[i].text == "|" and _of_a_table(notes, i):
        return False
    if tokens[i].text in _CUTS or tokens[i].text in _BUT:
        return True
    if tokens[i].text not in _JOINS or (
        i and tokens[i - 1].text in _TRIAL | _PRODUCTION and _is_env(notes, i + 1)
    ):
        return False
    ahead = i + 1
    while ahead < len(tokens) and tokens[ahead].text in _LEADS:
        ahead += 1
    return _is_env(notes, ahead)


def _of_a_table(notes: Notes, i: int) -> bool:
    """A row that opens with a bar: its cells speak of one thing."""
    sentence = notes.scope.sentence
    while i and sentence[i - 1] == sentence[i]:
        i -= 1
    return notes.text.tokens[i].text == "|"


def _is_env(notes: Notes, i: int) -> bool:
    return i < len(notes.text.tokens) and (notes.text.tokens[i].text in _PRODUCTION or _is_trial(notes, i))


def _is_trial(notes: Notes, i: int) -> bool:
    tokens = notes.text.tokens
    before = tokens[i - 1].text if i else ""
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return tokens[i].text in _TRIAL and after not in _NAMED_OTHERWISE and before not in _QUALIFIED


def without_trials(notes: Notes, found: list[Meant]) -> list[Meant]:
    """What is chosen for staging only, or named of another project, is no choice beside one that is made for this one."""
    apart = [m.stance == "chosen" and _apart(notes, m.hit) for m in found]
    if not any(m.stance == "chosen" and not a for m, a in zip(found, apart, strict=True)):
        return found
    return [Meant(m.hit, "other", m.cue) if a else m for m, a in zip(found, apart, strict=True)]


def _of_others(notes: Notes, hit: Hit) -> bool:
    """`the US stack (not mine) has Splunk`."""
    tokens, sentence = notes.text.tokens, notes.scope.sentence
    return any(
        tokens[i].text in _MINE and tokens[i - 1].text in _NO and sentence[i] == sentence[hit.first]
        for i in range(max(1, hit.first - 10), hit.first)
    )


_MINE = words("mine ours meins unsers mienne notre mio mia nuestro nuestra")
_NO = words("not isn't nicht pas no")


def _apart(notes: Notes, hit: Hit) -> bool:
    if any(f(notes, hit.first) for f in (on_trial, of_somebody, wished_by_others)) or _of_others(notes, hit):
        return True
    low, high = _part(notes, hit.first)
    clause, sentence = notes.scope.clause, notes.scope.sentence
    elsewhere = any(
        low <= c.first < high and clause[c.first] == clause[hit.first]
        for c in notes.text.cues("elsewhere", "other_work")
    )
    return elsewhere or any(
        c.first > hit.last
        and sentence[c.first] == sentence[hit.first]
        and notes.text.tokens[c.first - 1].text in _BUT
        for c in notes.text.cues("this_work")
    )
