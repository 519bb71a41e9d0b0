"""Read any question that offers options: which option is meant, in the person's own words. Knows no phase."""

from __future__ import annotations

import itertools

from groundplan.facts.vocabulary import atoms, fold
from groundplan.model.decision import Chosen, Reading, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._nearest import nearest
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._stance import either, stances
from groundplan.readers._status import bare_status
from groundplan.readers._tokens import Hit, Text
from groundplan.readers._words import words

_DULL = words("the a an of or and with for to your own use none based")


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Read `text` as a choice among the options of `question`."""
    notes = Notes("" if too_long(text) else text)
    names = tuple(o.name for o in question.options) if question else ()
    found = stances(notes.text, notes.scope, _option_hits(notes.text, names), third_party=False)
    chosen = [m.hit for m in found if m.stance == "chosen"]
    maybe = [m.hit for m in found if m.stance == "maybe"]
    notes.meant([m for m in found if m.stance not in ("chosen", "maybe")])
    options = tuple(dict.fromkeys(h.key for h in chosen or maybe))
    for hit in chosen or maybe:
        notes.take_hit(f"options.{options.index(hit.key)}", hit)
    value = Chosen(options=options, text=" ".join(notes.text.raw.split()))
    status = _status(notes, names, chosen, maybe)
    notes.use(0, len(notes.text.tokens))
    return finish(notes, question.key if question else "choice", value, status)


def _option_hits(text: Text, names: tuple[str, ...]) -> list[Hit]:
    forms = sorted(((f, n) for n in names for f in _forms(n)), key=lambda p: -len(p[0]))
    found: list[Hit] = []
    for i in range(len(text.tokens)):
        for form, name in forms:
            if _written(text, i, form) and not any(h.first <= i < h.last for h in found):
                found.append(Hit("option", name, i, i + len(form)))
                break
    return found


def _forms(name: str) -> list[tuple[str, ...]]:
    """The whole name, the part before a bracket or a slash, and its one telling word."""
    folded = fold(name)
    parts = [folded, folded.partition("(")[0], *folded.replace("(", "/").replace(")", "").split("/")]
    forms = [tuple(w for w in atoms(p) if w.isalnum()) for p in parts]
    telling = [w for w in atoms(folded) if len(w) > 3 and w not in _DULL]
    if telling:
        forms.append((telling[0],))
    return [f for f in dict.fromkeys(forms) if f]


def _written(text: Text, i: int, form: tuple[str, ...]) -> bool:
    return tuple(t.text for t in text.tokens[i : i + len(form)]) == form


def _status(notes: Notes, names: tuple[str, ...], chosen: list[Hit], maybe: list[Hit]) -> Status:
    if chosen and not any(either(notes.text, a, b) for a, b in itertools.pairwise(chosen)):
        return "ok"
    if chosen or maybe:
        open_ = list(dict.fromkeys(h.key for h in chosen or maybe))[:3]
        notes.doubt("options", f"{' or '.join(open_)}: which one?", *((n, {"options": [n]}) for n in open_))
        return "unclear"
    status = bare_status(notes)
    if status == "unclear":
        close = nearest(" ".join(t.text for t in notes.text.tokens[:6]), names) or names
        notes.doubt(
            "options",
            "no option was recognised: which one is meant?",
            *((n, {"options": [n]}) for n in close[:3]),
        )
    return status


READER = Reader(key="choice", titles=(), value=Chosen, read=read)
