"""The click group: finds a command's module when it is called, and turns every ending into an exit code."""

from __future__ import annotations

import sys
from typing import Any

import click

from groundplan.cli.menu import COMMANDS, command_first, front_page
from groundplan.errors import GroundplanError
from groundplan.version import __version__


class Menu(click.Group):
    """Commands are modules of this package, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = import_module(f"groundplan.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            ctx.fail(f"no command is called `{args[0]}`{_nearest(args[0])}")
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002
        return front_page().rstrip("\n")


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, 1, 0.5)
    return f"; the nearest is `{near[0]}`" if near else ""


@click.group(cls=Menu, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="groundplan", message="%(prog)s %(version)s")
def group() -> None:
    """Turn six answers about production infrastructure into a foundation that can be built."""


def run(args: list[str]) -> int:
    """Run one command; return its exit code. Only a fault of groundplan itself shows a traceback."""
    try:
        code = group.main(command_first(args), prog_name="groundplan", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _closed_pipe()
    except BaseException as error:
        return _ended(error)
    return code if isinstance(code, int) else 0


def _ended(error: BaseException) -> int:
    from groundplan.cli.stop import ENVIRONMENT, INTERRUPTED, USAGE, Stop, fault

    match error:
        case Stop():
            return _report(error.diagnostic, error.exit_code)
        case GroundplanError():
            return _report(fault(error.code, error.message, error.fix), ENVIRONMENT)
        case click.UsageError():
            return _report(fault("GP960", _sentence(error), _try(error)), USAGE)
        case click.ClickException():
            return _report(fault("GP960", _sentence(error)), USAGE)
        case click.Abort() | KeyboardInterrupt():
            click.echo("\ninterrupted", err=True)
            return INTERRUPTED
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
    return _fault(error)


def _report(diagnostic: Any, exit_code: int) -> int:  # Any: the type is imported only where it is used
    from groundplan.cli.terminal import terminal
    from groundplan.cli.views.findings import one_line

    click.echo(one_line(diagnostic, terminal(sys.stderr)), err=True)
    return exit_code


def _sentence(error: click.ClickException) -> str:
    text = error.format_message().strip().rstrip(".")
    return text[:1].lower() + text[1:]


def _try(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "groundplan"
    return f"{path} --help"


def _fault(error: BaseException) -> int:
    """A fault of groundplan: everything that helps to find it, and where it belongs."""
    import traceback

    from groundplan.cli.stop import FAULT

    traceback.print_exception(error)
    click.echo(
        f"\nThis is a fault in groundplan {__version__}, not in your answers; what was entered is kept.\n"
        "Report it with the lines above and the output of `groundplan doctor` (CONTRIBUTING.md says where).",
        err=True,
    )
    return FAULT


def _closed_pipe() -> int:
    """The reader went away, as `| head` does; point the stream elsewhere so that Python's exit is quiet."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
