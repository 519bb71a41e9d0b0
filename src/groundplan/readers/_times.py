"""When something begins: `from September`, `ab 1. Mai`, `after the launch`. Knows the calendar; knows no question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.readers._tokens import Token

MONTHS = words(
    "january february march april may june july august september october november december jan feb apr jun jul aug sep "
    "sept oct nov dec januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout "
    "septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre"
)
_SEASONS = words(
    "spring summer autumn winter easter christmas fruhjahr fruhling sommer herbst weihnachten printemps ete automne "
    "hiver primavera verano otono invierno q1 q2 q3 q4 launch release go-live golive launching funding relaunch rollout"
)
_LEADS = (
    ("from",), ("starting",), ("starting", "in"), ("starting", "from"), ("beginning",), ("beginning", "in"), ("effective",),
    ("as", "of"), ("as", "from"), ("not", "before"), ("no", "earlier", "than"), ("after",), ("ab",), ("erst", "ab"),
    ("nach",), ("a", "partir", "de"), ("a", "partir", "du"), ("a", "partir", "d'"), ("des",), ("des", "le"), ("apres",),
    ("desde",), ("despues", "de"), ("tras",), ("comes", "in"), ("arrives", "in"), ("joins", "in"), ("opens", "in"),
    ("coming", "in"), ("follows", "in"), ("dann", "im"),
)  # fmt: skip
_BETWEEN = words(
    "the our im in dem der l' la le el las los early mid late end start beginning of de mitte anfang ende first 1st"
)
_RANGE = words("to until till through bis a au hasta - – —")
_GONE = words("last letzten letztes dernier derniere pasado past")
_BY_FIRST: dict[str, tuple[tuple[str, ...], ...]] = {
    first: tuple(sorted((lead for lead in _LEADS if lead[0] == first), key=len, reverse=True))
    for first in {lead[0] for lead in _LEADS}
}
NOW = 2026
"""Years from this one on are ahead where something is said to begin in them."""


def beginnings(tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """First and last token of each time at which something begins later."""
    found = []
    for i, token in enumerate(tokens):
        leads = _BY_FIRST.get(token.text)
        end = _beginning(tokens, i, leads) if leads else 0
        if end:
            found.append((i, end))
    return found


def _beginning(tokens: tuple[Token, ...], i: int, leads: tuple[tuple[str, ...], ...]) -> int:
    for lead in leads:
        if tuple(t.text for t in tokens[i : i + len(lead)]) == lead:
            return _named_time(tokens, i + len(lead))
    return 0


def _named_time(tokens: tuple[Token, ...], at: int) -> int:
    """The token behind a month, a season or a year at `at`, with its day and year; 0 where there is none."""
    start = at
    while at < len(tokens) and at - start < 3 and (tokens[at].text in _BETWEEN or _is_day(tokens, at)):
        at += 1
    if at >= len(tokens) or not (tokens[at].text in MONTHS | _SEASONS or _year(tokens[at]) >= NOW):
        return 0
    end = at + 1
    year = _year(tokens[end]) if end < len(tokens) else 0
    rest = {t.text for t in tokens[end : end + 2]}
    if rest & _GONE or 0 < year < NOW or (end < len(tokens) and tokens[end].text in _RANGE):
        return 0
    return end + (year >= NOW)


def _is_day(tokens: tuple[Token, ...], at: int) -> bool:
    day = tokens[at].value
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text == "." or (day is not None and day <= 31 and following in {".", *MONTHS})


def _year(token: Token) -> int:
    value = token.value
    return int(value) if token.kind == "number" and value is not None and 1990 <= value <= 2099 else 0
