"""Ending a command early, with one coded diagnostic and an exit code. Knows the codes; prints nothing."""

from __future__ import annotations

from typing import NoReturn

from groundplan.model.diagnostic import Diagnostic, Fix

CLEAN, FINDINGS, USAGE, UNANSWERED, ENVIRONMENT, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130

_NAMES = {
    "GP960": "usage",
    "GP961": "answers-file-not-read",
    "GP962": "answers-file-not-understood",
    "GP963": "unknown-question",
    "GP964": "unanswered",
    "GP965": "no-terminal",
    "GP966": "secret-in-answer",
    "GP967": "phase-not-understood",
    "GP968": "unknown-code",
    "GP969": "own-facts-not-used",
    "GP970": "price-list-not-used",
    "GP971": "not-accepted",
    "GP972": "nothing-to-import",
    "GP973": "nothing-to-undo",
    "GP974": "edited-since",
    "GP975": "output-not-written",
}


def exit_code(diagnostics: tuple[Diagnostic, ...], strict: bool) -> int:
    """1 where there is an error, or with `strict` a warning."""
    bad = {"error", "warning"} if strict else {"error"}
    return FINDINGS if any(d.severity in bad for d in diagnostics) else CLEAN


class Stop(Exception):
    """Bad input that ends this run: `diagnostic` is printed, `exit_code` returned."""

    def __init__(self, diagnostic: Diagnostic, exit_code: int) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.exit_code = exit_code


def stop(code: str, message: str, fix: str = "", why: str = "", exit_code: int = USAGE) -> NoReturn:
    """Raise Stop with one error; `code` is one of the GP96x codes of the command line."""
    raise Stop(fault(code, message, fix, why), exit_code)


def fault(code: str, message: str, fix: str = "", why: str = "") -> Diagnostic:
    return Diagnostic(
        code=code,
        name=_NAMES.get(code, "environment"),
        severity="error",
        message=message,
        why=why,
        fix=Fix(text=fix) if fix else None,
    )
