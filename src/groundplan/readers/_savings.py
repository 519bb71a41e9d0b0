"""How spending is watched and kept low, as named in an answer. Knows no amount."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._stance import stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words


def tracking(notes: Notes) -> tuple[str, ...]:
    """Ways of watching what is spent; declined ones are left out."""
    return _names(notes, "tracking", _longest(notes, "tracking"))


def optimisations(notes: Notes) -> tuple[str, ...]:
    """Ways of spending less; `no NAT` is one and no refusal."""
    hits = [h for h in _longest(notes, "optimisation") if not _swallowed(notes, h)]
    nights = {notes.scope.clause[h.first] for h in hits if h.key == "scale_down_off_hours"}
    hits = [h for h in hits if h.key != "auto_scaling" or notes.scope.clause[h.first] not in nights]
    return _names(notes, "optimisations", hits)


def _longest(notes: Notes, domain: str) -> list[Hit]:
    """Of two names that overlap the later, which holds the noun: `GCP billing alerts` are alerts."""
    kept: list[Hit] = []
    for hit in notes.text.of(domain):
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
        elif hit.first > kept[-1].first and hit.last > kept[-1].last:
            kept[-1] = hit
    return kept


def _swallowed(notes: Notes, hit: Hit) -> bool:
    """`2k is reserved for training` reserves no capacity; `overnight` needs something that is turned off."""
    following = notes.text.tokens[hit.last].text if hit.last < len(notes.text.tokens) else ""
    if notes.text.tokens[hit.last - 1].text == "reserved" and following in ("for", "fur", "pour", "para"):
        return True
    if hit.key == "credits" and _in_a_sentence_with_money(notes, hit):
        return True
    if notes.text.tokens[hit.first].text not in (
        "at",
        "overnight",
        "nachts",
        "nights",
        "weekends",
        "weekend",
        "la",
        "de",
        "wochenende",
        "am",
        "on",
    ):
        return False
    off = (
        "stop",
        "turn",
        "shut",
        "off",
        "down",
        "pause",
        "aus",
        "abschalten",
        "herunterfahren",
        "eteindre",
        "apagar",
        "stopped",
        "suspend",
        "sleep",
        "kill",
        "hibernate",
        "runter",
        "coup",
        "arret",
        "abgeschaltet",
        "ausgeschaltet",
        "apaga",
    )
    return not any(any(t.text.startswith(o) for o in off) for t in notes.text.tokens)


def _in_a_sentence_with_money(notes: Notes, hit: Hit) -> bool:
    """`$5,000 of credits` are money that is there, and no way of spending less."""
    sentence = notes.scope.sentence
    return any(sentence[h.first] == sentence[hit.first] for h in notes.text.of("currency"))


def _none_of_it(notes: Notes, hit: Hit) -> bool:
    """`Hetzner has no budget alarms`: the no is part of `no budget`, and holds for what follows as well."""
    before = notes.text.tokens[max(0, hit.first - 1) : hit.last]
    return hit.domain == "tracking" and any(t.text in _NO for t in before)


_NO = words("no not without kein keine keinen sin pas sans")


def _names(notes: Notes, field: str, hits: list[Hit]) -> tuple[str, ...]:
    names: list[str] = []
    for m in stances(notes.text, notes.scope, hits, third_party=False):
        if m.stance not in ("chosen", "maybe") or _none_of_it(notes, m.hit):
            notes.meant([m])
            continue
        if m.hit.key not in names:
            names.append(m.hit.key)
        notes.take_hit(f"{field}.{names.index(m.hit.key)}", m.hit)
    return tuple(names)
