"""Read how an application scales: mode, numbers of instances, size of each, triggers."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Literal, get_args

from groundplan.model.decision import Reading, Scaling, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._counts import AT_TIMES, counts
from groundplan.readers._named import sizes
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._plain import PLAIN
from groundplan.readers._quantities import Quantity, quantities
from groundplan.readers._schedules import said_hours
from groundplan.readers._settled import Counts
from groundplan.readers._sizes import cpu, memory, named_size
from groundplan.readers._stance import stances
from groundplan.readers._status import bare_status
from groundplan.readers._tokens import Hit
from groundplan.readers._triggers import triggers
from groundplan.readers._words import words

Mode = Literal["manual", "auto", "serverless"]
_OPPOSITE: dict[str, Mode] = {"auto": "manual", "manual": "auto"}


def read(question: Question | None, text: str, facts: Facts) -> Reading:
    """Read `text` as an answer to the scaling question."""
    notes = Notes("" if too_long(text) else text)
    amounts = quantities(notes.text)
    hours = said_hours(notes, amounts)
    zero = _zero(notes)
    pairs = triggers(notes, amounts)
    counted = counts(notes, amounts)
    if zero is None and counted.minimum == 0:
        _infer(notes, "scale_to_zero", ("min_instances",))
        zero = True
    size = memory(notes, amounts)
    power = cpu(notes, amounts)
    if size is not None and _is_of_one_part(notes, counted, "memory_mb"):
        size = None
    if power is not None and _is_of_one_part(notes, counted, "cpu"):
        power = None
    named = named_size(notes, facts) if size is None and "memory_mb" not in notes.unclear else None
    mode = _mode(notes, counted, bool(pairs), zero)
    if mode == "manual" and hours is not None and _by_hand_then(notes):
        hours = None
    value = Scaling(
        mode=mode,
        initial_instances=counted.initial,
        min_instances=counted.minimum,
        max_instances=_most(notes, amounts, counted, mode),
        memory_mb=named or size,
        cpu=power,
        triggers=pairs,
        scale_to_zero=zero,
        schedule=hours,
        sizes=sizes(notes),
    )
    _ask_about_rest(notes, amounts, value)
    return finish(notes, question.key if question else "scaling", value, _status(notes, value))


def _is_of_one_part(notes: Notes, counted: Counts, field: str) -> bool:
    """`API 4 pods. Encoders 0 to 50, 8 cores each`: the size of one part is not the size of all; ask."""
    starts = [t.start for t in notes.text.tokens]
    spans = [s for s in notes.spans if s.field == field]
    if not any(_of_one_part(notes, counted, bisect_left(starts, s.start)) for s in spans):
        return False
    notes.doubt(field, f"“{spans[0].text[:40]}”: does it hold for every part?")
    notes.spans[:] = [s for s in notes.spans if s.field != field]
    return True


def _of_one_part(notes: Notes, counted: Counts, at: int) -> bool:
    sentence = notes.scope.sentence
    here = [(name, i) for name, i in counted.parts if sentence[i] == sentence[at]]
    names = {name for name, _ in here}
    return bool(here) and (names != {n for n, _ in counted.parts} or any(i > at for _, i in here))


def _most(notes: Notes, amounts: list[Quantity], counted: Counts, mode: Mode | None) -> int | None:
    """The stated maximum; without one, the most that is wanted at some hours, which the bounds must allow."""
    if counted.maximum is not None or mode != "auto":
        return counted.maximum
    timed = {r.start for r in notes.remarks if r.text.endswith(AT_TIMES)}
    peaks = [q for q in amounts if notes.text.quote(q.first, q.last)[0] in timed]
    most = max(peaks, key=lambda q: q.high, default=None)
    if most is None or most.high <= max(counted.initial or 0, counted.minimum or 0):
        return None
    notes.take("max_instances", most.first, most.last, "inferred")
    return int(most.high)


def _zero(notes: Notes) -> bool | None:
    """`scale to zero`, and its refusal; a stated minimum of none counts as well."""
    for m in stances(notes.text, notes.scope, notes.text.of("zero"), third_party=False):
        if m.stance in ("chosen", "rejected"):
            first = (
                m.cue.first if m.cue and m.stance == "rejected" and m.cue.first < m.hit.first else m.hit.first
            )
            notes.take("scale_to_zero", first, m.hit.last)
            return m.stance == "chosen"
        notes.meant([m])
    return None


def _mode(notes: Notes, counted: Counts, triggered: bool, zero: bool | None) -> Mode | None:
    said = _said_modes(notes)
    if len(said) > 1:
        notes.doubt("mode", f"{' and '.join(sorted(said))} scaling were both named: which one?", *_MODES)
        return None
    moves = triggered or (counted.minimum is not None and counted.maximum is not None)
    if said == {"manual"} and ((triggered and _starts_alone(notes)) or (moves and _said_of_a_part(notes))):
        notes.spans[:] = [s for s in notes.spans if s.field != "mode"]
        said = set()
    if said:
        return said.pop()
    if triggered or counted.ranged:
        _infer(notes, "mode", ("triggers", "max_instances", "min_instances"))
        return "auto"
    if counted.minimum is not None and (counted.initial is None or counted.minimum != counted.initial):
        _infer(notes, "mode", ("min_instances",))
        return "auto"
    if counted.initial == 0 and counted.minimum is None:
        notes.doubt(
            "mode",
            "0 instances would run nothing: should it scale to zero when idle?",
            ("yes, to zero when idle", {"mode": "auto", "scale_to_zero": True}),
            ("no, start with 1", {"mode": "manual", "initial_instances": 1}),
        )
        return None
    if _at_hours(notes):
        _infer(notes, "mode", ("schedule",))
        return "auto"
    if any(s.field == "initial_instances" for s in notes.spans) and zero is None:
        _infer(notes, "mode", ("initial_instances",))
        return "manual"
    return None


def _said_of_a_part(notes: Notes) -> bool:
    """`frontend is static; backend 2 to 4`: a word that tells how one part is, beside bounds."""
    shown = [s.text.lower() for s in notes.spans if s.field == "mode"]
    return bool(shown) and all(s in ("static", "fixed") for s in shown)


def _starts_alone(notes: Notes) -> bool:
    """`a single box …, add another when …`: how many it starts with, and no mode."""
    shown = [s.text.lower() for s in notes.spans if s.field == "mode"]
    return bool(shown) and all(
        s.startswith(("single", "one ", "just one", "only one", "a single")) for s in shown
    )


_PEOPLE = words(
    "we i you he she they somebody someone ops admin wir ich man jemand nous je on nosotros yo alguien"
)


def _by_hand_then(notes: Notes) -> bool:
    """`no autoscaler: on black friday we order two more`: a time at which a person acts is no schedule; `off at night` is."""
    stated = any(s.field == "mode" and s.basis == "stated" for s in notes.spans)
    if not stated or any(r.text.endswith(AT_TIMES) for r in notes.remarks):
        return False
    sentences = {notes.scope.sentence[h.first] for h in notes.text.of("schedule")}
    acts = (
        t.text in _PEOPLE and notes.scope.sentence[i] in sentences for i, t in enumerate(notes.text.tokens)
    )
    if not any(acts):
        return False
    notes.spans[:] = [s for s in notes.spans if s.field != "schedule"]
    return True


def _at_hours(notes: Notes) -> bool:
    """Numbers that hold at hours of the day: somebody or something changes them each day."""
    timed = any(r.text.endswith(AT_TIMES) for r in notes.remarks)
    clock = any(t.kind == "clock" for t in notes.text.tokens)
    return timed and (clock or any(h.key == "clock" for h in notes.text.of("unit")))


def _infer(notes: Notes, field: str, sources: tuple[str, ...]) -> None:
    for span in list(notes.spans):
        if span.field.split(".")[0] in sources:
            notes.spans.append(
                type(span)(field=field, start=span.start, end=span.end, text=span.text, basis="inferred")
            )
            return


def _said_modes(notes: Notes) -> set[Mode]:
    """Modes that the words say, present ones only; `no autoscaling` is manual."""
    hits = _longest(notes)
    said: set[Mode] = set()
    for m in stances(notes.text, notes.scope, hits, third_party=False):
        name: Mode = next(n for n in get_args(Mode) if n == m.hit.key)
        if m.stance == "rejected" and name in _OPPOSITE:
            name = _OPPOSITE[name]
        elif m.stance not in ("chosen", "maybe"):
            notes.meant([m])
            continue
        if m.stance == "maybe":
            notes.doubt("mode", f"is {name} scaling decided?", *_MODES)
        said.add(name)
        notes.take_hit("mode", m.hit)
        if m.cue is not None:
            notes.use(m.cue.first, m.cue.last)
    if said == {"auto", "serverless"}:
        return {"serverless"}
    return said


def _longest(notes: Notes) -> list[Hit]:
    """Longest mode phrase at each place; `bump`, `resize` and `functions` need no other mode beside them."""
    kept: list[Hit] = []
    for hit in notes.text.of("mode"):
        if kept and hit.first < kept[-1].last:
            if hit.last - hit.first > kept[-1].last - kept[-1].first:
                kept[-1] = hit
            continue
        kept.append(hit)
    weak = ("bump", "resize", "functions", "fixed", "static", "elastic", "limit")
    strong = [h for h in kept if notes.text.tokens[h.first].text not in weak]
    return strong or kept


_MODES = (
    ("automatic", {"mode": "auto"}),
    ("manual", {"mode": "manual"}),
    ("serverless", {"mode": "serverless"}),
)


def _ask_about_rest(notes: Notes, amounts: list[Quantity], value: Scaling) -> None:
    """A number that could be a number of instances, and is not said to be anything: ask."""
    for q in amounts:
        if (
            _is_ordinal(notes, q)
            or _of_something_else(notes, q, value)
            or _limits_one(notes, q)
            or _in_another_stage(notes, q)
            or _of_the_load(notes, amounts, q)
        ):
            continue
        if _asked_level(notes, q, value):
            return
        if (
            q.kind != "plain"
            or q.is_range
            or notes.is_used(q.first, q.last)
            or not 0 < q.low <= 200
            or q.low != int(q.low)
        ):
            continue
        said = notes.words(q.first, q.last)
        whole = int(q.low)
        choices: tuple[tuple[str, dict[str, Any]], ...] = (
            (f"at most {whole}", {"max_instances": whole}),
            (f"start with {whole}", {"initial_instances": whole}),
            ("leave it out", {}),
        )
        if value.mode is not None and not notes.follow_ups:
            notes.doubt("max_instances", f"“{said}” was not used: what does it mean?", *choices)
            _doubt_counts(notes, value)
        return


def _doubt_counts(notes: Notes, value: Scaling) -> None:
    """A number that was not understood may change every number of instances that was."""
    said = {s.field for s in notes.spans if s.basis == "stated"}
    for field in ("initial_instances", "min_instances", "mode"):
        if getattr(value, field) is not None and (field != "mode" or "mode" not in said):
            notes.doubt(field)


def _limits_one(notes: Notes, q: Quantity) -> bool:
    """`concurrency 80`: how much one instance takes at a time, which is no number of instances."""
    if q.kind != "plain" or notes.is_used(q.first, q.last):
        return False
    near = any(0 <= q.first - c.last <= 3 or c.first == q.last for c in notes.text.cues("concurrency"))
    near = near or any(c.first == q.last for c in notes.text.cues("each"))
    if near:
        notes.remark("note", "`{}` is taken as a setting inside one instance", q.first, q.last)
    return near


def _of_something_else(notes: Notes, q: Quantity, value: Scaling) -> bool:
    """`4 executors`, beside a number of instances: many of something that no list knows."""
    counted = (value.initial_instances, value.min_instances, value.max_instances) != (None, None, None)
    after = notes.text.tokens[q.last] if q.last < len(notes.text.tokens) else None
    if q.kind != "plain" or not counted or after is None or after.kind != "word" or after.text in PLAIN:
        return False
    known = any(h.first <= q.last < h.last for hits in notes.text.hits.values() for h in hits)
    return not known and len(after.text) > 3 and after.text.endswith(("s", "en"))


def _is_ordinal(notes: Notes, q: Quantity) -> bool:
    """`2nd gen`."""
    after = notes.text.tokens[q.last : q.last + 1]
    return q.kind == "plain" and bool(after) and after[0].tight and after[0].text in ("st", "nd", "rd", "th")


def _of_the_load(notes: Notes, amounts: list[Quantity], q: Quantity) -> bool:
    """`1200 users at lunch, otherwise 40`: a number behind one of people, in a sentence that counts no instances."""
    sentence = notes.scope.sentence
    here = [a for a in amounts if sentence[a.first] == sentence[q.first] and a.first < q.first]
    counted = any(sentence[h.first] == sentence[q.first] for h in notes.text.of("counted", "bound", "mode"))
    if q.kind != "plain" or counted or not here or here[-1].kind not in ("people", "thing", "rate"):
        return False
    notes.remark("note", "`{}` is taken as load, not as a number of instances", q.first, q.last)
    return True


def _in_another_stage(notes: Notes, q: Quantity) -> bool:
    """`1 in staging`: beside the application in production, which is the one that is asked about."""
    after = {t.text for t in notes.text.tokens[q.last : q.last + 2]}
    if q.kind != "plain" or notes.is_used(q.first, q.last) or not after & _STAGES:
        return False
    notes.remark("note", "`{}` is taken as another stage's", q.first, q.last)
    return True


_STAGES = words("staging stage dev test testing preview qa uat")


def _asked_level(notes: Notes, q: Quantity, value: Scaling) -> bool:
    """`autoscale at 80`, `max 10, 70 percent`: a level without a metric, which only a person can name."""
    level = q.kind in ("plain", "percent") and 10 <= q.low <= 100 and not q.is_range and not value.triggers
    if not level or value.mode != "auto" or notes.is_used(q.first, q.last) or not q.first:
        return False
    if q.kind == "plain" and notes.text.tokens[q.first - 1].text not in (
        "at",
        "@",
        "above",
        "over",
        ">",
        "bei",
        "ab",
        "reaches",
        "hits",
    ):
        return False
    said = notes.words(q.first, q.last)
    cpu, mem = (
        {"triggers": [{"metric": m, "op": ">", "value": str(q.high), "unit": "%"}]} for m in ("cpu", "memory")
    )
    notes.doubt("triggers", f"“{said}” of what: CPU, memory, or requests?", ("CPU", cpu), ("memory", mem))
    return True


def _status(notes: Notes, value: Scaling) -> Status:
    if "mode" in notes.unclear or (
        {"min_instances", "max_instances"} <= set(notes.unclear)
        and value.max_instances is None
        and value.initial_instances is None
        and not value.triggers
    ):
        return "unclear"
    if (
        value.mode is not None
        or value.min_instances is not None
        or value.max_instances is not None
        or value.initial_instances is not None
    ):
        return "ok"
    if value.scale_to_zero is not None:
        return "ok"
    status = bare_status(notes)
    if status == "unclear":
        notes.doubt(
            "mode", "should instances be added by hand, automatically, or by a serverless platform?", *_MODES
        )
    return status


READER = Reader(
    key="scaling",
    titles=("scaling strategy", "scaling", "scalability", "autoscaling", "capacity"),
    value=Scaling,
    read=read,
)
