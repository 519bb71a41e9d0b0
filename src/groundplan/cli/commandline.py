"""What a command takes, said in decorators; and printing. Knows no command.

Plain flags are read by `flags.py`; argparse, which explains and refuses, is imported for what is not plain.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from groundplan.cli.flags import Parameter, plain

if TYPE_CHECKING:
    from argparse import ArgumentParser

Function = Callable[..., Any]  # Any: commands take and return what they like
_PARAMETERS = "__groundplan_parameters__"


class UsageError(Exception):
    """A command line that cannot be understood; `path` is the command whose help shows what can."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


class Command:
    """A function together with what it takes."""

    def __init__(self, name: str, callback: Function) -> None:
        self.name = name
        self.help = callback.__doc__ or ""
        self._callback = callback
        self.parameters: list[Parameter] = getattr(callback, _PARAMETERS, [])

    def parser(self) -> ArgumentParser:
        from groundplan.cli.parser import parser

        return parser(self.name, self.help, self.parameters)

    def __call__(self, args: list[str]) -> int:
        """Run with these words of the command line; UsageError where they are not understood."""
        values = plain(args, self.parameters)
        if values is None:
            values = vars(self.parser().parse_intermixed_args(args))
        code = self._callback(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
        return code if isinstance(code, int) else 0


def command(name: str) -> Callable[[Function], Command]:
    return lambda callback: Command(name, callback)


def option(
    *names: str,
    help: str,
    flag: bool = False,
    choices: Iterable[str] | None = None,
    default: object = None,
    metavar: str | None = None,
    many: bool = False,
) -> Callable[[Function], Function]:
    """An option; a name without dashes is the parameter that takes it. `many` collects a tuple."""
    flags = tuple(n for n in names if n.startswith("-"))
    to = next((n for n in names if not n.startswith("-")), flags_name(flags))
    keywords: dict[str, Any] = {"dest": to, "help": help}
    if flag:
        keywords["action"] = "store_true"
    elif many:
        keywords |= {"action": "append", "default": [], "metavar": metavar}
    else:
        listed = list(choices) if choices else None
        keywords |= {"choices": listed, "default": default, "metavar": metavar or _metavar(listed, to)}
    return lambda f: _with(f, (flags, keywords))


def argument(
    name: str, *, help: str = "", metavar: str | None = None, choices: Iterable[str] | None = None,
    required: bool = True, many: bool = False,
) -> Callable[[Function], Function]:  # fmt: skip
    listed = list(choices) if choices else None
    count = {(True, True): "+", (True, False): "*", (False, False): "?"}.get((many, required))
    keywords: dict[str, Any] = {"help": help, "metavar": metavar or _metavar(listed, name)}
    keywords |= ({"choices": listed} if listed else {}) | ({"nargs": count} if count else {})
    return lambda f: _with(f, ((name,), keywords))


def flags_name(flags: tuple[str, ...]) -> str:
    """The parameter of `-C`, `--project`: its first long name, with underscores."""
    return next(f for f in flags if f.startswith("--"))[2:].replace("-", "_")


def _metavar(listed: list[str] | None, name: str) -> str:
    return f"[{'|'.join(listed)}]" if listed else name.upper()


def _with(f: Function, parameter: Parameter) -> Function:
    setattr(f, _PARAMETERS, [parameter, *getattr(f, _PARAMETERS, [])])
    return f


class Unheard(Exception):
    """Standard output refuses what is printed, and why."""


def say(text: str = "", err: bool = False, nl: bool = True) -> None:
    """Print at once; what the stream cannot show is written as an escape.

    Where the reader has gone away, as `| head` does, the command goes on in silence, so that its exit code is
    what it would have been. Unheard where the output is lost for another reason.
    """
    stream = sys.stderr if err else sys.stdout
    line = text + "\n" if nl else text
    try:
        try:
            stream.write(line)
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError as error:
        hush(stream)
        if not err and not isinstance(error, BrokenPipeError):
            raise Unheard(error.strerror) from error


def pour(text: str) -> None:
    """Print one of many lines, when Python sees fit. BrokenPipeError where nobody reads on; Unheard as in say()."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unheard(error.strerror) from error


def hush(stream: TextIO) -> None:
    """Point the stream elsewhere, so that neither the next line nor Python's own exit stumbles over it."""
    import os

    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def confirm(question: str) -> bool:
    """Ask yes or no; anything but yes is no. EOFError where nobody is there."""
    say(f"{question} [y/N]: ", nl=False)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip().lower() in ("y", "yes")
