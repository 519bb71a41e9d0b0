"""Single turns of phrase beside a name: whose `their` it is, `X: no`. Knows no stance of its own."""

from __future__ import annotations

from groundplan.readers._scopes import Scopes
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words


def own_their(text: Text, scope: Scopes, cue: Hit) -> bool:
    """`Scaleway containers and their managed pg`: `their` is the platform's that was just named."""
    return text.tokens[cue.first].text == "their" and any(
        p.last <= cue.first and scope.sentence[p.first] == scope.sentence[cue.first]
        for p in text.hits.get("platform", ())
    )


def valued_no(text: Text, hit: Hit) -> Hit | None:
    """`autoscaling: no`, `Kubernetes = none`, `PagerDuty no, Opsgenie yes`."""
    after = text.tokens[hit.last : hit.last + 2]
    plain = bool(after) and after[0].text in ("no", "nope", "nein", "non") and after[0].kind == "word"
    if plain and (len(after) == 1 or after[1].text in (",", ";", ".", "\n", ")", "|", "(")):
        return Hit("cue", "neg_post", hit.last, hit.last + 1)
    if (
        len(after) == 2
        and after[0].text in ":="
        and after[1].text in ("no", "off", "none", "false", "never", "nein", "non")
    ):
        return Hit("cue", "neg_post", hit.last, hit.last + 2)
    return None


def likened(text: Text, hit: Hit) -> bool:
    """`a Heroku-like platform`, `a Heroku clone`: a name that only says what the thing is like."""
    after = [t.text for t in text.tokens[hit.last : hit.last + 2]]
    return (after[:1] == ["-"] and after[-1] in _LIKENESS) or (bool(after) and after[0] in _COPIES)


_LIKENESS = words("like style ish esque")
_COPIES = words("clone clones alternative alternatives lookalike")
_CONDITIONAL = frozenset(("platform", "service", "iac"))


def on_condition(text: Text, scope: Scopes, hit: Hit) -> bool:
    """`OVH if prices rise`: a name that holds on a condition only; alerts and triggers are conditions by nature."""
    after = [t for t in text.tokens[hit.last : hit.last + 4] if t.text not in _ONLY][:2]
    if (
        hit.domain not in _CONDITIONAL
        or len(after) < 2
        or scope.sentence[hit.last] != scope.sentence[hit.first]
    ):
        return False
    return after[0].text in _IFS or (after[0].text == "," and after[1].text in _IFS)


_ONLY = words("only but just nur aber seulement mais solo pero")
_IFS = words("if wenn falls si provided assuming sofern")


def excepted(text: Text, cue: Hit, hit: Hit) -> bool:
    """`everything but the database on Fly`: what is left out stands before the preposition, the name behind it."""
    between = [t.text for t in text.tokens[cue.last : hit.first]]
    return (
        text.tokens[cue.last - 1].text in _LEFT_OUT
        and len(between) > 1
        and between[-1] in _PREPOSITIONS
        and bool(set(between[:-1]) - _ARTICLES)
    )


_LEFT_OUT = words("but except for excluding ausser sauf excepto")
_PREPOSITIONS = words("on in at with by via auf bei mit sur chez avec en con")
_ARTICLES = words("the a an our die der das le la les el los")


def put_down(text: Text, hit: Hit) -> Hit | None:
    """`Sydney is way too far`, `Paris zu langsam`, `Spot lieber nicht`: said of the name right behind it."""
    after = [t.text for t in text.tokens[hit.last : hit.last + 7]]
    at = 0
    while at < len(after) and after[at] in _VERBS_AND_DEGREES:
        at += 1
    if (
        after[at : at + 1]
        and after[at] in _TOO
        and at + 1 < len(after)
        and _is_quality(text, hit.last + at + 1)
    ):
        return Hit("cue", "neg_post", hit.last, hit.last + at + 2)
    while at < len(after) and after[at] in _SOFTLY:
        at += 1
    ends = at + 1 >= len(after) or after[at + 1] in _ENDS
    if after[at : at + 1] and after[at] in _NOT and ends:
        return Hit("cue", "neg_post", hit.last, hit.last + at + 1)
    return None


_VERBS_AND_DEGREES = words(
    "is are was were seems feels looks gets would be ist sind war ware est sont serait es era seria way far much just "
    "simply a bit little also auch viel einfach leider honestly bien mucho"
)
_TOO = words("too zu trop demasiado")
_SOFTLY = words("lieber besser bitte eher aber dann please rather better plutot mejor gracias merci")
_NOT = words("nicht not no non nein pas never niemals nie jamais nunca")
_ENDS = words(". , ; ! ) \n | gracias merci danke thanks")
_NO_QUALITY = words("please and or but bitte und oder if for in at with")


def _is_quality(text: Text, i: int) -> bool:
    """`too far`; in `Paris too, and Rome` and `zu uns` no quality follows."""
    token = text.tokens[i]
    return (
        token.kind == "word" and token.text not in _NO_QUALITY and token.value is None and len(token.text) > 2
    )


def passed_over(text: Text, hits: list[Hit], n: int) -> Hit | None:
    """`we picked Paris over London`: the one behind `over` was not taken."""
    hit = hits[n]
    if n == 0 or not hit.first or text.tokens[hit.first - 1].text not in _OVER | _WINS | _AS_OVER:
        return None
    if hit.first - hits[n - 1].last > 3:
        return None
    if text.tokens[hit.first - 1].text in _WINS:
        return Hit("cue", "neg", hit.first - 1, hit.first)
    chosen = {t.text for t in text.tokens[max(0, hits[n - 1].first - 5) : hits[n - 1].first]}
    if text.tokens[hit.first - 1].text in _AS_OVER:
        return Hit("cue", "neg", hit.first - 1, hit.first) if chosen & _RATHER else None
    return Hit("cue", "neg", hit.first - 1, hit.first) if chosen & _PICKED or not chosen else None


def outweighed(text: Text, hits: list[Hit], n: int) -> Hit | None:
    """`SMS costs extra so mail`: something is said against the name, and another one follows from it."""
    if n + 1 >= len(hits) or hits[n + 1].domain != hits[n].domain:
        return None
    between = [t.text for t in text.tokens[hits[n].last : hits[n + 1].first]]
    if not 3 <= len(between) <= 8 or between[0] not in _AGAINST or not _SO & set(between):
        return None
    return Hit("cue", "neg_post", hits[n].last, hits[n].last + 2)


_AGAINST = words("costs cost kostet coute cuesta annoys lacks misses ignores hides breaks broke died")
_SO = words("so hence therefore thus also daher deshalb donc asi")
_OVER = words("over above before vor")
_AS_OVER = words("als")
_RATHER = words("lieber eher besser")
_WINS = words("beats beat trumps schlagt bat vence")
_PICKED = words(
    "picked pick chose choose chosen prefer prefers preferred favour favor favoured favored take took went go going like"
)


def moved_to(text: Text, hit: Hit) -> bool:
    """`moving to fly`, `we go to render`; not `I'd love to fly`."""
    words = [t.text for t in text.tokens[max(0, hit.first - 4) : hit.first]]
    return words[-1:] == ["to"] and any(w.startswith((*MOVES, "deploy", "go")) for w in words)


MOVES = ("mov", "migrat", "switch", "com", "port", "transition", "umzieh", "wechsel", "migr")
