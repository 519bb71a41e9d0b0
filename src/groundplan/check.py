"""Run every rule over a case and sort what they say. Knows how to run rules and ignores; the rules know the rest."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.answer import Ignore
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.knowledge import Rule
from groundplan.rules import entries, relevant

_ORDER = {"error": 0, "warning": 1, "note": 2}


def check(case: Case, today: str | None = None) -> tuple[Diagnostic, ...]:
    """Every finding, errors first and then by code; ignores that hold take theirs away.

    `today` is an ISO date that decides whether an ignore has expired; None keeps every ignore.
    """
    found = [d for rule in relevant(_platforms(case), _text(case)) for d in _run(rule, case)]
    kept = [d for d in found if not any(_holds(i, d, today) for i in case.answers.ignores)]
    kept.extend(_about_ignores(case.answers.ignores, found, today))
    return tuple(sorted(dict.fromkeys(kept), key=_rank))


def _platforms(case: Case) -> frozenset[str]:
    """The platform that is built on, and `kubernetes` where a cluster runs on it."""
    said = case.decisions.hosting
    home = case.plan.platform if case.plan else said.primary
    return frozenset(p for p in (home, *(k for k in said.platforms if k == "kubernetes")) if p)


def _text(case: Case) -> str:
    return "\n".join(reading.text for reading in case.decisions.readings.values()).lower()


def _run(rule: Rule, case: Case) -> tuple[Diagnostic, ...]:
    try:
        return tuple(rule.check(case))
    except Exception as problem:  # one broken rule must not hide what the others found
        crashed = Diagnostic(
            code="GP903",
            name="rule-crashed",
            severity="error",
            message=f"the rule {rule.code} ({rule.name}) stopped with {type(problem).__name__}: {problem}",
            why="what this rule looks for was not checked",
            fix=Fix(text="report it with the answers file"),
        )
        return (crashed,)


def _holds(ignore: Ignore, finding: Diagnostic, today: str | None) -> bool:
    """Errors of the tool itself and findings that make a plan impossible cannot be ignored."""
    if ignore.code != finding.code or not ignore.because.strip() or finding.code.startswith("GP9"):
        return False
    return today is None or ignore.until is None or today <= ignore.until


def _about_ignores(
    ignores: tuple[Ignore, ...], found: list[Diagnostic], today: str | None
) -> Iterator[Diagnostic]:
    codes = {d.code for d in found}
    for ignore in ignores:
        where = Where(path="groundplan.toml", quote=ignore.code)
        if not ignore.because.strip():
            yield Diagnostic(
                code="GP906",
                name="ignore-without-reason",
                severity="warning",
                message=f"the ignore of `{ignore.code}` gives no reason, so it does not hold",
                why="the next reader cannot tell a decision from an oversight",
                where=where,
                fix=Fix(text='add because = "…" to it'),
            )
        elif ignore.code not in codes:
            unknown = ignore.code not in {e.code for e in entries()} and not ignore.code.startswith("GP9")
            near = _nearest(ignore.code) if unknown else ""
            yield Diagnostic(
                code="GP905",
                name="ignore-unused",
                severity="note",
                message=f"the ignore of `{ignore.code}` matches no finding"
                + (", and no rule has that code" if unknown else ""),
                why="it hides nothing" if unknown else "it would hide the finding if it came back",
                where=where,
                fix=Fix(text=f"did you mean `{near}`?" if near else "remove it from groundplan.toml"),
            )
        elif today is not None and ignore.until is not None and today > ignore.until:
            yield Diagnostic(
                code="GP904",
                name="ignore-expired",
                severity="warning",
                message=f"the ignore of `{ignore.code}` ended on `{ignore.until}`",
                why="the finding counts again",
                where=where,
                fix=Fix(text="settle the finding, or give the ignore a new date and reason"),
            )


def _nearest(code: str) -> str:
    """The code that was meant: letters taken for digits first, then the most alike."""
    from difflib import get_close_matches  # rarely needed, and slow to import

    known = [e.code for e in entries()]
    meant = code.upper()[:2] + code.upper()[2:].translate(str.maketrans("OIL", "011"))
    return meant if meant in known else next(iter(get_close_matches(meant, known, 1, 0.7)), "")


def _rank(finding: Diagnostic) -> tuple[int, str, str]:
    return _ORDER[finding.severity], finding.code, finding.message
