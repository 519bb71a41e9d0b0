"""What is known of a case before any rule is imported. Knows the names that a rule's `needs` may have; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Set

import msgspec

from groundplan.model.case import Case

SHOWN = ("reading=unclear", "reading=unused", "reading=open", "places=several", "prices=missing", "service", "verdict",
         "substitution")  # fmt: skip
"""What a case shows beside the fields that are said; the last three go on with `=` and a value."""


class About(msgspec.Struct, frozen=True):
    """What decides which rules may have something to say."""

    platforms: Set[str]
    text: str
    """The answers, lower case."""
    shown: Set[str] | None = None
    """Fields that are said, `iac.tool`, what they say, `iac.tool=none`, and SHOWN; None where that is not known."""


def about(case: Case) -> About:
    return About(_platforms(case), _text(case), frozenset((*_said(case), *_read(case), *_planned(case))))


def _platforms(case: Case) -> frozenset[str]:
    """The platform that is built on, and `kubernetes` where a cluster runs on it."""
    said = case.decisions.hosting
    home = case.plan.platform if case.plan else said.primary
    return frozenset(p for p in (home, *(k for k in said.platforms if k == "kubernetes")) if p)


def _text(case: Case) -> str:
    return "\n".join(reading.text for reading in case.decisions.readings.values()).lower()


def _said(case: Case) -> Iterator[str]:
    for question, reading in case.decisions.readings.items():
        nothing = type(reading.value)()
        for field in reading.value.__struct_fields__:
            value = getattr(reading.value, field)
            if value != getattr(nothing, field):
                yield f"{question}.{field}"
                values = value if isinstance(value, tuple) else (value,)
                yield from (f"{question}.{field}={one}" for one in values if isinstance(one, str))


def _read(case: Case) -> Iterator[str]:
    for reading in case.decisions.readings.values():
        if reading.unclear:
            yield "reading=unclear"
        if any(remark.kind == "unused" for remark in reading.remarks):
            yield "reading=unused"
        if reading.status in ("unknown", "default") or not (reading.text.strip() or reading.corrected):
            yield "reading=open"


def _planned(case: Case) -> Iterator[str]:
    plan, estimate = case.plan, case.estimate
    yield from (f"service={key}" for key in case.decisions.hosting.services)
    if len(plan.places if plan else case.decisions.regions.regions) > 1:
        yield "places=several"
    if plan:
        yield f"service={plan.service}"
        yield from (f"substitution={one.id}" for one in plan.substitutions)
    if estimate:
        yield f"verdict={estimate.verdict.state}"
        if estimate.missing:
            yield "prices=missing"
