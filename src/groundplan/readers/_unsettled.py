"""Words that put an answer into doubt and that no reader understood: ask. Knows no question's grammar."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.readers._notes import Notes
    from groundplan.readers._tokens import Hit

_MAIN = {
    "hosting": words("primary platforms"),
    "regions": words("primary regions topology"),
    "scaling": words("mode initial_instances min_instances max_instances memory_mb"),
    "monitoring": words("tools"),
    "budget": words("amount"),
    "iac": words("tool"),
}
"""The fields of a question that a word of doubt may change."""


def doubt_the_unsettled(notes: Notes, question: str) -> None:
    """Flag the main fields that have a value, where a word of doubt stands in the text and nothing has used it."""
    fields = [f for f in dict.fromkeys(s.field.split(".")[0] for s in notes.spans) if f in _asked(question)]
    cue = _unused(notes, question)
    if notes.unclear:
        return
    if cue is None or not fields:
        _doubt_the_predicated(notes, question)
        return
    shown = next(s.text for s in notes.spans if s.field.split(".")[0] == fields[0])
    said = notes.words(cue.first, cue.last)
    notes.doubt(
        fields[0], f"“{said}”: is “{shown[:40]}” decided?", ("yes, as it was read", {}), ("not yet", {})
    )
    for field in (*fields[1:], *(("primary",) if question == "regions" else ())):
        notes.doubt(field)
    notes.use(cue.first, cue.last)


_NAMES = {
    "hosting": words("platforms services"),
    "regions": words("regions"),
    "monitoring": words("tools alert_channels"),
    "iac": words("tool"),
}
_COPULA = words(
    "is was are were would ist war ware est etait es era has had looks seems sounds might could wird "
    "isn't wasn't keeps gets will should"
)
SETTLES = words(
    "fine enough plenty been main primary what where all closest nearest ours already good great ok okay "
    "perfect cheap cheapest our the on in used home required needed mandatory set decided chosen best easiest "
    "natural logical obvious sensible mandated mandatory prescribed picked selected "
    "simplest right responsible ring be run handle host serve genug gut ideal easy familiar free included"
)


def _doubt_the_predicated(notes: Notes, question: str) -> None:
    """`Slack is down more often than we are`: something is said of a name that does not say that it is wanted."""
    starts = [t.start for t in notes.text.tokens]
    tokens = notes.text.tokens
    if question in _DECIDES and notes.text.cues("decided_post"):
        return
    for span in notes.spans:
        field = span.field.split(".")[0]
        at = bisect_left(starts, span.end)
        if field not in _NAMES.get(question, ()) or at + 1 >= len(tokens) or tokens[at].text not in _COPULA:
            continue
        if tokens[at].kind == "word" and not SETTLES & {t.text for t in tokens[at + 1 : at + 4]}:
            said = notes.words(at, min(at + 4, len(tokens)))
            notes.doubt(
                field, f"“{span.text[:40]} {said}”: is it wanted?", ("yes, as it was read", {}), ("no", {})
            )
            for main in _asked(question) & {s.field.split(".")[0] for s in notes.spans}:
                notes.doubt(main)
            return


def _asked(question: str) -> frozenset[str]:
    return _MAIN.get(question, frozenset())


def _unused(notes: Notes, question: str) -> Hit | None:
    """The first word of doubt that no stance used; what tells of another project counts in the value's sentence only."""
    sentences = _sentences(notes, question)
    for cue in notes.text.cues("unsettled", "unsettled_here"):
        elsewhere = cue.key == "unsettled_here" and notes.scope.sentence[cue.first] not in sentences
        hyphened = any(t.text == "-" for t in notes.text.tokens[cue.first : cue.last])
        if _overruled(notes, question, cue):
            continue
        if elsewhere or hyphened or _only_a_consequence(notes, question, cue):
            continue
        if not notes.is_used(cue.first, cue.last):
            return cue
    return None


_WHO = words("i'd we'd boss my client customer management insists")
_DECIDES = words("hosting iac")


def _overruled(notes: Notes, question: str, cue: Hit) -> bool:
    """`the boss has an Azure contract, so Azure it is`: a wish is settled by a decision; `approved Terraform modules`."""
    if question not in _DECIDES:
        return False
    if notes.scope.sentence[cue.first] in _told_of(notes) - _sentences(notes, question):
        return True
    said = notes.text.tokens[cue.first].text
    if said == "approved":
        return any(h.first == cue.last for h in notes.text.of("iac", "platform", "service"))
    return said in _WHO and bool(notes.text.cues("decided", "decided_post"))


def _told_of(notes: Notes) -> set[int]:
    """Sentences about a plan: `Whether it becomes EKS depends on a hire`."""
    starts = [t.start for t in notes.text.tokens]
    return {notes.scope.sentence[bisect_left(starts, r.start)] for r in notes.remarks if r.kind == "planned"}


_ELSE = words("otherwise sonst ansonsten sinon si")
_SPOKEN = {"budget": ("currency", "status"), "regions": ("city", "place", "area", "compass", "status")}


def _only_a_consequence(notes: Notes, question: str, cue: Hit) -> bool:
    """`at most 45 €, otherwise we switch it off`: what follows offers nothing else."""
    if question == "monitoring" and notes.text.tokens[cue.first].text in _ELSE:
        return any(0 <= h.first - cue.last <= 3 for h in notes.text.of("channel"))
    if question not in _SPOKEN or notes.text.tokens[cue.first].text not in _ELSE:
        return False
    sentence, tokens = notes.scope.sentence, notes.text.tokens
    behind = [i for i in range(cue.last, len(tokens)) if sentence[i] == sentence[cue.first]]
    named = {i for h in notes.text.of(*_SPOKEN[question]) for i in range(h.first, h.last)}
    return bool(behind) and not any(
        i in named or tokens[i].value is not None or tokens[i].kind == "code" for i in behind
    )


def _sentences(notes: Notes, question: str) -> set[int]:
    starts = [t.start for t in notes.text.tokens]
    asked = _asked(question)
    return {
        notes.scope.sentence[bisect_left(starts, s.start)]
        for s in notes.spans
        if s.field.split(".")[0] in asked
    }
