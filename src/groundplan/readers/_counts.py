"""Numbers of instances: which is the start, the least, the most. Knows no size and no trigger."""

from __future__ import annotations

from decimal import Decimal

from groundplan.readers._count_bounds import bound_of
from groundplan.readers._count_kinds import (
    STEP,
    counts_something,
    elsewhere,
    elsewhere_at,
    hours,
    is_for_each,
    is_more,
    is_step,
    keyed,
    of_a_server,
    of_nodes,
    of_room,
    planned,
    times,
)  # fmt: skip
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._settled import Counts, Found, corrected, settle
from groundplan.readers._tiers import GROUPS, KNOWN, PRODUCTION, place, stage, tier
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_GROW = frozenset(("to", "until", "till", "reach", "auf"))


AT_TIMES = "holds at some times only"


def counts(notes: Notes, amounts: list[Quantity]) -> Counts:
    """Place every number of instances; two different numbers for one field are a conflict that is asked about."""
    claimed: set[int] = set()
    found: list[Found] = []
    for n, q in enumerate(amounts):
        if notes.is_used(q.first, q.last) or not _countable(notes, q):
            continue
        placed = _place(notes, amounts, n, claimed)
        found.extend(placed or _instead(notes, q, found))
    if found:
        found.extend(_one_elsewhere(notes))
    else:
        found = _alone(notes)
    present = corrected(notes, found)
    return settle(notes, present)


def _alone(notes: Notes) -> list[Found]:
    """`a single 2 GB machine`, `one small instance`: one, said by a word, with no other number beside it."""
    for i, token in enumerate(notes.text.tokens):
        if token.text not in _ONE or notes.is_used(i, i + 1) or (i and notes.text.tokens[i - 1].text in STEP):
            continue
        hit = _instance_behind(notes, i)
        between = notes.text.tokens[i + 1 : hit.first] if hit else ()
        if hit is not None and not any(t.text in _APART for t in between) and not elsewhere_at(notes, i):
            at = Quantity("instance", Decimal(1), Decimal(1), "instance", i, i + 1, i)
            return [Found("initial", 1, at, "", None)]
    return []


def _one_elsewhere(notes: Notes) -> list[Found]:
    """`two instances in Frankfurt, one in Paris`."""
    ones = [i for i, t in enumerate(notes.text.tokens) if t.text in _ONE and not notes.is_used(i, i + 1)]
    places = [(i, place(notes, i, i + 1)) for i in ones]
    return [
        Found("initial", 1, Quantity("instance", Decimal(1), Decimal(1), "instance", i, i + 1, i), name, None)
        for i, name in places
        if name
    ]


def _instance_behind(notes: Notes, i: int) -> Hit | None:
    """The instance or the machine type that `single` speaks of."""
    if i + 1 < len(notes.text.tokens) and notes.text.tokens[i + 1].kind == "machine":
        return Hit("counted", "instance", i + 1, i + 2)
    return next((h for h in notes.text.of("counted") if i < h.first <= i + 6 and h.key == "instance"), None)


_ONE = words("single one ein eine une una un einzige einzelne einzelner seule unica")
_APART = words(", ; . mas weitere zweite deuxieme segunda per more or and up to add at each every when if")


def _instead(notes: Notes, q: Quantity, found: list[Found]) -> list[Found]:
    """`2 instances, no make that 3`: a bare number behind a correction replaces the one before it."""
    cue = next((c for c in notes.text.cues("correction") if 0 <= q.first - c.last <= 1), None)
    if cue is None or not found or q.kind != "plain" or found[-1].quantity.is_range:
        return []
    return [Found(found[-1].field, int(q.high), q, found[-1].tier, cue)]


def _countable(notes: Notes, q: Quantity) -> bool:
    if q.kind == "duration" and q.unit == "min" and notes.text.tokens[q.last - 1].text == "min":
        return _really_minimum(notes, q)
    after = [t.text for t in notes.text.tokens[q.last : q.last + 2]]
    if elsewhere(notes, q):
        notes.remark("note", "`{}` is taken as somebody else's", q.first, q.last)
        return False
    if q.unit == "worker" and (after[:1] in (["per"], ["on"]) or of_a_server(notes, q)):
        notes.remark("note", "`{}` is taken as a setting inside one instance", q.first, q.last)
        return False
    if of_nodes(notes, q) or of_room(notes, q):
        notes.remark("note", "`{}` is taken as room for instances, not as a number of them", q.first, q.last)
        return False
    whole = q.low == int(q.low) and q.high == int(q.high) and q.low >= 0 and q.high <= 100_000
    if is_for_each(notes, q):
        notes.remark(
            "note", "`{}` is taken as a rule for each, not as a number of instances", q.first, q.last + 2
        )
        return False
    return q.kind in ("instance", "count", "plain") and whole


