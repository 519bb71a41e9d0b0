"""The application against the code that was generated for it. Knows what was written last; reads no file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from groundplan.drift.said import APP, FIELDS
from groundplan.drift.told import told
from groundplan.model.answer import Answers
from groundplan.model.application import App, command_text
from groundplan.model.diagnostic import Diagnostic
from groundplan.plan.application import application
from groundplan.syntax.quoting import short

_NAMES = {"health_path": "health path"}


def application_moved(before: dict[str, str], answers: Answers) -> tuple[Diagnostic, ...]:
    """Each value that differs from what the last apply generated code for; nothing where that is not known."""
    return tuple(_moved(before, application(answers))) if APP in before else ()


def _moved(before: dict[str, str], now: App) -> Iterator[Diagnostic]:
    lines = before.get(APP, "").splitlines()
    written = dict(line.split(" = ", 1) for line in lines if " = " in line)
    for field in FIELDS:
        was, value = _value(written.get(field), field), getattr(now, field)
        if was != value:
            yield _told(field, was, value, now)


def _value(text: str | None, field: str) -> object:
    """What the code was generated with: the default where nothing was known."""
    if text is None:
        return getattr(App(), field)
    value = msgspec.json.decode(text.partition("\t")[0])
    return tuple(value) if isinstance(value, list) else value


def _told(field: str, was: object, value: object, now: App) -> Diagnostic:
    from shlex import quote  # only where something moved

    name, source = _NAMES.get(field, field), now.sources.get(field)
    said = _text(value)
    who = (
        f"{source} says `{said}` (`{source.words}`)"
        if source
        else f"groundplan.toml sets `{said}`"
        if field in now.stated
        else f"nothing says it any more, so `{said}` is assumed"
    )
    keep = f", or keep it with groundplan change app.{field} {quote(_text(was))}" if was else ""
    return told(
        "GP819",
        "application-moved",
        "error",
        f"the code was generated for the {name} `{_text(was)}`, and {who}",
        "deployed like this, the new version does not run as the code expects",
        source.path if source else "groundplan.toml",
        f"groundplan apply{keep}",
        source.line if source else None,
    )


def _text(value: object) -> str:
    text = command_text(value) if isinstance(value, tuple) and value else str(value or "none")
    return short(text)
