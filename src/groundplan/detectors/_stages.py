"""A Dockerfile as instructions and stages. Knows its syntax; runs and resolves nothing outside the file.

Syntax: https://docs.docker.com/reference/dockerfile/ (2026-11-24).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from groundplan.detectors._words import substituted

_HEREDOC = r"<<-?\s*[\"']?(\w+)[\"']?"
_MOST = 2000
"""Instructions that are looked at; no file that people write has as many."""


_LONGEST = 4096
"""Characters of an ENV or ARG that is taken apart; taking a megabyte apart takes ten seconds."""


class Instruction(msgspec.Struct, frozen=True):
    line: int
    name: str
    """Upper case."""
    rest: str


class Stage(msgspec.Struct, frozen=True):
    base: str
    """The image of the first stage that it rests on."""
    line: int
    known: dict[str, str]
    """Variables and their values at the end of the stage."""
    steps: tuple[Instruction, ...]
    """Those of the stages that it rests on, then its own, variables filled in where they have a value."""


def last_stage(text: str) -> Stage | None:
    """The stage that is built without `--target`; None where there is no FROM."""
    globals_: dict[str, str] = {}
    stages: dict[str, Stage] = {}
    current: Stage | None = None
    name = ""
    for count, step in enumerate(instructions(text)):
        if count >= _MOST:
            break
        if step.name == "FROM":
            if current:
                stages[name] = current
            current, name = _opened(step, stages, globals_)
        elif current is None:
            _declare(step, globals_, globals_)
        else:
            current = _added(current, step, globals_)
    return current


def instructions(text: str) -> Iterator[Instruction]:
    lines = text.splitlines()
    escape = "`" if re.match(r"(?:#[^\n]*\n)*#[ \t]*escape[ \t]*=[ \t]*`", text.replace("\r", "")) else "\\"
    number = 0
    while number < len(lines):
        start, joined = number, ""
        while number < len(lines):
            line = lines[number].strip()
            number += 1
            if line.startswith("#") or (joined and not line):
                continue
            joined += line[: -len(escape)] + " " if line.endswith(escape) else line
            if not line.endswith(escape):
                break
        head, _, rest = joined.strip().partition(" ")
        if not head:
            continue
        if head.upper() in ("RUN", "COPY", "ADD"):
            number = _after_heredocs(rest, lines, number)
        yield Instruction(_first_line(lines, start), head.upper(), rest.strip())


def _first_line(lines: list[str], start: int) -> int:
    while start < len(lines) and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
        start += 1
    return start + 1


def _after_heredocs(rest: str, lines: list[str], number: int) -> int:
    for mark in re.findall(_HEREDOC, rest):
        while number < len(lines) and lines[number].strip() != mark:
            number += 1
        number += 1
    return number


def _opened(step: Instruction, stages: dict[str, Stage], globals_: dict[str, str]) -> tuple[Stage, str]:
    words = [w for w in step.rest.split() if not w.startswith("--")]
    wanted = words[0] if words else ""
    image = substituted(wanted, globals_) or wanted
    name = words[2].lower() if len(words) > 2 and words[1].lower() == "as" else str(len(stages))
    below = stages.get(image.lower())
    if below:
        return Stage(below.base, below.line, dict(below.known), below.steps), name
    return Stage(image, step.line, {}, ()), name


def _added(stage: Stage, step: Instruction, globals_: dict[str, str]) -> Stage:
    known = dict(stage.known)
    if step.name in ("ARG", "ENV"):
        _declare(step, known, globals_)
        return Stage(stage.base, stage.line, known, (*stage.steps, step))
    filled = step.rest if step.name in ("CMD", "ENTRYPOINT", "RUN") else substituted(step.rest, known)
    done = Instruction(step.line, step.name, step.rest if filled is None else filled)
    return Stage(stage.base, stage.line, known, (*stage.steps, done))


def _declare(step: Instruction, known: dict[str, str], outer: dict[str, str]) -> None:
    """Take in `ARG name=value`, `ARG name`, `ENV name=value …` and the old `ENV name value`.

    An ENV of the same name wins over an ARG, whichever comes first.
    """
    for name, value in _pairs(step):
        if step.name == "ARG" and f"ENV {name}" in known:
            continue
        given = outer.get(name) if value is None else substituted(value, known)
        if given is not None:
            known[name] = given
            if step.name == "ENV":
                known[f"ENV {name}"] = given


def _pairs(step: Instruction) -> Iterator[tuple[str, str | None]]:
    if step.name not in ("ARG", "ENV"):
        return
    first, _, after = step.rest.partition(" ")
    if step.name == "ENV" and "=" not in first:
        yield first, after.strip()
        return
    import shlex  # only where there is something to take apart

    try:
        words = shlex.split(step.rest if len(step.rest) <= _LONGEST else "")
    except ValueError:
        words = step.rest.split()
    for word in words:
        name, equals, value = word.partition("=")
        yield name, value if equals else None
