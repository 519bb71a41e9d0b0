"""The shape of a drift finding. Knows no case."""

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
