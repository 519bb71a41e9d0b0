"""Read a changed field of a document as an answer, and say what would take it. Knows readings; touches no file.

A field is taken only where a reader understands it; everything else stays the person's wording.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from groundplan import read
from groundplan.drift.wording import answer_words, question_of
from groundplan.model.answer import Answer
from groundplan.model.decision import Decisions, Reading, Regions
from groundplan.model.infrastructure import Facts
from groundplan.model.question import Phase, Question

Kind = Literal["answer", "wording", "behind", "unclear", "computed"]
Json = Any  # Any: a field of any reading, as plain values


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a document back needs."""

    phase: Phase
    decisions: Decisions
    facts: Facts


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a changed field means: another answer, the same in other words, words that the answers have left behind,
    unclear words, or a computed value."""

    kind: Kind
    question: str = ""
    commands: tuple[str, ...] = ()
    """Run in order, they make the answers say what the document says."""
    answer: str | None = None
    """The whole new answer, where it is one."""
    drops: tuple[str, ...] = ()
    """Fields that the answer has and these words have not."""


def offer(
    reader: Reader, section: str, label: str, ours: str, theirs: str, compiled: str | None = None
) -> Offer:
    """What the words `theirs`, where we had written `ours` and would write `compiled` now, mean for the answers."""
    question, whole = question_of(reader.phase, section, label)
    if question is None:
        return Offer(kind="computed")
    words = answer_words(question.key, theirs)
    said = _read(reader, question, words)
    now = _plain(reader.decisions.readings.get(question.key) or _read(reader, question, ""))
    before, after = _plain(_read(reader, question, answer_words(question.key, ours))), _plain(said)
    moved = {f: v for f, v in after.items() if v and v not in (now.get(f), before.get(f))}
    lost = tuple(f for f, v in before.items() if v and not after[f] and now.get(f))
    ahead = _plain(
        _read(reader, question, answer_words(question.key, ours if compiled is None else compiled))
    )
    stale = [f for f, v in ahead.items() if v != before[f] and v != after[f]]
    if not moved and stale:
        return Offer(kind="behind", question=question.key, drops=tuple(stale))
    if not moved and not (whole and lost):
        kind: Kind = "unclear" if _unread(ours, theirs, after, now, whole) else "wording"
        return Offer(kind=kind, question=question.key)
    if question.reader == "scaling" and _for_each_region(reader, moved):
        return Offer(kind="unclear", question=question.key)
    if single := _corrections(question, moved, whole and bool(lost)):
        return Offer(kind="answer", question=question.key, commands=single)
    if not whole or said.status != "ok" or not words:
        return Offer(kind="unclear", question=question.key)
    command = f"groundplan change {question.key} {quoted(words)}"
    drops = tuple(f for f, v in now.items() if v and not after[f])
    return Offer(kind="answer", question=question.key, commands=(command,), answer=words, drops=drops)


def _for_each_region(reader: Reader, moved: dict[str, Json]) -> bool:
    """With several regions a document counts them together and an answer each: no command could be right."""
    return len(reader.decisions.regions.regions) > 1 and any(f.endswith("_instances") for f in moved)


def _read(reader: Reader, question: Question, words: str) -> Reading:
    return read.read(question, Answer(words), {}, reader.facts)


def _plain(reading: Reading) -> dict[str, Json]:
    """The fields that can be compared: a region by its code, whatever words named it."""
    value = reading.value
    plain = msgspec.to_builtins(value)
    assert isinstance(plain, dict)
    if isinstance(value, Regions):
        codes = {place.text: place.provider_region or place.text.casefold() for place in value.regions}
        plain |= {"regions": list(codes.values()), "primary": None, "topology": None}
    plain.pop("text", None) if reading.question in _TYPED else None
    return {field: None if not _holds(item) else item for field, item in plain.items()}


_TYPED = frozenset({"hosting", "regions", "scaling", "monitoring", "budget", "iac"})


def _holds(item: Json) -> bool:
    if isinstance(item, dict):
        return any(_holds(inner) for inner in item.values())
    return item not in (None, "", [], ())


def _unread(ours: str, theirs: str, after: dict[str, Json], now: dict[str, Json], whole: bool) -> bool:
    """Whether a number came that no field took: it may mean something that the answers do not say."""
    new = set(re.findall(r"\d+(?:\.\d+)?", theirs)) - set(re.findall(r"\d+(?:\.\d+)?", ours))
    return bool(new) and not (whole and after == now) and any(n not in str(now) for n in new)


def _corrections(question: Question, moved: dict[str, Json], dropped: bool) -> tuple[str, ...]:
    """A command for each field that moved; none where one of them cannot be set by itself."""
    if dropped or not moved or question.reader == "regions" or question.reader not in _TYPED:
        return ()
    if question.reader == "hosting" or any(read.refusal(question, f, v) for f, v in moved.items()):
        return ()
    return tuple(f"groundplan change {question.key}.{f} {quoted(_value(v))}" for f, v in moved.items())


def _value(item: Json) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, list | tuple) and all(isinstance(one, str) and "," not in one for one in item):
        return ", ".join(item)
    return msgspec.json.encode(_without_gaps(item)).decode()


def _without_gaps(item: Json) -> Json:
    if isinstance(item, dict):
        return {k: _without_gaps(v) for k, v in item.items() if v is not None}
    return [_without_gaps(one) for one in item] if isinstance(item, list | tuple) else item


def quoted(words: str) -> str:
    """One word of a shell's command line: bare, in double quotes, or in single ones where those would not do."""
    if re.fullmatch(r"[\w./%+-]+", words, re.ASCII):
        return words
    from shlex import quote  # only where something moved

    return quote(words) if re.search(r'[$`"\\!]', words) else f'"{words}"'
