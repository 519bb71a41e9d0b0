"""Findings as annotations of GitHub Actions. Knows the workflow commands and their escapes.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; the escapes are those of
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from __future__ import annotations

from groundplan.model.diagnostic import Diagnostic, Severity

_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def annotated(found: tuple[Diagnostic, ...]) -> str:
    """One command a finding, in the order given; every finding has a path and a line."""
    return "".join(f"{_annotation(d)}\n" for d in found)


def _annotation(finding: Diagnostic) -> str:
    where = finding.where
    assert where and where.path and where.line
    properties = {"file": where.path, "line": str(where.line), "title": f"{finding.code} {finding.name}"}
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVEL[finding.severity]} {told}::{_message(told_in_full(finding))}"


def told_in_full(finding: Diagnostic) -> str:
    """Message, consequence and fix, a line each."""
    lines = [finding.message]
    lines += [f"why: {finding.why}"] if finding.why else []
    lines += [f"served by: {finding.served_by}"] if finding.served_by else []
    lines += [f"fix: {finding.fix.text}"] if finding.fix else []
    return "\n".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
