"""Shared ways to look at a case and to say what was found. Knows no rule."""

from __future__ import annotations

import sys

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Fix, Severity, Where
from groundplan.model.infrastructure import Source
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component, Plan


def say(
    case: Case,
    message: str,
    *,
    why: str,
    fix: str,
    at: str = "",
    answer: str | None = None,
    claim: str = "",
    served_by: str = "",
    severity: Severity | None = None,
) -> Diagnostic:
    """A finding of the rule whose module calls this; `at` is question.field, whose words are pointed at."""
    rule: Rule = sys._getframe(1).f_globals["RULE"]
    question, _, field = at.partition(".")
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=severity or rule.severity,
        message=message,
        why=why,
        where=where(case, question, field) if question else None,
        fix=Fix(text=fix, question=question if answer else None, answer=answer),
        source=source(case, claim),
        served_by=served_by,
    )


def where(case: Case, question: str, field: str) -> Where:
    span = case.decisions.words(question, field) if field else None
    if span is None:
        return Where(question=question)
    return Where(question=question, quote=span.text, start=span.start, end=span.end)


def quote(case: Case, at: str, otherwise: str) -> str:
    """The person's own words for question.field, in backticks, or what the plan has instead."""
    question, _, field = at.partition(".")
    span = case.decisions.words(question, field)
    words = " ".join(span.text.split()) if span else otherwise
    return f"`{words.replace('`', chr(39))}`"


def source(case: Case, claim: str) -> Source | None:
    row = case.facts.claims.get(claim)
    return case.facts.source_of(row) if row else None


def web(plan: Plan | None) -> tuple[Component, ...]:
    return plan.role("web") if plan else ()
