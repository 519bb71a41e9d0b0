"""Run every rule over a case and sort what they say. Knows how to run rules and ignores; the rules know the rest."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.answer import Ignore
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.knowledge import Rule
from groundplan.rules import about, entries, relevant

_ORDER = {"error": 0, "warning": 1, "note": 2}
_DRIFT = ("GP7", "GP8")
"""Codes of findings about documents and drift: no rule makes them."""
_APPLICATION = "GP15"
"""Codes of what the project's own files show: no rule makes them either."""


def check(case: Case, today: str | None = None, also: tuple[Diagnostic, ...] = ()) -> tuple[Diagnostic, ...]:
    """Every finding and those of `also`, errors first and then by code; ignores that hold take theirs away.

    `today` is an ISO date that decides whether an ignore has expired; None keeps every ignore.
    """
    found = [d for rule in relevant(about(case)) for d in _run(rule, case)]
    found += also
    mine = tuple(i for i in case.answers.ignores if not i.code.startswith(_DRIFT))
    return tuple(sorted(dict.fromkeys(settle(found, mine, today)), key=_rank))


def settle_drift(
    found: tuple[Diagnostic, ...], ignores: tuple[Ignore, ...], today: str | None
) -> tuple[Diagnostic, ...]:
    """What is left of findings about documents and code, which only a look at the disk can make."""
    return tuple(settle(list(found), tuple(i for i in ignores if i.code.startswith(_DRIFT)), today))


def settle(
    found: list[Diagnostic], ignores: tuple[Ignore, ...], today: str | None = None
) -> list[Diagnostic]:
    """Take away what an ignore accepts, and tell of ignores that accept nothing or no longer hold."""
    kept = [d for d in found if not any(_holds(i, d, today) for i in ignores)]
    return [*kept, *_about_ignores(ignores, found, today)]


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
    if not _matches(ignore, finding) or not ignore.because.strip() or finding.code.startswith("GP9"):
        return False
    return today is None or ignore.until is None or today <= ignore.until


def _matches(ignore: Ignore, finding: Diagnostic) -> bool:
    """The code, and what it was about where the ignore says that."""
    return ignore.code == finding.code and ignore.about in (None, finding.about)


def _about_ignores(
    ignores: tuple[Ignore, ...], found: list[Diagnostic], today: str | None
) -> Iterator[Diagnostic]:
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
        elif not any(_matches(ignore, d) for d in found):
            about = f" about `{ignore.about}`" if ignore.about else ""
            known = ignore.code in {e.code for e in entries()} or ignore.code.startswith(
                (_APPLICATION, "GP9", *_DRIFT)
            )
            unknown = not known
            near = _nearest(ignore.code) if unknown else ""
            yield Diagnostic(
                code="GP905",
                name="ignore-unused",
                severity="note",
                message=f"the ignore of `{ignore.code}`{about} matches no finding"
                + (", and no rule has that code" if unknown else ""),
                why="it hides nothing" if unknown else "it would hide the finding if it came back",
                where=where,
                fix=Fix(text=f"did you mean `{near}`?" if near else _forgetting(ignore)),
            )
        elif today is not None and ignore.until is not None and today > ignore.until:
            yield Diagnostic(
                code="GP904",
                name="ignore-expired",
                severity="warning",
                message=f"the ignore of `{ignore.code}` ended on `{ignore.until}`",
                why="the finding counts again",
                where=where,
                fix=Fix(
                    text=f'settle the finding, or groundplan accept {ignore.code} --because "…" --until DATE'
                ),
            )


def _forgetting(ignore: Ignore) -> str:
    about = f" --about '{ignore.about}'" if ignore.about else ""
    return f"groundplan accept {ignore.code} --forget{about}"


def _nearest(code: str) -> str:
    """The code that was meant: letters taken for digits first, then the most alike."""
    from difflib import get_close_matches  # rarely needed, and slow to import

    known = [e.code for e in entries()]
    meant = code.upper()[:2] + code.upper()[2:].translate(str.maketrans("OIL", "011"))
    return meant if meant in known else next(iter(get_close_matches(meant, known, 1, 0.7)), "")


def _rank(finding: Diagnostic) -> tuple[int, str, str]:
    return _ORDER[finding.severity], finding.code, finding.message
