"""Read answers: text, then replies, then corrections. Knows which of them wins; leaves grammar to the readers."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import msgspec

from groundplan.model.answer import Answer, Answers
from groundplan.model.decision import Choice, Decisions, FollowUp, Reading, Remark, Span, Status, Value
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Phase, Question
from groundplan.readers import readers
from groundplan.readers._secrets import secret_in

__all__ = ["decide", "fields_of", "read", "refusal", "secret_in", "to_json"]

MAIN = {
    "hosting": ("primary",),
    "regions": ("primary", "regions", "topology"),
    "scaling": ("mode",),
    "monitoring": ("tools",),
    "budget": ("amount",),
    "iac": ("tool",),
}
"""Fields without which an answer is not clear."""


def decide(phase: Phase, answers: Answers, facts: Facts) -> Decisions:
    """Read every question of `phase`; an unanswered one has the empty value."""
    return Decisions({q.key: _decide_one(q, answers, facts) for q in phase.questions})


def _decide_one(question: Question, answers: Answers, facts: Facts) -> Reading:
    answer = answers.answers.get(question.key, Answer(""))
    return read(question, answer, answers.corrections, facts)


def read(question: Question, answer: Answer, corrections: dict[str, Any], facts: Facts) -> Reading:
    """Read one answer. A later reply wins over the text, a correction wins over both. Never raises on bad input."""
    reader = readers().get(question.reader) or readers()["text"]
    reading = _first(reader, question, answer.text, facts)
    for reply in answer.replies:
        reading = _with_reply(reader, question, reading, reply, facts)
    return _with_corrections(question, reading, corrections)


def _first(reader: Reader, question: Question, text: str, facts: Facts) -> Reading:
    """The text itself; a lone number picks the option of that number, and is asked about."""
    picked = _option(question, text)
    reading = reader.read(question, text if picked is None else picked, facts)
    if picked is None or reading.status != "ok":
        return reader.read(question, text, facts) if picked is not None else reading
    spans = tuple(msgspec.structs.replace(s, start=0, end=len(text), text=text) for s in reading.spans)
    main = MAIN.get(question.reader, ("options", "text"))[0]
    asked = FollowUp(
        field=main,
        text=f"“{text.strip()}”: is option {text.strip()} meant, {picked}?",
        choices=_yes(reading, main, text),
    )
    return msgspec.structs.replace(
        reading, text=text, spans=spans, remarks=(), status="unclear", unclear=(main,), follow_ups=(asked,)
    )


def _yes(reading: Reading, main: str, text: str) -> tuple[Choice, ...]:
    """The option; a number of instances where the question is about numbers."""
    value = getattr(reading.value, main, None)
    chosen = Choice("yes", {main: msgspec.to_builtins(value)} if value is not None else {})
    bare = text.strip(" .)(#")
    if reading.question == "scaling" and bare.isdigit():
        return chosen, Choice(f"no, {bare} instances", {"mode": "manual", "initial_instances": int(bare)})
    return (chosen, Choice("no", {}))


def _option(question: Question, text: str) -> str | None:
    bare = text.strip().lower().removeprefix("option").strip(" .)(#")
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 2):
        return None
    return question.options[int(bare) - 1].name if 0 < int(bare) <= len(question.options) else None


def _with_reply(reader: Reader, question: Question, before: Reading, reply: str, facts: Facts) -> Reading:
    start = len(before.text) + 1
    picked = _picked(before.follow_ups, reply)
    text = f"{before.text}\n{reply}"
    if picked is not None:
        return _choose(question, msgspec.structs.replace(before, text=text), picked, start, reply)
    after = reader.read(question, reply, facts)
    return _merge(question, before, after, text, start)


def _picked(follow_ups: tuple[FollowUp, ...], reply: str) -> Choice | None:
    """The choice that a reply names by its label or, for the first question, by its number."""
    plain = reply.strip().strip(' .)(“”"').casefold()
    for follow_up in follow_ups:
        for choice in follow_up.choices:
            if plain == choice.label.casefold():
                return choice
    first = follow_ups[0].choices if follow_ups else ()
    if plain.isascii() and plain.isdigit() and len(plain) == 1 and 0 < int(plain) <= len(first):
        return first[int(plain) - 1]
    return None


def _choose(question: Question, reading: Reading, choice: Choice, start: int, reply: str) -> Reading:
    value, refused = _set(reading.value, choice.sets)
    fields = [f for f in choice.sets if f not in refused]
    spans = tuple(Span(field=f, start=start, end=start + len(reply), text=reply) for f in fields)
    asked = {f.field for f in reading.follow_ups if choice in f.choices}
    left = tuple(f for f in reading.follow_ups if f.field not in asked and f.field not in fields)
    kept = tuple(s for s in reading.spans if s.field.split(".")[0] not in fields)
    changed = msgspec.structs.replace(reading, value=value, spans=kept + spans, follow_ups=left)
    return _settle(question, changed, {*fields, *asked})


def _merge(question: Question, before: Reading, after: Reading, text: str, start: int) -> Reading:
    """Fields that the reply states replace those of the text."""
    stated = {s.field.split(".")[0] for s in after.spans if s.basis == "stated"}
    said = {f for f in _given(after.value) if f in stated or f not in _given(before.value)}
    value = msgspec.structs.replace(before.value, **{f: getattr(after.value, f) for f in said})
    kept = tuple(s for s in before.spans if s.field.split(".")[0] not in said)
    moved = tuple(msgspec.structs.replace(s, start=s.start + start, end=s.end + start) for s in after.spans)
    remarks = tuple(
        msgspec.structs.replace(r, start=r.start + start, end=r.end + start) for r in after.remarks
    )
    doubts = tuple(
        f
        for f in after.unclear
        if f in said or f in before.unclear or (after.status == "unclear" and not _filled(before.value, f))
    )
    unclear = tuple(dict.fromkeys((*(f for f in before.unclear if f not in said), *doubts)))
    asked = (
        *(f for f in before.follow_ups if f.field in unclear),
        *_still(after.follow_ups, before, unclear),
    )
    merged = msgspec.structs.replace(
        before, text=text, value=value, spans=kept + moved, remarks=before.remarks + remarks, unclear=unclear,
        follow_ups=_once(asked), status=_reply_status(before, after, bool(said)),
    )  # fmt: skip
    return _settle(question, merged, said)


def _still(follow_ups: tuple[FollowUp, ...], before: Reading, unclear: tuple[str, ...]) -> list[FollowUp]:
    """Questions that a reply raises, without those that the text had answered."""
    return [f for f in follow_ups if f.field in unclear or not _filled(before.value, f.field)]


def _reply_status(before: Reading, after: Reading, said: bool) -> Status:
    return after.status if not said and after.status in ("unknown", "default") else before.status


def _given(value: Value) -> tuple[str, ...]:
    empty = type(value)()
    return tuple(f for f in value.__struct_fields__ if getattr(value, f) != getattr(empty, f))


def _once(follow_ups: tuple[FollowUp, ...]) -> tuple[FollowUp, ...]:
    return tuple({f.field: f for f in follow_ups}.values())[:2]


def _with_corrections(question: Question, reading: Reading, corrections: dict[str, Any]) -> Reading:
    """Fields set by a person win; one that does not fit its type is reported and left out."""
    mine = _mine(question, reading.value, corrections)
    if not mine:
        return reading
    value, refused = _set(reading.value, mine)
    fields = tuple(f for f in mine if f not in refused)
    remarks = tuple(
        Remark(kind="note", text=f"the correction of `{f}` was not used: {why}") for f, why in refused.items()
    )
    remarks += _against_text(reading, value, fields)
    tops = {f.split(".")[0] for f in fields}
    changed = msgspec.structs.replace(
        reading, value=value, corrected=fields, remarks=reading.remarks + remarks,
        spans=tuple(s for s in reading.spans if s.field.split(".")[0] not in tops),
        follow_ups=tuple(f for f in reading.follow_ups if f.field not in tops),
    )  # fmt: skip
    return _settle(question, changed, tops)


def _against_text(reading: Reading, value: Value, fields: tuple[str, ...]) -> tuple[Remark, ...]:
    """What the words say where a person set something else: the words may have changed since."""
    said, now = msgspec.to_builtins(reading.value), msgspec.to_builtins(value)
    told = []
    for field in fields:
        before, after = _at(said, field), _at(now, field)
        span = next((s for s in reading.spans if s.field.split(".")[0] == field.split(".")[0]), None)
        if before in (None, [], "") or before == after or span is None:
            continue
        text = f"`{field}` is {_shown(after)}, set by you; the text says {_shown(before)}"
        told.append(Remark(kind="note", text=text, quote=span.text, start=span.start, end=span.end))
    return tuple(told)


def _at(plain: Any, path: str) -> Any:
    for name in path.split("."):
        plain = plain.get(name) if isinstance(plain, dict) else None
    return plain


def _shown(item: Any) -> str:
    return ", ".join(map(_shown, item)) if isinstance(item, (list, tuple)) else str(item)


def fields_of(question: Question) -> tuple[str, ...]:
    """Names of the fields that a reading of `question` has."""
    return (readers().get(question.reader) or readers()["text"]).value.__struct_fields__


def refusal(question: Question, field: str, item: Any) -> str | None:
    """Why `item` cannot be the value of `field`; None where it can."""
    reader = readers().get(question.reader) or readers()["text"]
    value, refused = _set(reader.value(), {field: item})
    if field in refused:
        return _in_words(refused[field], field, reader.value)
    after = _at(_numbers(value), field)
    return "it is below zero" if isinstance(after, (int, float)) and after < 0 else None


_NEEDED = (("Expected `int", "a whole number"), ("Expected `decimal", "a number"), ("Invalid decimal", "a number"),
           ("Expected `bool", "true or false"), ("Expected `array", "a list"), ("Expected `object", "an object"))  # fmt: skip


def _in_words(error: str, field: str, type_: type[Value]) -> str:
    """A refusal as a person would say it: what is needed, or the values there are."""
    if error.startswith("Invalid enum value"):
        hint = get_type_hints(type_)[field.partition(".")[0]]
        names = [n for part in (hint, *get_args(hint)) for n in get_args(part) if isinstance(n, str)]
        return f"it is one of {', '.join(dict.fromkeys(names))}" if names else error
    return next((f"{what} is needed" for start, what in _NEEDED if error.startswith(start)), error)


def _mine(question: Question, value: Value, corrections: dict[str, Any]) -> dict[str, Any]:
    """Corrections of this question: `max_instances`, or `scaling.max_instances`."""
    own = {}
    for key, wanted in corrections.items():
        name, _, rest = str(key).partition(".")
        if name == question.key and rest:
            own[rest] = wanted
        elif name in value.__struct_fields__:
            own[str(key)] = wanted
    return own


def _set(value: Value, wanted: dict[str, Any]) -> tuple[Value, dict[str, str]]:
    """Set single fields; give back the new value, and why fields were refused."""
    refused: dict[str, str] = {}
    for field, item in wanted.items():
        try:
            plain = msgspec.to_builtins(value)
            _put(plain, field.split("."), msgspec.to_builtins(item))
            value = msgspec.convert(plain, type(value), strict=False)
        except (
            msgspec.MsgspecError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            RecursionError,
        ) as error:
            refused[field] = str(error) or type(error).__name__
    return value, refused


def _put(plain: dict[str, Any], path: list[str], item: Any) -> None:
    """Put `item` at a dotted path; an unknown field is an error."""
    if path[0] not in plain:
        raise LookupError(f"there is no field `{path[0]}`")
    if len(path) == 1:
        plain[path[0]] = item
    else:
        _put(plain[path[0]], path[1:], item)


def _settle(question: Question, reading: Reading, settled: set[str]) -> Reading:
    """Status after `settled` fields became clear."""
    unclear = tuple(f for f in reading.unclear if f not in settled)
    main = MAIN.get(question.reader, ("options", "text"))
    status: Status = reading.status
    if settled and any(_filled(reading.value, f) for f in main) and not any(f in unclear for f in main):
        status = "ok"
    return msgspec.structs.replace(reading, unclear=unclear, status=status)


def _filled(value: Value, field: str) -> bool:
    return getattr(value, field, None) not in (None, (), "")


def to_json(reading: Reading, id: str | None = None) -> dict[str, Any]:
    """The shape that `groundplan read --json` prints."""
    first = reading.follow_ups[0] if reading.follow_ups else None
    plain: dict[str, Any] = msgspec.to_builtins(reading, enc_hook=None)
    shape = {
        "question": reading.question,
        "status": reading.status,
        "value": _numbers(reading.value),
        "spans": plain["spans"],
        "unclear": plain["unclear"],
        "follow_up": first.text if first else None,
        "follow_ups": plain["follow_ups"],
        "remarks": plain["remarks"],
        "corrected": plain["corrected"],
    }
    return shape if id is None else {"id": id, **shape}


def _numbers(value: Any) -> Any:
    """Decimals as JSON numbers, structs as objects."""
    return msgspec.json.decode(_ENCODER.encode(value))


_ENCODER = msgspec.json.Encoder(decimal_format="number")
