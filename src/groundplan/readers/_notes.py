"""Collect what a reader finds, and account for every word that carries information. Knows no question's grammar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, Literal

from groundplan.facts import vocabulary
from groundplan.model.decision import Choice, FollowUp, Reading, Remark, Span, Status, Value
from groundplan.readers._scopes import Scopes, scopes
from groundplan.readers._stance import Meant
from groundplan.readers._tokens import Hit, Text, tokenize
from groundplan.readers._understood import doubt_the_unknown, withheld
from groundplan.readers._unsettled import doubt_the_unsettled

LONGEST = 20_000
"""Characters; a longer text is not an answer to a question and is not read."""

OWNERS = {
    "platform": "hosting", "service": "hosting", "addon": "hosting",
    "city": "regions", "compass": "regions", "law": "regions", "code": "regions",
    "counted": "scaling", "memory": "scaling", "cpu": "scaling", "mode": "scaling", "zero": "scaling",
    "schedule": "scaling",
    "tool": "monitoring", "channel": "monitoring",
    "money": "budget", "optimisation": "budget",
    "iac": "iac", "backend": "iac", "file": "iac", "repo": "iac",
}  # fmt: skip
"""Domain -> question that its words answer."""

_NAMED = (
    "platform", "service", "addon", "city", "compass", "place", "area", "doubtful_place", "law", "tool", "channel",
    "iac", "backend", "schedule", "zero", "currency",
)  # fmt: skip
RemarkKind = Literal["unused", "out_of_turn", "planned", "rejected", "note", "deferred"]
_STANCES: dict[str, RemarkKind] = {
    "planned": "planned",
    "rejected": "rejected",
    "past": "rejected",
    "retracted": "note",
    "other": "note",
    "spoken": "note",
    "maybe": "note",
}
_SAYING = {
    "planned": "`{}` is taken as a plan for later",
    "rejected": "`{}` is taken as not wanted",
    "past": "`{}` is taken as the past",
    "retracted": "`{}` was taken back by the words after it",
    "other": "`{}` is taken as somebody else's",
    "spoken": "`{}` is only spoken of",
    "maybe": "`{}` is taken as a possibility only",
    "unclear": "`{}` could be meant either way",
}


class Notes:
    """What was found so far in one text. Lives for one reading only."""

    def __init__(self, raw: str) -> None:
        self.text: Text = tokenize(raw, vocabulary.load())
        self.scope: Scopes = scopes(self.text)
        self.used = bytearray(len(self.text.tokens))
        self.spans: list[Span] = []
        self.unclear: list[str] = []
        self.follow_ups: list[FollowUp] = []
        self.remarks: list[Remark] = []
        self.extra: dict[str, tuple[tuple[int, int], ...]] = {}

    def take(self, field: str, first: int, last: int, basis: str = "stated") -> None:
        """Tokens first..last caused `field`."""
        start, end, quote = self.text.quote(first, last)
        span = Span(field=field, start=start, end=end, text=quote, basis=basis)  # type: ignore[arg-type]  # literal
        if span not in self.spans:
            self.spans.append(span)
        self.use(first, last)

    def take_both(self, field: str, first: tuple[int, int], second: tuple[int, int]) -> None:
        """Two parts caused `field`; a number between them belongs to something else and stays free."""
        (a, b), (c, d) = sorted((first, second))
        if any(t.value is not None or t.kind == "clock" for t in self.text.tokens[b:c]):
            self.take(field, a, b)
            self.take(field, c, d)
        else:
            self.take(field, a, max(b, d))

    def take_hit(self, field: str, hit: Hit, basis: str = "stated") -> None:
        self.take(field, hit.first, hit.last, basis)

    def use(self, first: int, last: int) -> None:
        for i in range(first, last):
            self.used[i] = 1

    def use_hits(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            self.use(hit.first, hit.last)

    def is_used(self, first: int, last: int) -> bool:
        return any(self.used[i] for i in range(first, last))

    def doubt(self, field: str, question: str = "", *choices: tuple[str, dict[str, Any]]) -> None:
        """Flag `field`; ask `question` with up to three concrete choices."""
        if field not in self.unclear:
            self.unclear.append(field)
        if question and not any(f.field == field for f in self.follow_ups):
            options = tuple(Choice(label, sets) for label, sets in choices[:3])
            self.follow_ups.append(FollowUp(field=field, text=question, choices=options))

    def remark(self, kind: RemarkKind, text: str, first: int, last: int, question: str | None = None) -> None:
        """Say how tokens first..last were taken; `{}` in `text` is their words."""
        start, end, quote = self.text.quote(first, last)
        made = Remark(
            kind=kind, text=text.format(shorten(quote)), quote=quote, start=start, end=end, question=question
        )
        if not any(r.quote == quote and r.text == made.text for r in self.remarks):
            self.remarks.append(made)
        self.use(first, last)

    def meant(self, found: list[Meant]) -> None:
        """Account for names that did not become a value, and for the words that made it so."""
        for m in found:
            if m.cue is not None:
                self.use(m.cue.first, m.cue.last)
            if m.stance in _SAYING and m.stance != "chosen":
                first, last = self._with_date(m)
                self.remark(_STANCES.get(m.stance, "note"), _SAYING[m.stance], first, last)

    def _with_date(self, m: Meant) -> tuple[int, int]:
        """A name, with the words that date it where they hold a number: `AWS by 2026`."""
        dated = m.cue is not None and any(
            t.kind == "number" for t in self.text.tokens[m.cue.first : m.cue.last]
        )
        if m.cue is None or not dated:
            return m.hit.first, m.hit.last
        return min(m.hit.first, m.cue.first), max(m.hit.last, m.cue.last)

    def words(self, first: int, last: int) -> str:
        return shorten(self.text.quote(first, last)[2])


def shorten(quote: str) -> str:
    """Keep a quote short, on one line, free of control characters and of marks that turn the reading direction."""
    plain = "".join(c if c.isprintable() else " " for c in quote)
    plain = " ".join(plain.split()).replace("{", "(").replace("}", ")").replace("`", "'")
    return plain if len(plain) <= 60 else plain[:57] + "…"


def finish(notes: Notes, question: str, value: Value, status: Status) -> Reading:
    """Account for the rest of the words, and close the reading."""
    doubt_the_unsettled(notes, question)
    if doubt_the_unknown(notes, question, value):
        value, status = withheld(question, value), "unclear"
    _leftovers(notes, question)
    return Reading(
        question=question,
        text=notes.text.raw,
        status=status,
        value=value,
        spans=tuple(notes.spans),
        unclear=tuple(notes.unclear),
        follow_ups=tuple(notes.follow_ups[:2]),
        remarks=tuple(notes.remarks),
    )


def informative(text: Text) -> list[tuple[str, int, int]]:
    """(domain, first, last) of everything that carries information, a longer name before a shorter one inside it."""
    found = [
        (d, h.first, h.last) for d in _NAMED for h in text.hits.get(d, ()) if not h.weak and h.key != "none"
    ]
    found += [("negation", h.first, h.last) for h in text.hits.get("cue.neg", ())]
    for i, token in enumerate(text.tokens):
        if token.kind in ("number", "clock"):
            found.append(("number", i, i + 1))
        elif token.kind in ("code", "file", "folder", "machine"):
            found.append((token.kind, i, i + 1))
    return sorted(found, key=lambda f: (f[1], -f[2]))


_NEVER_SILENT = ("number", "platform", "service", "tool", "iac", "code", "file")
"""Domains whose words must be shown as a field or a remark, even where a reader used them to understand others."""


def _leftovers(notes: Notes, question: str) -> None:
    shown = _shown(notes)
    asked = " ".join(f.text for f in notes.follow_ups)
    names, keys = _names_shown(notes, shown), _keys_at(notes)
    for domain, first, last in informative(notes.text):
        if notes.is_used(first, last) and (
            domain not in _NEVER_SILENT
            or any(shown[first:last])
            or names & keys.get((first, last), set())
            or notes.text.quote(first, last)[2] in asked
        ):
            continue
        first, last, domain = _widen(notes.text, first, last, domain)
        owner = OWNERS.get(domain)
        if owner is not None and owner != question:
            notes.remark("out_of_turn", "`{}` answers another question", first, last, owner)
        else:
            notes.remark("unused", "`{}` was not used", first, last)


def _shown(notes: Notes) -> bytearray:
    """For each token whether a span or a remark shows it."""
    told = sorted([(s.start, s.end) for s in notes.spans] + [(r.start, r.end) for r in notes.remarks])
    shown = bytearray(len(notes.text.tokens))
    starts = [t.start for t in notes.text.tokens]
    for start, end in told:
        for i in range(bisect_left(starts, start), bisect_left(starts, end)):
            shown[i] = 1
    return shown


def _names_shown(notes: Notes, shown: bytearray) -> frozenset[str]:
    """Keys of the names that a span or a remark shows in full: a name that is said twice is shown once."""
    hits = (h for d in _NAMED for h in notes.text.hits.get(d, ()))
    return frozenset(h.key for h in hits if all(shown[h.first : h.last]))


def _keys_at(notes: Notes) -> dict[tuple[int, int], set[str]]:
    keys: dict[tuple[int, int], set[str]] = {}
    for domain in _NAMED:
        for hit in notes.text.hits.get(domain, ()):
            keys.setdefault((hit.first, hit.last), set()).add(hit.key)
    return keys


def _widen(text: Text, first: int, last: int, domain: str) -> tuple[int, int, str]:
    """A number is quoted with the unit behind it or the currency before it."""
    if domain not in ("number", "negation"):
        return first, last, domain
    if domain == "negation":
        return first, min(last + 3, len(text.tokens)), domain
    if last < len(text.tokens) and text.tokens[last].text == "%":
        return first, last + 1, domain
    for name in ("unit", "counted", "currency"):
        for hit in _near(text.hits.get(name, ()), first, last):
            if hit.first in (last, last + 1) and text.tokens[last].kind != "stop":
                return first, hit.last, _sort(name, hit.key)
            if name == "currency" and hit.last == first:
                return hit.first, last, "money"
    return first, last, domain


def _near(hits: tuple[Hit, ...], first: int, last: int) -> tuple[Hit, ...]:
    """Hits that start at most four tokens before `first`, or up to one behind `last`."""
    start = bisect_left(hits, first - 4, key=lambda h: h.first)
    return hits[start : bisect_left(hits, last + 2, lo=start, key=lambda h: h.first)]


def _sort(name: str, key: str) -> str:
    if name == "unit":
        return {"mb": "memory", "gb": "memory", "cpu": "cpu", "millicpu": "cpu"}.get(key, "number")
    return {"currency": "money", "counted": "counted"}[name]


def too_long(raw: str) -> bool:
    return len(raw) > LONGEST


def empty(notes: Notes) -> bool:
    """Nothing in it that could be a word."""
    return not any(t.kind not in ("symbol", "stop", "line") for t in notes.text.tokens)
