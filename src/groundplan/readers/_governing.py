"""Which cue governs a name: a rejection behind it, a question before it. Knows cues; not what follows from them."""

from __future__ import annotations

from groundplan.readers._scopes import Scopes
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words

_LIST = words(", / + & the a an even * der die das le la el any of using | on to for")


_TRIGGER_OPEN = words("if once when unless after wenn sobald si cuando quand falls should")


def was_once(text: Text, scope: Scopes, hit: Hit) -> list[Hit]:
    """`Heroku was fine`, `on Heroku until 2021`."""
    later = [c for c in text.hits.get("cue.past", ()) if c.first >= hit.last and c.first - hit.last <= 3]
    later = [
        c
        for c in later
        if scope.clause[c.first] == scope.clause[hit.first] and text.tokens[c.first].text == "until"
    ]
    if (
        not later
        and hit.last < len(text.tokens)
        and text.tokens[hit.last].text in ("was", "were", "war", "etait", "era")
        and text.cue_between(hit.last, hit.last + 3, "decided_post") is None
    ):
        return [Hit("cue", "past", hit.last, hit.last + 1)]
    return later


def post_rejection(text: Text, scope: Scopes, hits: list[Hit], n: int) -> Hit | None:
    hit = hits[n]
    ceiling = hits[n + 1].first if n + 1 < len(hits) else len(text.tokens)
    supposed = hit.first > 0 and text.tokens[hit.first - 1].text in _TRIGGER_OPEN
    for cue in text.cues("neg_post"):
        if supposed and text.tokens[cue.last - 1].text in ("gone", "down", "closed"):
            continue
        if not (hit.last <= cue.first < ceiling and cue.first - hit.last <= 8) or (
            scope.sentence[cue.first] != scope.sentence[hit.first] and not _asked_and_declined(text, hit, cue)
        ):
            continue
        stands_off = scope.clause[cue.first] != scope.clause[hit.first]
        if stands_off and not _only_signs(text, hit.last, cue.first):
            continue
        told_when = text.tokens[cue.first].text.startswith("fail") and any(
            t.text in _TRIGGER_OPEN for t in text.tokens[hit.last : cue.first]
        )
        if (
            told_when
            or text.cue_between(hit.last, cue.first, "neg", "because")
            or (text.cue_between(hit.last, cue.first, "but") and not stands_off)
        ):
            continue
        return cue
    return None


def _asked_and_declined(text: Text, hit: Hit, cue: Hit) -> bool:
    """`Datadog?? too expensive`: a question that is answered right behind it."""
    between = [t.text for t in text.tokens[hit.last : cue.first]]
    return "?" in between and set(between) <= {"?", "!", "way", "far", "no", "nah", "nope", "is", "it's"}


def _only_signs(text: Text, first: int, last: int) -> bool:
    return all(t.kind != "word" or t.text in _PRONOUNS for t in text.tokens[first:last])


_PRONOUNS = words(
    "is was are were that's it's its way far which would be it they this that but however though and "
    "just really a bit feels seems looks got"
)


def comes_later(text: Text, scope: Scopes, hits: list[Hit], n: int) -> Hit | None:
    hit = hits[n]
    if n and _closes_with_after(text, hit):
        return Hit("cue", "future", hit.last, hit.last + 1)
    now = text.cues("now")
    for cue in text.cues("future", "then"):
        if cue.first < hit.last and cue.last > hit.first:
            continue
        if _governs(text, scope, cue, hits, n) and not any(_nearer(scope, c, cue, hit) for c in now):
            return cue
    return None


def _closes_with_after(text: Text, hit: Hit) -> bool:
    """`Strato until April, Azure after`."""
    after = [t.text for t in text.tokens[hit.last : hit.last + 2]]
    return bool(after) and after[0] in _AFTER and (len(after) == 1 or after[1] in ".,;)\n")


_AFTER = words("after afterwards danach apres despues")


def heading_of(text: Text, scope: Scopes, hit: Hit) -> Hit | None:
    """`second step, maybe next year: Grafana`: a heading that dates what stands behind its colon."""
    colon = hit.first - 1
    while (
        colon >= max(0, hit.first - 40)
        and text.tokens[colon].text != ":"
        and scope.sentence[colon] == scope.sentence[hit.first]
    ):
        colon -= 1
    if colon < 1 or text.tokens[colon].text != ":" or scope.clause[hit.first] != scope.clause[colon]:
        return None
    heading = scope.clause[colon - 1]
    return next(
        (c for c in text.cues("future") if scope.clause[c.first] == heading and c.last <= colon), None
    )


def _governs(text: Text, scope: Scopes, cue: Hit, hits: list[Hit], n: int) -> bool:
    hit = hits[n]
    if scope.sentence[cue.first] != scope.sentence[hit.first]:
        return False
    if cue.key == "then":
        return cue.last <= hit.first and n > 0 and not any(cue.last <= h.first < hit.first for h in hits[:n])
    if scope.clause[cue.first] != scope.clause[hit.first]:
        return _condition_before(text, scope, cue, hit)
    between = [h for h in hits if min(cue.last, hit.last) <= h.first < max(cue.first, hit.first)]
    if cue.last <= hit.first:
        return not between or all(
            in_a_list(text, a.last, b.first) for a, b in zip(between, [*between[1:], hit], strict=True)
        )
    return not between


def _condition_before(text: Text, scope: Scopes, cue: Hit, hit: Hit) -> bool:
    """`once we grow, AWS`: a condition that opens a clause reaches the next one."""
    opens = text.tokens[cue.first].text in _TRIGGER_OPEN
    starts = (
        cue.first == 0
        or scope.clause[cue.first - 1] != scope.clause[cue.first]
        or text.tokens[cue.first - 1].text in ",("
    )
    return (
        opens
        and starts
        and cue.last <= hit.first
        and scope.clause[hit.first] == scope.clause[cue.first] + 1
        and hit.first - cue.last <= 9
    )


def _nearer(scope: Scopes, now: Hit, cue: Hit, hit: Hit) -> bool:
    """A present word that stands closer to the hit than the future word."""
    if scope.clause[now.first] != scope.clause[hit.first]:
        return False
    return _distance(now, hit) < _distance(cue, hit)


def _distance(a: Hit, b: Hit) -> int:
    return b.first - a.last if a.last <= b.first else a.first - b.last


def questioned(text: Text, scope: Scopes, hit: Hit) -> bool:
    """The sentence ends in a question mark right after the name, or further on where more is said after it."""
    more = scope.sentence[-1] != scope.sentence[hit.first]
    for i in range(hit.last, min(hit.last + (8 if more else 3), len(text.tokens))):
        if text.tokens[i].text == "?":
            return True
        if text.tokens[i].kind in ("stop", "line") or scope.sentence[i] != scope.sentence[hit.first]:
            return False
    return False


def in_a_list(text: Text, first: int, last: int) -> bool:
    """Only list signs, articles and conjunctions between two names."""
    links = {
        i
        for h in text.cues("or", "and")
        if first <= h.first and h.last <= last
        for i in range(h.first, h.last)
    }
    return last - first <= 5 and all(
        i in links or text.tokens[i].text in _LIST or _abbreviates(text, i) for i in range(first, last)
    )


def _abbreviates(text: Text, i: int) -> bool:
    """The point of `vs.`."""
    return text.tokens[i].text == "." and text.tokens[i].kind == "symbol"
