"""Shared ways to say what was found. Knows no rule."""

from __future__ import annotations

import sys
from decimal import ROUND_CEILING, Decimal

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Fix, Severity, Where
from groundplan.model.infrastructure import Certainty, Source
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component, Plan

_AT_MOST: dict[Certainty, tuple[Severity, ...]] = {
    "unverified": ("error", "warning"),
    "secondary": ("error",),
}
"""An error needs a vendor's own words, and a warning somebody's; what is only remembered is a note."""
_INSTEAD: dict[Certainty, Severity] = {"unverified": "note", "secondary": "warning"}


def say(
    case: Case,
    message: str,
    *,
    why: str,
    fix: str,
    at: str | Where = "",
    answer: str | None = None,
    claim: str = "",
    served_by: str = "",
    severity: Severity | None = None,
) -> Diagnostic:
    """A finding of the rule whose module calls this.

    `at` is question.field, whose words are pointed at, or the place itself. What rests on an unverified claim is
    never more than a note, and what rests on a secondary one never more than a warning; what the plan serves in
    another way is no error.
    """
    rule: Rule = sys._getframe(1).f_globals["RULE"]
    place = at if isinstance(at, Where) else where(case, at) if at else None
    cited = source(case, claim)
    served = served_by or _served(case, claim)
    level = severity or rule.severity
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=_honest("warning" if served and level == "error" else level, cited),
        message=message,
        why=why,
        where=place,
        fix=Fix(text=fix, question=place.question if place and answer else None, answer=answer),
        source=cited,
        served_by=served,
    )


def _served(case: Case, claim: str) -> str:
    """What the plan does instead, where a substitution names the same claim."""
    found = case.plan.substitution(claim) if case.plan and claim else None
    return found.served_by if found else ""


def _honest(severity: Severity, cited: Source | None) -> Severity:
    if cited and severity in _AT_MOST.get(cited.certainty, ()):
        return _INSTEAD[cited.certainty]
    return severity


def where(case: Case, at: str) -> Where:
    question, _, field = at.partition(".")
    span = case.decisions.words(question, field) if field else None
    if span is None:
        return Where(question=question)
    return Where(question=question, quote=span.text, start=span.start, end=span.end)


def quote(case: Case, at: str | Where, otherwise: str) -> str:
    """The person's own words for question.field, in backticks, or what the plan has instead."""
    place = at if isinstance(at, Where) else where(case, at)
    words = " ".join((place.quote or otherwise).split())
    return f"`{words.replace('`', chr(39))}`"


def in_budget(case: Case, usd: Decimal) -> str:
    """A sum in whole units of the budget's own currency, with the dollars behind it where that is another."""
    whole = f"{usd.to_integral_value(ROUND_CEILING):,f} USD"
    rate = case.estimate.verdict.conversion if case.estimate else None
    if rate is None or not rate.usd:
        return whole
    return f"{(usd / rate.usd).to_integral_value(ROUND_CEILING):,f} {rate.currency} ({whole})"


def source(case: Case, claim: str) -> Source | None:
    row = case.facts.claims.get(claim)
    return case.facts.source_of(row) if row else None


def web(plan: Plan | None) -> tuple[Component, ...]:
    return plan.role("web") if plan else ()
