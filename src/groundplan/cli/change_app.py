"""Set what is known of the application by hand: `groundplan change app.port 3000`. Knows the four fields."""

from __future__ import annotations

import shlex
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import msgspec

from groundplan.cli.commandline import say
from groundplan.cli.options import Settings
from groundplan.cli.stop import stop
from groundplan.model.application import EXAMPLES, AppAnswer, is_command, is_image, is_port, is_url_path

if TYPE_CHECKING:
    from groundplan.cli.session import Session

_FITS = {"image": is_image, "port": is_port, "health_path": is_url_path, "command": is_command}
_WANTED = {
    "image": "an image with its registry, as in `ghcr.io/acme/orders:1`",
    "port": "a number from 1 to 65535",
    "health_path": "a path, as in `/healthz`",
    "command": "words of at most 2000 characters, as in `npm start`",
}


def change_app(settings: Settings, session: Session, field: str, value: str | None, forget: bool) -> int:
    """Store the value, or take it away, and show what holds now."""
    if forget and not field:
        _store(settings, session, AppAnswer())
        return 0
    if field not in _FITS:
        near = get_close_matches(field, _FITS, 1, 0.5)
        stop("GP963", f"`app` has no field `{field}`", f"use {near[0] if near else ', '.join(_FITS)}")
    if forget:
        if getattr(session.answers.app, field) is None:
            stop("GP963", f"nothing was set at `app.{field}`", "groundplan change")
        _store(settings, session, msgspec.structs.replace(session.answers.app, **{field: None}))
        return 0
    if value is None or not value.strip():
        stop(
            "GP960", f"`change app.{field}` has no value", f"groundplan change app.{field} {EXAMPLES[field]}"
        )
    _store(settings, session, msgspec.structs.replace(session.answers.app, **{field: _parsed(field, value)}))
    return 0


def _parsed(field: str, value: str) -> Any:  # Any: the type of the field
    from groundplan.cli.session import refuse_secret

    refuse_secret("app", value)
    item: Any = value.strip()
    if field == "port" and item.isascii() and item.isdecimal() and len(item) < 6:
        item = int(item)
    if field == "command":
        item = _words(item)
    if not _FITS[field](item):
        wanted = f"groundplan change app.{field} {EXAMPLES[field]}"
        stop("GP960", f"`{value[:60]}` cannot be app.{field}, which is {_WANTED[field]}", wanted)
    return item


def _words(text: str) -> tuple[str, ...]:
    """A command line as a shell takes it apart; through a shell where it needs one."""
    if any(c in text for c in "$&|;<>`*?~"):
        return ("/bin/sh", "-c", text)
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return ("/bin/sh", "-c", text)


def _store(settings: Settings, session: Session, app: AppAnswer) -> None:
    session.workspace.set_app(app)
    if not settings.quiet:
        from groundplan.cli.session import open_session
        from groundplan.cli.views.application import application

        say(application(open_session(settings).answers, settings.device))
