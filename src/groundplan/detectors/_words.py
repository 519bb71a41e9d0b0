"""Signs in a line of words: a command's port, a check's path. Knows how commands are written; knows no file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.application import (
    LONGEST_COMMAND,
    Command,
    Sign,
    Source,
    is_command,
    is_port,
    is_url_path,
)

_PORT = (
    r"(?:^|\s)(?:"
    r"PORT=|--port[= ]|-p[ =]?|-Dserver\.port=|--server\.port=|--http-port[= ]"
    r"|(?:-b|--bind|--listen|-l|-S|--urls|--addr|-addr|runserver)[= ]?(?:tcp://|https?://)?(?:[\w.*-]*:|\[[\da-f:]*\]:|(?=\d+(?:\s|$))))"
    r"(\d{2,5})(?=$|[\s\"';&|/,])"
)
_URL = r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|\$\{?HOSTNAME\}?)(?::(\$?[\w{}:.-]+))?(/[^\s\"'|;&)\\`]*)?"
_DEVELOPMENT = (
    r"--reload\b|\bnodemon\b|\brunserver\b|\b(?:run|yarn|pnpm|next|vite|nuxt|astro) dev\b|\bstart:dev\b|\btsx watch\b"
    r"|--watch\b|\bdebugpy\b|--inspect\b|\bflask run\b|\bsleep infinity\b|\btail -f\b|\bair\b"
)
_LONGEST_TEXT, _LONGEST_VALUE = 2048, 512
"""Variables may name variables, so that a short file could grow without end."""
_VARIABLE = r"\$(?:\{(\w+)(?:(:?[-+])([^{}]*))?\}|(\w+))"


def source(path: str, line: int, words: str) -> Source:
    """A place, with its words on one printable line."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return Source(path, line, plain if len(plain) <= 60 else plain[:59] + "…")


def substituted(text: str, known: dict[str, str]) -> str | None:
    """`text` with its variables filled in; None where one has no value or the whole grows beyond reason."""
    missing = False
    if len(text) > _LONGEST_TEXT or "\0" in text:
        return None

    def fill(found: re.Match[str]) -> str:
        nonlocal missing
        name, how, other = found[1] or found[4], found[2] or "", found[3] or ""
        value = known.get(name)
        if how.endswith("+"):
            return other if value else ""
        if value is None or (how == ":-" and not value):
            missing = missing or not how
            return other
        return value

    made = re.sub(_VARIABLE, fill, text.replace("$$", "\0")).replace("\0", "$")
    return None if missing or len(made) > _LONGEST_VALUE else made


def port_of(text: str) -> int | None:
    """A port that is written out, 80 or `8080/tcp`; None for other protocols and anything else."""
    found = re.fullmatch(r"\s*(\d{1,5})(?:/tcp)?\s*", text, re.I | re.ASCII)
    value = int(found[1]) if found else 0
    return value if is_port(value) else None


def command_port(text: str) -> int | None:
    """The port that a command is told to listen on, where it is written out."""
    found = re.search(_PORT, text.replace('"', " ").replace("'", " "))
    value = int(found[1]) if found else 0
    return value if is_port(value) else None


def development(text: str) -> bool:
    """Whether a command is for a developer's own machine."""
    return re.search(_DEVELOPMENT, text) is not None


def words_of(text: str) -> Command:
    """A command line as words; through a shell where it needs one."""
    shell = ("/bin/sh", "-c", text)
    if len(text) > LONGEST_COMMAND or re.search(r"[$&|;<>()`*?~\n]", text) or re.match(r"\w+=", text):
        return shell
    import shlex  # as json in the other files: only where there is something to take apart

    try:
        return tuple(shlex.split(text)) or shell
    except ValueError:
        return shell


def check_signs(text: str, at: Source, known: dict[str, str]) -> Iterator[Sign]:
    """The path and the port that a health check asks for."""
    found = re.search(_URL, substituted(text, known) or text, re.I)
    if not found:
        return
    at = source(at.path, at.line, f"{at.words.partition(' ')[0]} {found[0]}")
    path = (found[2] or "/").split("#")[0]
    if is_url_path(path):
        yield Sign(field="health_path", value=path, source=at)
    port = port_of(found[1] or "")
    if port:
        yield Sign(field="port", value=port, source=at)


def command_signs(command: Command, at: Source, in_image: bool = False) -> Iterator[Sign]:
    """The command itself, unless it is a developer's, and the port that it names."""
    text = " ".join(command)
    if development(text) and not in_image:
        return
    if is_command(command):
        yield Sign(field="command", value=command, source=at, in_image=in_image)
    port = command_port(text)
    if port:
        yield Sign(field="port", value=port, source=at)


def line_of(text: str, pattern: str) -> int:
    """The number of the first line that matches, 1 where none does."""
    found = re.search(pattern, text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def line_at(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
