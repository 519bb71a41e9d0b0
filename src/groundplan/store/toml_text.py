"""Load TOML text with limits, and say in one diagnostic why it cannot be loaded. Knows no keys."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.store.toml_lines import twice

_MANY_DOTS = 400


def load(text: str, path: str) -> tuple[dict[str, Any] | None, Diagnostic | None]:
    """Return the document, or None and the reason. Numbers with a point become Decimal."""
    import tomllib

    if _deep_keys(text):
        return None, _too_deep(path)
    try:
        return tomllib.loads(text, parse_float=_decimal), None
    except RecursionError:
        return None, _too_deep(path)
    except ValueError as error:
        return None, _unreadable(text, path, str(error))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"`{text[:40]}` is no number") from error


def _deep_keys(text: str) -> bool:
    """tomllib takes seconds for a key of thousands of parts; no key of ours has more than a few."""
    if text.count(".") < _MANY_DOTS:
        return False
    part = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
    return re.search(rf"(?m)(?<![\w\-\"'])(?:{part}[ \t]*+\.[ \t]*+){{33}}", text) is not None


def _too_deep(path: str) -> Diagnostic:
    return _problem(
        "GP919", "nested-too-deep", f"`{path}` is nested too deep to be read", path, None, "flatten it"
    )


def _unreadable(text: str, path: str, reason: str) -> Diagnostic:
    if double := twice(text) if "twice" in reason or "overwrite" in reason or "mutate" in reason else None:
        key, first, second = double
        message = f"`{'.'.join(key)}` is set in line {first} and again in line {second}"
        return _problem("GP917", "set-twice", message, path, second, "keep one of the two lines")
    line = _line(text, reason)
    message = f"`{path}` is not valid TOML: {re.sub(r' [(]at .*[)]$', '', reason)[:120]}"
    fix = 'write `key = "text"`, one to a line, with `"` inside a text as `\\"`'
    return _problem("GP910", "not-toml", message, path, line, fix)


def _line(text: str, reason: str) -> int | None:
    if found := re.search(r"at line (\d+), column", reason):
        return int(found[1])
    return text.count("\n") + (not text.endswith("\n")) if "end of document" in reason else None


def _problem(code: str, name: str, message: str, path: str, line: int | None, fix: str) -> Diagnostic:
    why = "nothing of this file can be used until it is"
    where = Where(path=path, line=line)
    return Diagnostic(
        code=code, name=name, severity="error", message=message, why=why, where=where, fix=Fix(text=fix)
    )
