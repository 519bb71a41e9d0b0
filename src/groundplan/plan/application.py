"""What is built for of the application: stated before detected, detected before a default. Reads no file."""

from __future__ import annotations

from groundplan.model.answer import Answers
from groundplan.model.application import App

_FIELDS = ("image", "port", "health_path", "command")


def application(answers: Answers) -> App:
    """Stated before detected, detected before the default."""
    stated, seen, default = answers.app, answers.detected, App()
    signs = {s.field: s for s in seen.signs}
    named = {f: v for f in _FIELDS if (v := getattr(stated, f)) is not None}
    brought = signs.get("command")
    in_image = brought is not None and brought.in_image
    found = {f: s.value for f, s in signs.items() if f in _FIELDS and not (f == "command" and in_image)}
    values = found | named
    return App(
        image=values.get("image", default.image),  # type: ignore[arg-type]  # a sign's value fits its field
        port=values.get("port", default.port),  # type: ignore[arg-type]  # as above
        health_path=values.get("health_path", default.health_path),  # type: ignore[arg-type]  # as above
        command=values.get("command", ()),  # type: ignore[arg-type]  # as above
        starts=brought.value if brought and in_image else (),  # type: ignore[arg-type]  # as above
        stated=tuple(named),
        folder=seen.folder,
        dockerfile=seen.dockerfile,
        sources={f: s.source for f, s in signs.items() if f not in named},
    )