def _really_minimum(notes: Notes, q: Quantity) -> bool:
    """`2 min, 10 max` are bounds; `for 5 min` is a time."""
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    if before in (
        "for",
        "over",
        "within",
        "after",
        "every",
        "during",
        "last",
        "in",
        "than",
        "of",
        "<",
        ">",
        "to",
    ):
        return False
    return any(h.key == "max" for h in notes.text.of("bound")) or len(notes.text.tokens) <= 4


def _place(notes: Notes, amounts: list[Quantity], n: int, claimed: set[int]) -> list[Found]:
    q = amounts[n]
    part = tier(notes, q, amounts, n)
    if q.is_range or (q.level and _ranges(notes, q, part)):
        return _range(notes, q, part)
    if _relative(notes, q):
        return []
    if _of_a_plan(notes, q):
        notes.remark("planned", "`{}` is taken as a plan for later", q.first, q.last)
        return []
    bound = bound_of(notes, amounts, n, claimed)
    if _scheduled(notes, q) and (bound is None or bound[0] != "initial"):
        notes.remark("note", "`{}` " + AT_TIMES, q.first, q.last)
        return []
    if bound is not None:
        name, cue = bound
        return [Found(name, int(q.high), q, part, cue)]
    return _unbounded(notes, amounts, n, part)


def _unbounded(notes: Notes, amounts: list[Quantity], n: int, part: str) -> list[Found]:
    """A number without a word for a bound: where it grows to, or how many there are."""
    q = amounts[n]
    if _grows_to(notes, q) or _ends_between(notes, amounts, n):
        return [Found("max", int(q.high), q, part, None)]
    if q.kind == "plain":
        rather = n + 1 < len(amounts) and _or_rather(notes, q, amounts[n + 1])
        return (
            [Found("initial", int(q.high), q, part, None)] if rather or _stands_for_a_number(notes, q) else []
        )
    if q.kind == "count" and not counts_something(notes, q):
        return []
    if planned(notes, q):
        notes.remark("planned", "`{}` is taken as a plan for later", q.first, q.last)
        return []
    return [Found("initial", int(q.high), q, part, None)]


def _stands_for_a_number(notes: Notes, q: Quantity) -> bool:
    """A bare number that is one of instances: `5 in prod`, `a pair`, `replicas: 3`, `we need 2`, `now it's 3`."""
    in_production = stage(notes, q) == PRODUCTION and bool(notes.text.of("counted"))
    pair = notes.text.tokens[q.number].text == "pair"
    signs = (keyed, times, _needed, _is_now, _else)
    return in_production or pair or any(sign(notes, q) for sign in signs)


def _needed(notes: Notes, q: Quantity) -> bool:
    """`we need 2`: a number that ends its clause, behind a wish for instances that were spoken of."""
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    ends = q.last >= len(notes.text.tokens) or notes.text.tokens[q.last].text in (",", ".", ";", "!")
    return (
        before in ("need", "needs", "want", "brauchen", "necesitamos")
        and ends
        and bool(notes.text.of("counted"))
    )


def _of_a_plan(notes: Notes, q: Quantity) -> bool:
    """`manual for now. Later autoscaling up to 5`: a number of a mode that comes later."""
    sentence = notes.scope.sentence
    modes = notes.text.of("mode")
    here = [h for h in modes if sentence[h.first] == sentence[q.first] and h.key == "auto"]
    other = any(h.key == "manual" and not any(a.first <= h.first < a.last for a in here) for h in modes)
    clause = notes.scope.clause
    ahead = any(clause[c.first] == clause[q.first] for c in notes.text.cues("future"))
    return bool(here) and other and ahead


def _or_rather(notes: Notes, q: Quantity, other: Quantity) -> bool:
    """`two, maybe three instances`: two numbers for one."""
    between = {t.text for t in notes.text.tokens[q.last : other.first]}
    return other.kind == "instance" and bool(between & _OR) and between <= _OR | {",", "even"}


_OR = words("or maybe perhaps possibly oder vielleicht ou o quiza quizas tal vez peut etre")


