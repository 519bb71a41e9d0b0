"""Collect what is wrong in an answers file, with lines and the nearest right name. Knows messages, not meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.store.toml_lines import line_of, lines

_MOST = 50
_WHY = "what is not understood would silently change nothing"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be."""
    import difflib

    found = difflib.get_close_matches(name.lower()[:60], list(known), n=1, cutoff=0.7)
    return found[0] if found else None


class Problems:
    """The diagnostics of one file. Its readers give back a value, or None after reporting why there is none."""

    def __init__(self, text: str, path: str) -> None:
        self._text, self._path = text, path
        self._found: list[Diagnostic] = []
        self._lines: list[tuple[int, tuple[str, ...]]] | None = None

    def found(self) -> tuple[Diagnostic, ...]:
        return tuple(self._found)

    def add(
        self, code: str, name: str, message: str, fix: str, *at: str, line: int | None = None, why: str = _WHY
    ) -> None:
        """Report an error at the key `at`, or at `line` where it is known; past the first 50 nothing is added."""
        if len(self._found) >= _MOST:
            return
        where = Where(path=self._path, line=line or (self._line(at) if at else None))
        self._found.append(
            Diagnostic(
                code=code,
                name=name,
                severity="error",
                message=message,
                why=why,
                where=where,
                fix=Fix(text=fix),
            )
        )

    def _line(self, at: tuple[str, ...]) -> int | None:
        if self._lines is None:
            self._lines = list(lines(self._text))
        return line_of(self._lines, *at)

    def table(self, document: dict[str, Any], key: str) -> dict[str, Any]:
        value = document.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong_type(key, "", f"a table: `[{key}]`")
        return {}

    def keys(self, table: str, found: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in found:
            if key not in known:
                self.unknown(table, key, known)

    def unknown(self, table: str, key: str, known: tuple[str, ...]) -> None:
        if len(self._found) >= _MOST:
            return
        meant = nearest(key, known)
        fix = f"write `{meant}`" if meant else f"use one of {', '.join(known)}" if known else "remove it"
        self.add("GP913", "unknown-key", f"`{key[:60]}` is no key of `[{table}]` here", fix, table, key)

    def text(self, table: str, found: dict[str, Any], key: str) -> str | None:
        value = found.get(key)
        if value is None or isinstance(value, str):
            return value
        self.wrong_type(table, key, f'a text in quotes: `{key} = "…"`')
        return None

    def one_of(self, table: str, found: dict[str, Any], key: str, choices: tuple[str, ...]) -> str | None:
        value = found.get(key)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        meant = nearest(str(value), choices)
        fix = f'write `"{meant}"`' if meant else f"use one of {', '.join(choices)}"
        message = f"{table} `{key}` is `{str(value)[:60]}`, which is none of its values"
        self.add("GP914", "wrong-value", message, fix, table, key)
        return None

    def wrong_type(self, table: str, key: str, wanted: str) -> None:
        at = (table, key) if key else (table,)
        name = f"`{key[:60]}` of `[{table}]`" if key else f"`{table}`"
        self.add("GP914", "wrong-value", f"{name} has a value of another kind", f"write {wanted}", *at)
