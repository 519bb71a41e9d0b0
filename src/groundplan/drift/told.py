"""The shape of a drift finding, and how it quotes a document. Knows no case."""

from __future__ import annotations

from groundplan.model.diagnostic import Diagnostic, Fix, Severity, Where


def told(
    code: str, name: str, severity: Severity, message: str, why: str, path: str, fix: str | Fix,
    line: int | None = None,
) -> Diagnostic:  # fmt: skip
    return Diagnostic(
        code=code,
        name=name,
        severity=severity,
        message=message,
        why=why,
        where=Where(path=path, line=line),
        fix=Fix(text=fix) if isinstance(fix, str) else fix,
    )


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def apart(one: str, other: str) -> tuple[str, str]:
    """Both texts, short enough for a message, from the word before the first that differs."""
    mine, theirs = one.split(), other.split()
    same = next((n for n, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), None)
    start = max((min(len(mine), len(theirs)) if same is None else same) - 1, 0)
    if len(" ".join(mine)) <= 60 and len(" ".join(theirs)) <= 60:
        start = 0
    lead = "… " if start else ""
    return short(lead + " ".join(mine[start:])), short(lead + " ".join(theirs[start:]))