def _else(notes: Notes, q: Quantity) -> bool:
    """`double the pods in december, else 4`."""
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    ends = q.last >= len(notes.text.tokens) or notes.text.tokens[q.last].kind in ("stop", "line")
    found = before in _ELSE and ends and any(h.last <= q.first for h in notes.text.of("counted"))
    if found:
        notes.use(q.first - 1, q.first)
    return found


_ELSE = words("else otherwise sonst sinon normally usually")


def _is_now(notes: Notes, q: Quantity) -> bool:
    """`we had 8 workers, now it's 3`: how many there are now of what was counted before."""
    tokens, clause = notes.text.tokens, notes.scope.clause
    before = {t.text for t in tokens[max(0, q.first - 3) : q.first]}
    now = any(clause[c.first] == clause[q.first] and c.last <= q.first for c in notes.text.cues("now"))
    return now and bool(before & _IS) and any(h.last <= q.first for h in notes.text.of("counted"))


_IS = words("it's its is are at have run with down")


def _range(notes: Notes, q: Quantity, tier: str) -> list[Found]:
    if hours(notes, q):
        notes.remark("note", "`{}` is taken as hours of the day", q.first, q.last)
        return []
    if not _ranges(notes, q, tier):
        return []
    return [Found("min", int(q.low), q, tier, None), Found("max", int(q.high), q, tier, None)]


def _relative(notes: Notes, q: Quantity) -> bool:
    """A number that is added to another: remark on it, and ask where it seems to bound the whole."""
    if is_more(notes, q):
        notes.doubt("max_instances", f"“{notes.words(q.first, q.last)} more”: how many may run in all?")
        notes.remark("note", "`{}` is taken as an addition, not as a bound", q.first, q.last)
        return True
    if is_step(notes, q) or _comes_on_top(notes, q):
        notes.remark("note", "`{}` is taken as the size of one step", q.first, q.last)
        return True
    return False


def _comes_on_top(notes: Notes, q: Quantity) -> bool:
    """`on black friday we order two more`."""
    after = notes.text.tokens[q.last : q.last + 1]
    return (
        q.kind == "plain"
        and bool(after)
        and after[0].text in ("more", "extra", "additional", "weitere", "mas")
    )


def _scheduled(notes: Notes, q: Quantity) -> bool:
    """`1 at night`: a number that holds at some hours only is part of the schedule."""
    clause = notes.scope.clause[q.first]
    return any(notes.scope.clause[h.first] == clause for h in notes.text.of("schedule"))


def _ranges(notes: Notes, q: Quantity, tier: str) -> bool:
    if q.kind == "instance" or tier in KNOWN or tier.split(" ")[-1] in GROUPS:
        return True
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    if before in (
        "scale",
        "scales",
        "scaling",
        "skaliert",
        "skalieren",
        "replicas",
        "hpa",
        "autoscale",
        "auto",
    ):
        return True
    metrics = notes.text.of("metric")
    if any(h.last == q.first for h in metrics):
        return False
    if any(
        notes.scope.sentence[h.first] == notes.scope.sentence[q.first] and h.first >= q.last for h in metrics
    ):
        return True
    near = [
        h
        for h in notes.text.of("bound", "counted", "mode")
        if notes.scope.sentence[h.first] == notes.scope.sentence[q.first]
    ]
    return bool(near) or len(notes.text.tokens) <= 4


def _ends_between(notes: Notes, amounts: list[Quantity], n: int) -> bool:
    """`between 4 at quiet times and 18 at lunch`."""
    q = amounts[n]
    before = notes.text.tokens[q.first - 1].text if q.first else ""
    opened = any(
        0 <= amounts[n - 1].first - h.last <= 1 and h.key == "between" for h in notes.text.of("bound")
    )
    same = notes.scope.sentence[amounts[n - 1].first] == notes.scope.sentence[q.first]
    return (
        n > 0 and q.kind in ("plain", "instance") and before in ("and", "und", "et", "y") and opened and same
    )


def _grows_to(notes: Notes, q: Quantity) -> bool:
    """`scale to 5`, `grow to 10`, `from 2 to 6`."""
    if not q.first or notes.text.tokens[q.first - 1].text not in _GROW:
        return False
    words = [t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first - 1]]
    return any(
        w
        in (
            "scale",
            "scales",
            "scaling",
            "grow",
            "growing",
            "out",
            "up",
            "autoscale",
            "autoscaling",
            "autoscaled",
            "hoch",
            "rauf",
            "burst",
            "go",
            "goes",
            "expand",
            "scaled",
            "grows",
            "from",
        )
        for w in words
    )
