"""The flags that several commands share, and their values as one type. Knows flags; opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec

from groundplan.cli import commandline
from groundplan.cli.terminal import Terminal, terminal

Function = Callable[..., Any]  # Any: commands take and return what they like


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    project: str = "."
    answers_file: str | None = None
    data: tuple[str, ...] = ()
    defaults: bool = False
    no_input: bool = False
    yes: bool = False
    phase: str | None = None
    quality: str | None = None
    as_json: bool = False
    plain: bool = False
    quiet: bool = False
    verbose: bool = False
    strict: bool = False
    assume: tuple[str, ...] = ()

    @property
    def device(self) -> Terminal:
        return terminal(plain=self.plain)


def _project(f: Function) -> Function:
    text = "The project's folder (default: here)."
    return commandline.option("-C", "--project", default=".", metavar="DIR", help=text)(f)


def _answers(f: Function) -> Function:
    f = commandline.option(
        "--defaults", flag=True, help="Take the recommended default for what is not answered."
    )(f)
    f = commandline.option("--data", many=True, metavar="KEY=TEXT", help="One answer; may be repeated.")(f)
    return commandline.option(
        "--answers-file", metavar="FILE", help="Answers as TOML; `-` reads standard input."
    )(f)


def _assume(f: Function) -> Function:
    text = "A figure the cost rests on: egress_gb=200, log_gb=2,5,20, usd_per_eur=1.10; may be repeated."
    return commandline.option("--assume", many=True, metavar="NAME=FIGURE", help=text)(f)


def _phase(f: Function) -> Function:
    return commandline.option("--phase", metavar="FILE", help="Questions from another phase document.")(f)


def _quality(f: Function) -> Function:
    levels = ("experiment", "prototype", "production", "secure")
    return commandline.option("--quality", choices=levels, help="How deep the questions go.")(f)


def _yes(f: Function) -> Function:
    return commandline.option("--yes", "-y", flag=True, help="Confirm without being asked.")(f)


def _input(f: Function) -> Function:
    text = "Ask nothing; end with code 3 where an answer is needed."
    return commandline.option("--no-input", flag=True, help=text)(f)


def _json(f: Function) -> Function:
    return commandline.option("--json", "as_json", flag=True, help="Print JSON (format_version 1).")(f)


def _strict(f: Function) -> Function:
    return commandline.option("--strict", flag=True, help="Warnings end with code 1 too.")(f)


def _talk(f: Function) -> Function:
    f = commandline.option("-v", "--verbose", flag=True, help="Say more on standard error.")(f)
    f = commandline.option("-q", "--quiet", flag=True, help="Say nothing on standard error but problems.")(f)
    return commandline.option("--plain", flag=True, help="No colour, no line editing.")(f)


_GROUPS: dict[str, Callable[[Function], Function]] = {
    "talk": _talk,
    "json": _json,
    "strict": _strict,
    "yes": _yes,
    "input": _input,
    "quality": _quality,
    "phase": _phase,
    "assume": _assume,
    "answers": _answers,
    "project": _project,
}
CASE = ("project", "answers", "assume", "phase", "quality", "input", "talk")
"""What every command needs that works on a project's answers; one that asks nothing takes `--no-input` as well, so that a
script may hand the same flags to each."""


def takes(*groups: str) -> Callable[[Function], Function]:
    """Give a command these groups of flags; it receives their values as its first argument."""

    def decorate(f: Function) -> Function:
        @wraps(f)
        def with_settings(**values: Any) -> Any:  # Any: flags have several types
            mine = {k: values.pop(k) for k in Settings.__struct_fields__ if k in values}
            return f(Settings(**mine), **values)

        wrapped: Function = with_settings
        for name, add in _GROUPS.items():
            wrapped = add(wrapped) if name in groups else wrapped
        return wrapped

    return decorate
