"""What the infrastructure must know of the application itself, and the file that shows it. Knows no file format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

AppField = Literal["image", "port", "health_path", "command", "runtime"]
Command = tuple[str, ...]
LONGEST_COMMAND = 2000
EXAMPLES = {
    "image": "ghcr.io/acme/orders:1", "port": "3000", "health_path": "/healthz", "command": "'npm start'"
}  # fmt: skip
"""What a person may type for each, where a message says how to set it."""
_SHELLS = (("/bin/sh", "-c"), ("sh", "-c"))


IMAGE_NAME = r"[A-Za-z0-9][A-Za-z0-9./:@_-]*"
"""Names of images: https://github.com/distribution/reference, without what a shell or YAML would read."""


class Source(msgspec.Struct, frozen=True):
    """A line of one of the project's own files."""

    path: str
    line: int
    words: str
    """What the line says, shortened: `EXPOSE 3000`."""

    def __str__(self) -> str:
        return f"{self.path} line {self.line}"


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that one line shows."""

    field: AppField
    value: int | str | Command
    source: Source
    weak: bool = False
    """What a framework or a base image usually does; it gives way without a word."""
    several: bool = False
    """One of several that the file names together, as two EXPOSE do."""
    in_image: bool = False
    """A command that the image itself holds, so that no code repeats it."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a file that became none of the values."""

    kind: Literal["unread", "unplanned", "unused"]
    message: str
    source: Source


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    used: Sign
    other: Sign


class Detected(msgspec.Struct, frozen=True, kw_only=True):
    """What the project's own files show, after they were weighed against each other."""

    signs: tuple[Sign, ...] = ()
    """At most one for each field, in the order of AppField."""
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[Remark, ...] = ()
    folder: str = ""
    """The folder that the image is built from, where it is not the root."""
    dockerfile: str = ""
    """The Dockerfile, where it does not lie in that folder under its own name."""

    def sign(self, field: str) -> Sign | None:
        return next((s for s in self.signs if s.field == field), None)


class AppAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a person stated of the application; it wins over every file."""

    image: str | None = None
    port: int | None = None
    health_path: str | None = None
    command: Command | None = None


class App(msgspec.Struct, frozen=True, kw_only=True):
    """What is built for: stated, else detected, else a default; variables in the generated code."""

    image: str | None = None
    port: int = 8080
    health_path: str = "/"
    command: Command = ()
    """What the code starts in the image; none where the image's own command is right."""
    starts: Command = ()
    """What the image starts by itself, where a file shows it."""
    stated: tuple[str, ...] = ()
    """Fields that a person set."""
    sources: dict[str, Source] = {}
    """Field to the line that showed it."""
    folder: str = ""
    dockerfile: str = ""

    def context(self, up: str = "") -> str:
        """What `docker build` takes last, from a folder from which `up`, `../..`, leads to the root.

        Both names are plain: letters, digits, `.`, `_`, `-` and `/`.
        """
        folder = "/".join(part for part in (up, self.folder) if part) or "."
        file = "/".join(part for part in (up, self.dockerfile) if part)
        return f"-f {file} {folder}" if self.dockerfile else folder

    def note(self, field: str) -> str:
        """Where a value of the generated code is from, in brackets; nothing where a person set it.

        It has no line number, so that the code changes with the value alone.
        """
        if field in self.stated:
            return ""
        source = self.sources.get(field)
        if source is None:
            return f" (assumed; groundplan change app.{field} {EXAMPLES[field]} sets another)"
        return f" ({source.path}: {source.words})"

    @property
    def started(self) -> str:
        """Where the command of the code is from, as a comment; nothing where the code names none."""
        return f"What it starts{note}." if self.command and (note := self.note("command")) else ""


Read = Callable[[str], str | None]
"""The text of a file of the project by its path; None where there is none that may be read."""


class Detector(msgspec.Struct, frozen=True, kw_only=True):
    """Knows one kind of file."""

    key: str
    order: int
    """The lower, the nearer to what is deployed; it wins."""
    paths: tuple[str, ...]
    """Names in the application's folder; the first that is there counts."""
    find: Callable[[str, str, Read], Iterable[Sign | Remark]]
    """From path, text and a way to look at files beside it."""


def is_port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535


def is_image(value: object) -> bool:
    return (
        isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9][\w.:/@-]{0,511}", value, re.ASCII) is not None
    )


def is_url_path(value: object) -> bool:
    return (
        isinstance(value, str) and re.fullmatch(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,511}", value) is not None
    )


def is_command(value: object) -> bool:
    """Words that every writer can carry: printable, and none that CloudFormation would resolve."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(w, str) for w in value):
        return False
    text = " ".join(value)
    return bool(value[0]) and len(text) <= LONGEST_COMMAND and text.isprintable() and "{{resolve:" not in text


def command_text(command: Command) -> str:
    """The command as a person types it; what a shell is told is shown without the shell."""
    if len(command) == 3 and command[:2] in _SHELLS:
        return command[2]
    from shlex import join

    return join(command)
