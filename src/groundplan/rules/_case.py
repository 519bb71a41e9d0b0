"""Shared ways to look at a case: what was said, where, how many, how much. Knows no rule.

They work with and without a plan, because an answer may name a platform that is understood and not built for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from groundplan.facts.geography import resolve
from groundplan.model.case import Case
from groundplan.model.decision import Trigger
from groundplan.model.diagnostic import Where
from groundplan.model.infrastructure import Region
from groundplan.readers._spoken import spoken

CLUSTERS = frozenset(("eks", "gke", "aks", "self_managed_k8s"))
EEA_DUTIES = frozenset(("gdpr", "eu", "eea"))
_MONTHS = {"month": 1, "year": 12, "quarter": 3}


def home(case: Case) -> str:
    """The platform that is built on, planned or only read; empty where none could be read."""
    return case.plan.platform if case.plan else case.decisions.hosting.primary or ""


def services(case: Case) -> frozenset[str]:
    """Stated services; where none was stated, the one that the plan chose."""
    said = frozenset(case.decisions.hosting.services)
    return said or frozenset([case.plan.service] if case.plan else [])


def production(case: Case) -> bool:
    return case.answers.project.quality in ("production", "secure")


def minimum(case: Case) -> int | None:
    """Instances at the quietest hour, per region; None where nothing says."""
    said = case.decisions.scaling
    if case.plan:
        return case.plan.draft.scaling.minimum
    return (
        0
        if said.scale_to_zero
        else said.min_instances
        if said.min_instances is not None
        else said.initial_instances
    )


def maximum(case: Case) -> int | None:
    said = case.decisions.scaling
    if case.plan:
        return case.plan.draft.scaling.maximum
    return said.max_instances or said.initial_instances or said.min_instances


def automatic(case: Case) -> bool:
    return (case.plan.draft.scaling.mode if case.plan else case.decisions.scaling.mode) == "auto"


def zero(case: Case) -> str:
    """The field that asks for nothing to run when nothing happens, as question.field; empty where none does."""
    said = case.decisions.scaling
    if said.scale_to_zero:
        return "scaling.scale_to_zero"
    return "scaling.min_instances" if said.min_instances == 0 else ""


def triggers(case: Case, *metrics: str) -> tuple[Trigger, ...]:
    """Stated triggers that add instances, of these metrics."""
    return tuple(t for t in case.decisions.scaling.triggers if t.metric in metrics and t.op in (">", ">="))


def regions(case: Case) -> tuple[Region, ...]:
    """Where it runs: of the plan, else the region of the platform that each stated place means."""
    key = home(case)
    known = case.facts.regions.get(key, {})
    if case.plan:
        return tuple(known[p.code] for p in case.plan.places if p.code in known)
    hits = [resolve(place, key, case.facts) for place in case.decisions.regions.regions]
    return tuple(hit[0] for hit in hits if hit)


def closed_here(case: Case, words: str) -> Region | None:
    """The region that `words` name and that ordinary customers cannot take: by its name, or by its code in the answer."""
    reading = case.decisions.readings.get("regions")
    said = set(re.findall(r"[a-z0-9]+", reading.text.lower())) if reading else set()
    for region in case.facts.regions.get(home(case), {}).values():
        name = region.city.split(",")[0].lower()
        by_code = region.status == "closed" and region.code in said
        if name in words.lower() and (region.status == "restricted" or by_code):
            return region
    return None


def near_home(user: str, places: tuple[Region, ...]) -> bool:
    """Whether a planned region lies in the country or area of `user`, whose centre then says little."""
    return any(r.country.lower() == user or (user in ("eu", "eea") and r.eea) for r in places)


def budget(case: Case) -> Decimal | None:
    """The stated limit in USD a month; None where there is none, or it is in another currency."""
    said = case.decisions.budget
    if case.plan:
        limit = case.plan.budget.limit
        return limit.amount if limit and limit.currency == "USD" else None
    if said.amount is None or said.currency not in (None, "USD"):
        return None
    return said.amount / _MONTHS.get(said.period or "month", 1)


def find(case: Case, pattern: str, *questions: str) -> Where | None:
    """The first words that match `pattern` in the answers to `questions`, unless their clause takes them back."""
    for where in finds(case, pattern, *questions):
        return where
    return None


def finds(case: Case, pattern: str, *questions: str) -> Iterator[Where]:
    for found in spoken(case.decisions, _compiled(pattern), *questions):
        hit = found.hit
        yield Where(question=found.question, quote=hit[0], start=hit.start(), end=hit.end())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
