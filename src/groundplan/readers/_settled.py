"""Numbers of instances that were placed: corrections, conflicts, the order of the bounds. Does not place them."""

from __future__ import annotations

import msgspec

from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._tiers import is_other_stage, several_stages
from groundplan.readers._tokens import Hit


class Counts(msgspec.Struct, frozen=True):
    initial: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    ranged: bool = False
    """A least and a most, or a most alone, were said."""
    parts: tuple[tuple[str, int], ...] = ()
    """Name of a part and token of its number, where parts differ in their numbers."""


class Found(msgspec.Struct, frozen=True):
    field: str
    value: int
    quantity: Quantity
    tier: str
    cue: Hit | None


def corrected(notes: Notes, found: list[Found]) -> list[Found]:
    """`max 5, no wait, 10`: a number behind a correction replaces the same field before it."""
    for cue in notes.text.cues("correction"):
        after = {f.field for f in found if f.quantity.first >= cue.last}
        gone = [f for f in found if f.quantity.first < cue.first and f.field in after]
        for f in gone:
            notes.remark(
                "note", "`{}` was taken back by the words after it", f.quantity.first, f.quantity.last
            )
        found = [f for f in found if f not in gone]
    return found


_FIELDS = {"initial": "initial_instances", "min": "min_instances", "max": "max_instances"}


def settle(notes: Notes, found: list[Found]) -> Counts:
    values: dict[str, int | None] = {}
    found = _of_production(notes, found)
    for name, field in _FIELDS.items():
        said = [f for f in found if f.field == name]
        for f in said:
            notes.take(
                field,
                f.cue.first if f.cue and f.cue.first < f.quantity.first else f.quantity.first,
                max(f.quantity.last, f.cue.last if f.cue else 0),
            )
        distinct = sorted({f.value for f in said})
        values[name] = distinct[0] if len(distinct) == 1 else None
        if len(distinct) > 1:
            _conflict(notes, field, distinct, said, found)
    parts = tuple((f.tier, f.quantity.first) for f in found) if _parts_differ(found) else ()
    if parts:
        for name, field in _FIELDS.items():
            if values[name] is not None:
                values[name] = None
                notes.doubt(
                    field, "the parts have numbers of their own: which hold for the whole?", *_by_tier(found)
                )
    if "min_instances" in notes.unclear and values["max"] is None:
        notes.doubt("max_instances")
    low, high = values["min"], values["max"]
    if low is not None and high is not None and low > high:
        _ask_order(notes, low, high)
        low = high = None
    ranged = any(f.field == "max" for f in found) or (low is not None and high is not None)
    return Counts(values["initial"], low, high, ranged, parts)


def _of_production(notes: Notes, found: list[Found]) -> list[Found]:
    """`3-12 in prod, 1 in staging`: production's numbers are taken, and asked about."""
    others = [f for f in found if is_other_stage(f.tier)]
    rest = [f for f in found if f not in others]
    if rest:
        for f in others:
            notes.remark("note", "`{}` is taken as another stage's", f.quantity.first, f.quantity.last)
        found = rest
    if several_stages(notes):
        text = (
            "production and another stage were both named: is it production's numbers that should be planned?"
        )
        sets = {_FIELDS[f.field]: f.value for f in found}
        for field in sets:
            notes.doubt(field, text if field == next(iter(sets)) else "", ("yes", sets), ("no", {}))
    return found


def _parts_differ(found: list[Found]) -> bool:
    """`web 2 to 6, worker 2`: each part named, and what is said of one does not hold for the other."""
    tiers = {f.tier for f in found}
    said = [{(f.field, f.value) for f in found if f.tier == t} for t in tiers]
    return len(tiers) > 1 and all(tiers) and any(s != said[0] for s in said)


def _by_tier(found: list[Found]) -> list[tuple[str, dict[str, int]]]:
    return [(f"{t}'s", _of_tier(t, found)) for t in dict.fromkeys(f.tier for f in found)][:3]


def _ask_order(notes: Notes, low: int, high: int) -> None:
    turned = {"min_instances": high, "max_instances": low}
    text = f"the least ({low}) is above the most ({high}): which is right?"
    notes.doubt("max_instances", text, (f"{high} to {low}", turned))
    notes.doubt("min_instances")


def _conflict(notes: Notes, field: str, distinct: list[int], said: list[Found], found: list[Found]) -> None:
    """Two numbers for one field: ask which one holds, by part of the application where parts are named."""
    tiers = list(dict.fromkeys(f.tier for f in said))
    word = {"initial_instances": "the start", "min_instances": "the least", "max_instances": "the most"}[
        field
    ]
    text = f"{word} is said as {' and '.join(map(str, distinct))}: which holds?"
    if len(tiers) > 1 and all(tiers):
        notes.doubt(field, text, *((f"{t}'s", _of_tier(t, found)) for t in tiers[:3]))
    else:
        notes.doubt(field, text, *((f"{v}", {field: v}) for v in distinct[:3]))


def _of_tier(tier: str, found: list[Found]) -> dict[str, int]:
    return {_FIELDS[f.field]: f.value for f in found if f.tier == tier}
