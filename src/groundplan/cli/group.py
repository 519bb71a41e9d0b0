"""Finds a command's module when it is called, and turns every ending into an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from groundplan.cli.commandline import Command, Unheard, UsageError, hush, say
from groundplan.cli.menu import COMMANDS, MODULES, command_first
from groundplan.errors import GroundplanError
from groundplan.version import __version__

_ELSEWHERE = "free the disk, or send the output elsewhere; `groundplan check` shows what is done"


def find(name: str) -> Command:
    """The command of this name, whose module is imported only now."""
    if name not in COMMANDS:
        raise UsageError(f"no command is called `{name}`{_nearest(name)}", "groundplan")
    command = import_module(f"groundplan.cli.{MODULES.get(name, name.replace('-', '_'))}").command
    assert isinstance(command, Command)
    return command


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, 1, 0.5)
    return f"; the nearest is `{near[0]}`" if near else ""


def run(args: list[str]) -> int:
    """Run one command; return its exit code. Only a fault of groundplan itself shows a traceback."""
    try:
        name, *rest = command_first(args)
        code = find(name)(rest)
    except BaseException as error:
        code = ended(error)
    return flushed(code)


def flushed(code: int) -> int:
    """`code`, or that of what kept the last words from being printed."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return lost(error, code)
    return code


def lost(error: OSError, code: int) -> int:
    """The exit code where standard output failed with `error`: `code` where only its reader has gone away."""
    hush(sys.stdout)
    return code if isinstance(error, BrokenPipeError) else ended(Unheard(error.strerror))


def ended(error: BaseException) -> int:
    """Say what ended the command; return its exit code."""
    from groundplan.cli.stop import CLEAN, ENVIRONMENT, INTERRUPTED, USAGE, Stop, fault

    match error:
        case BrokenPipeError():
            hush(sys.stdout)
            return CLEAN
        case Unheard():
            return _report(fault("GP975", f"standard output takes no more: {error}", _ELSEWHERE), ENVIRONMENT)
        case Stop():
            return _report(error.diagnostic, error.exit_code)
        case GroundplanError():
            return _report(fault(error.code, error.message, error.fix), ENVIRONMENT)
        case UsageError():
            return _report(fault("GP960", str(error), f"{error.path} --help"), USAGE)
        case EOFError() | KeyboardInterrupt():
            say("\ninterrupted", err=True)
            return INTERRUPTED
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
    return _fault(error)


def _report(diagnostic: Any, exit_code: int) -> int:  # Any: the type is imported only where it is used
    from groundplan.cli.terminal import terminal
    from groundplan.cli.views.findings import one_line

    say(one_line(diagnostic, terminal(sys.stderr)), err=True)
    return exit_code


def _fault(error: BaseException) -> int:
    """A fault of groundplan: everything that helps to find it, and where it belongs."""
    import traceback

    from groundplan.cli.stop import FAULT

    traceback.print_exception(error)
    say(
        f"\nThis is a fault in groundplan {__version__}, not in your answers; what was entered is kept.\n"
        "Report it with the lines above and the output of `groundplan doctor` (CONTRIBUTING.md says where).",
        err=True,
    )
    return FAULT
