"""Findings as SARIF 2.1.0, which code-scanning services read. Knows the format; judges nothing.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec

from groundplan.cli.views.github import told_in_full
from groundplan.model.diagnostic import Diagnostic
from groundplan.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
Json = dict[str, Any]  # Any: JSON values


def sarif(found: tuple[Diagnostic, ...], pages: dict[str, str]) -> str:
    """One run with a result a finding; `pages` holds the page of each code, as `explain` shows it."""
    codes = sorted({d.code for d in found})
    driver = {
        "name": "groundplan",
        "version": __version__,
        "rules": [_rule(next(d for d in found if d.code == code), pages.get(code, "")) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, codes.index(d.code)) for d in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _rule(finding: Diagnostic, page: str) -> Json:
    help_text = page.strip() or finding.why or finding.message
    return {
        "id": finding.code,
        "name": "".join(part.capitalize() for part in finding.name.split("-")),
        "shortDescription": {"text": finding.name.replace("-", " ")},
        "fullDescription": {"text": help_text.split("\n\n")[0]},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": finding.severity},
    }


def _result(finding: Diagnostic, rule: int) -> Json:
    where = finding.where
    assert where and where.path and where.line
    place = {
        "artifactLocation": {"uri": quote(where.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": where.line},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": told_in_full(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }


def _fingerprint(finding: Diagnostic) -> str:
    """The same finding keeps it when lines above it come or go."""
    from groundplan.store.digest import sha256

    where = finding.where
    return sha256(f"{finding.code}\n{where.path if where else ''}\n{finding.message}".encode())[:32]
