"""Which stores get a copy in another zone that takes over: what any answer says of it, else what the level asks for.

A standby that the hosting answer ties to a store is read there; this looks at the rest of the words. Knows no vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from groundplan.facts.names import name
from groundplan.model.answer import Quality
from groundplan.model.decision import Decisions
from groundplan.model.plan import Assumption, StoreWish
from groundplan.readers._spoken import spoken

_TWO = re.compile(
    r"\b(?:(?P<zones>multi[- ]?az|zone[- ]redundan(?:t|cy))|standby|high(?:ly)?[- ]availab(?:le|ility)|HA)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bsingle[- ](?:az|zone)\b", re.IGNORECASE)
_OTHER_KINDS = ("redis", "queue", "object_storage")


def with_standbys(
    stores: tuple[StoreWish, ...], decisions: Decisions, quality: Quality
) -> tuple[tuple[StoreWish, ...], tuple[Assumption, ...]]:
    """The person's word wins over the level: one zone where one was said, two where two were."""
    two, one = next(_two(decisions), ""), next(_one(decisions), "")
    made: list[StoreWish] = []
    gaps: dict[Assumption, None] = {}
    for wish in stores:
        if wish.standby or wish.kind in _OTHER_KINDS:
            made.append(wish)
            continue
        wanted = bool(two) or (quality == "secure" and not one)
        if two or one:
            value = f"{name(wish.kind)} in {'two zones' if wanted else 'one zone'}"
            gaps[Assumption(field="hosting.standby", value=value, reason=f"because of {two or one}")] = None
        made.append(msgspec.structs.replace(wish, standby=wanted))
    return tuple(made), tuple(gaps)


def _two(decisions: Decisions) -> Iterator[str]:
    """Zones are said of the whole; any other word only where a database stands before it in its sentence."""
    for found in spoken(decisions, _TWO, "hosting", "regions", "scaling"):
        question, zones = found.question, found.hit["zones"]
        if question == "scaling" and not zones:
            continue
        if found.about == "sql" or (found.about != "cache" and zones and question != "hosting"):
            yield f"“{found.hit[0]}” in the {question} answer"


def _one(decisions: Decisions) -> Iterator[str]:
    for found in spoken(decisions, _ONE, "hosting", "regions", "scaling"):
        yield f"“{found.hit[0]}” in the {found.question} answer"
