"""Of several names, which was decided on and which was only spoken of. Knows sentences; knows no question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from groundplan.readers._conditions import asked as asked_whether
from groundplan.readers._conditions import conditional, is_if
from groundplan.readers._stance import Meant, Stance
from groundplan.readers._turns import on_condition
from groundplan.readers._words import words

if TYPE_CHECKING:
    from groundplan.readers._notes import Notes
    from groundplan.readers._tokens import Hit

Rivals = Callable[["Hit", "Hit"], bool]
"""Whether of two names only one can be the answer."""


def weighed(notes: Notes, found: list[Meant], rivals: Rivals) -> list[Meant]:
    """The stances of names after conditions and decisions: `we wanted Pulumi but ended up with Terraform`."""
    if len(found) > _MANY:
        return found
    return _decided(notes, _on_conditions(notes, _answered(notes, found)), rivals)


def _answered(notes: Notes, found: list[Meant]) -> list[Meant]:
    """`GKE? EKS? Neither. Cloud Run.`: questions that the statement behind them answers."""
    sentence, tokens = notes.scope.sentence, notes.text.tokens
    found = [
        Meant(m.hit, "maybe") if m.stance == "chosen" and asked_whether(notes, m.hit.first) else m
        for m in found
    ]
    found = [Meant(m.hit, "chosen") if m.stance == "maybe" and _affirmed(notes, m.hit) else m for m in found]
    said = next((m.hit for m in found if m.stance == "chosen"), None)
    if said is None:
        return found
    asked = [
        m
        for m in found
        if m.stance == "maybe"
        and m.cue is None
        and m.hit.last < len(tokens)
        and tokens[m.hit.last].text == "?"
        and sentence[m.hit.first] < sentence[said.first]
    ]
    if not asked:
        return found
    denied = bool(_DENIALS & {t.text for t in tokens[asked[-1].hit.last : said.first]})
    return [Meant(m.hit, "rejected" if denied else "spoken") if m in asked else m for m in found]


def _affirmed(notes: Notes, hit: Hit) -> bool:
    """`Azure? Yes.`"""
    after = [t.text for t in notes.text.tokens[hit.last : hit.last + 2]]
    return after[:1] == ["?"] and after[-1] in _YES


_YES = words("yes yep yeah sure ja oui si claro")
_DENIALS = words("neither no nope nah weder nein non ni none nothing")


_MANY = 100
"""More names than any answer weighs; each is compared with the others."""


def _on_conditions(notes: Notes, found: list[Meant]) -> list[Meant]:
    """A name that holds on a condition is a plan where another holds now, and a possibility where none does."""
    leads = {n for n, m in enumerate(found) if m.stance == "maybe" and _leads_to_another(notes, found, n)}
    found = [Meant(m.hit, "chosen") if n in leads else m for n, m in enumerate(found)]
    held = [
        n not in leads and m.stance in ("chosen", "maybe", "planned") and _holds_on_condition(notes, m.hit)
        for n, m in enumerate(found)
    ]
    if not any(held):
        return found
    otherwise = [
        n
        for n, m in enumerate(found)
        if not held[n]
        and m.stance == "chosen"
        and (_is_the_other_case(notes, m.hit) or _WOULD & set(_before(notes, m.hit)[-5:]))
    ]
    firm = any(
        m.stance == "chosen" and not h and n not in otherwise
        for n, (m, h) in enumerate(zip(found, held, strict=True))
    )
    stance: Stance = "planned" if firm else "maybe"
    return [
        Meant(m.hit, stance, m.cue)
        if held[n] and (m.stance != "planned" or otherwise)
        else Meant(m.hit, "maybe")
        if n in otherwise and not firm
        else m
        for n, m in enumerate(found)
    ]


def _leads_to_another(notes: Notes, found: list[Meant], n: int) -> bool:
    """`one EC2, if that gets too small then ECS`: the condition is that of the name behind it."""
    at = found[n].hit.last
    return (
        n + 1 < len(found)
        and is_if(notes, at + 1)
        and notes.text.tokens[at].text in ",-–"
        and notes.scope.sentence[found[n + 1].hit.first] == notes.scope.sentence[at]
        and not _is_the_other_case(notes, found[n + 1].hit)
    )


def _holds_on_condition(notes: Notes, hit: Hit) -> bool:
    before, at = _before(notes, hit), hit.last
    if any(notes.scope.clause[c.first] == notes.scope.clause[hit.first] for c in notes.text.cues("now")):
        return on_condition(notes.text, notes.scope, hit)
    if _UNLESS & set(before) or conditional(notes, hit.first, hit.last):
        return True
    if on_condition(notes.text, notes.scope, hit):
        return True
    moves = bool(_MOVES & set(before[-4:]))
    return moves and at < len(notes.text.tokens) and is_if(notes, at)


def _before(notes: Notes, hit: Hit) -> list[str]:
    """The words of the sentence that lead to the name, the nearest last."""
    sentence = notes.scope.sentence
    start = hit.first
    while start and sentence[start - 1] == sentence[hit.first]:
        start -= 1
    return [t.text for t in notes.text.tokens[start : hit.first]]


_UNLESS = words("unless")
_MOVES = words(
    "move moving migrate switch go graduate upgrade change jump grow wechseln umziehen passer migrer"
)


def _is_the_other_case(notes: Notes, hit: Hit) -> bool:
    """`otherwise Hetzner`, `if not: Hetzner`, `else Hetzner`."""
    before = _before(notes, hit)[-4:]
    return bool(_OTHERWISE & set(before)) or ["if", "not"] in (before[i : i + 2] for i in range(3))


_WOULD = words("would we'd i'd they'd it'd wurde wurden serait seria")
_OTHERWISE = words("otherwise else sonst ansonsten sinon")


def _decided(notes: Notes, found: list[Meant], rivals: Rivals) -> list[Meant]:
    """Where one name is said to be decided on, what was weighed against it is no value."""
    decided = [m.hit for m in found if m.stance in ("chosen", "maybe") and _is_decided(notes, m.hit, found)]
    decided = decided or _left_over(notes, found)
    if not decided or any(rivals(a, b) for a in decided for b in decided):
        return found
    kept = {h.key for h in decided}
    return [
        Meant(m.hit, _LOST.get(_weighing(notes, m.hit, found), "spoken"))
        if m.stance in ("chosen", "maybe", "other")
        and m.hit.key not in kept
        and _lost(notes, m.hit, decided, found, rivals)
        else m
        for m in found
    ]


def _left_over(notes: Notes, found: list[Meant]) -> list[Hit]:
    """`app: Fly, alternatives considered: Render`: what was not only tried, where something else was."""
    chosen = [m.hit for m in found if m.stance == "chosen"]
    tried = [h for h in chosen if _weighing(notes, h, found) == "tried"]
    rest = [h for h in chosen if h not in tried]
    return rest if tried and rest and not any(_has_a_part(notes, h) for h in rest) else []


_LOST: dict[str, Stance] = {"tried": "rejected"}


def _is_decided(notes: Notes, hit: Hit, found: list[Meant]) -> bool:
    """The words right before or right behind the name say that it was decided on."""
    text, clause = notes.text, notes.scope.clause
    others = {i for m in found for i in range(m.hit.first, m.hit.last)}
    for cue in text.cues("decided"):
        between = range(cue.last, hit.first)
        reach = 1 if text.tokens[cue.last - 1].text in _HENCE else 4
        if (
            0 <= hit.first - cue.last <= reach
            and clause[cue.last - 1] == clause[hit.first]
            and not others & set(between)
        ):
            return text.cue_between(max(0, cue.first - 3), cue.first, "neg") is None
    return any(0 <= c.first - hit.last <= 1 for c in text.cues("decided_post")) or _is_the_last_word(
        notes, hit, found
    )


def _is_the_last_word(notes: Notes, hit: Hit, found: list[Meant]) -> bool:
    """`Pulumi looked great, Terraform has the providers. Terraform.`: a sentence of its own behind what was weighed."""
    sentence = notes.scope.sentence
    before = [m.hit for m in found if m.hit.last <= hit.first]
    inside = [i for i in range(max(0, hit.first - 1), hit.last + 2) if i < len(sentence)]
    alone = [i for i in inside if sentence[i] == sentence[hit.first]]
    if (
        not before
        or len(before) + 1 < len(found)
        or alone[0] != hit.first
        or len(alone) > hit.last - hit.first + 1
    ):
        return False
    others = [h for h in before if h.key != hit.key]
    again = len(others) < len(before)
    return bool(others) and (again or all(_weighing(notes, h, found) for h in others))


_HENCE = words("so hence therefore")


def reported(notes: Notes, hit: Hit) -> bool:
    """`the tutorial says Render`: somebody else names it, and nothing is said of what is wanted."""
    text = notes.text
    return not text.cues("decided", "decided_post") and any(
        text.tokens[c.last - 1].text in _REPORTS
        and 0 <= hit.first - c.last <= 2
        and not _FIRST_PERSON & {t.text for t in text.tokens[max(0, c.first - 2) : c.first]}
        for c in text.cues("spoken")
    )


def rivalled(notes: Notes, found: list[Meant], rivals: Rivals) -> bool:
    """`AWS, but I could get an exception for Fly`: something else is held possible against what was named."""
    return any(
        b.stance == "maybe" and b.cue is not None and a.stance == "chosen" and rivals(a.hit, b.hit)
        and notes.text.cue_between(a.hit.last, b.hit.first, "but") is not None
        for n, a in enumerate(found) for b in found[n + 1 :]
    )  # fmt: skip


_REPORTS = words("says said mentions suggested suggests recommended recommends dit sagt dice")
_FIRST_PERSON = words("i we ich wir je nous on yo")


def _lost(notes: Notes, hit: Hit, decided: list[Hit], found: list[Meant], rivals: Rivals) -> bool:
    """A name before the decision, or told of behind it, that has no part of its own."""
    nearest = min(decided, key=lambda d: abs(d.first - hit.first))
    if not rivals(hit, nearest):
        return False
    if _weighing(notes, hit, found):
        return True
    if hit.first > nearest.first:
        between = {t.text for t in notes.text.tokens[nearest.last : hit.first]}
        return (
            bool(between & _ASIDE) and notes.scope.sentence[hit.first] == notes.scope.sentence[nearest.first]
        )
    return not _has_a_part(notes, hit)


_ASIDE = words("after despite although because since though even trotz nach malgre apres obwohl")
_PARTS = words(
    "for new rest monolith worker workers jobs job cron staging stage dev test site db database everything other others "
    "stays stay keeps frontend front backend fur pour para static api prod production web remains"
)


def _has_a_part(notes: Notes, hit: Hit) -> bool:
    clause, tokens = notes.scope.clause, notes.text.tokens
    told = {i for c in notes.text.cues("decided") for i in range(c.first, c.last)}
    near = set(range(max(0, hit.first - 8), min(len(tokens), hit.last + 8))) - told
    return any(tokens[i].text in _PARTS for i in near if clause[i] == clause[hit.first])


def _weighing(notes: Notes, hit: Hit, found: list[Meant]) -> str:
    """`we wanted X`, `the docs mention X`, `X was the plan`: the kind of the words that only speak of a name."""
    text, clause = notes.text, notes.scope.clause
    for kind in ("tried", "spoken"):
        for cue in text.cues(kind):
            led = (
                cue.last <= hit.first
                and hit.first - cue.last <= 4
                and clause[cue.last - 1] == clause[hit.first]
            )
            told = 0 <= cue.first - hit.last <= 1 and kind == "tried"
            if led or told:
                return kind
    before = next((m for m in reversed(found) if m.hit.last <= hit.first), None)
    listed = (
        before is not None and hit.first - before.hit.last <= 2 and text.tokens[hit.first - 1].text in _LISTS
    )
    return _weighing(notes, before.hit, found) if before is not None and listed else ""


_LISTS = words(", and or / & und oder et ou y o")
