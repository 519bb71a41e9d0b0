"""What is known of the application and from where, for people and for programs. Decides nothing."""

from __future__ import annotations

from typing import Any

from groundplan.cli.terminal import Terminal
from groundplan.cli.views.tables import table
from groundplan.model.answer import Answers
from groundplan.model.application import EXAMPLES, App, Command, command_text
from groundplan.plan.application import application as built_for

_NAMES = {"port": "port", "health_path": "health path", "command": "command", "image": "image"}
_WITHOUT = {
    "command": "the image's own",
    "image": "to be named when it is deployed",
}


def application(answers: Answers, device: Terminal) -> str:
    """One row for each value: what it is, and the line that says so or the command that sets another."""
    app = built_for(answers)
    rows = [(name, _value(app, field), _where(app, field)) for field, name in _NAMES.items()]
    runtime = answers.detected.sign("runtime")
    if runtime:
        rows.append(("runtime", str(runtime.value), f"{runtime.source} ({runtime.source.words})"))
    return "\n".join(table([("what", "value", "where from"), *rows], device))


def _value(app: App, field: str) -> str:
    value = (app.command or app.starts) if field == "command" else getattr(app, field)
    return _text(value) if value else _WITHOUT[field]


def _text(value: int | str | Command) -> str:
    return command_text(value) if isinstance(value, tuple) else str(value)


def _where(app: App, field: str) -> str:
    if field in app.stated:
        return "groundplan.toml"
    source = app.sources.get(field)
    if source:
        held = ", held by the image" if field == "command" and not app.command else ""
        return f"{source} ({source.words}){held}"
    assumed = "assumed" if field in ("port", "health_path") else "no file says it"
    return f"{assumed}; groundplan change app.{field} {EXAMPLES[field]}"


def as_values(answers: Answers) -> dict[str, Any]:  # Any: JSON values
    """The same for programs: value, origin, path and line of each field."""
    app = built_for(answers)
    made = {field: {"value": _plain(app, field)} | _origin(app, field) for field in _NAMES}
    runtime = answers.detected.sign("runtime")
    return made | {"runtime": runtime.value if runtime else None}


def _plain(app: App, field: str) -> Any:  # Any: JSON values
    value = (app.command or app.starts) if field == "command" else getattr(app, field)
    return list(value) if isinstance(value, tuple) else value


def _origin(app: App, field: str) -> dict[str, Any]:  # Any: JSON values
    source = app.sources.get(field)
    if field in app.stated:
        return {"origin": "file"}
    return (
        {"origin": "detected", "path": source.path, "line": source.line} if source else {"origin": "default"}
    )
