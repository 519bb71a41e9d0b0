"""A command line as argparse reads it, and its help. Knows wording; does not know any command.

argparse rather than a larger library: it costs 4 ms where it is needed, and click 30.
"""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from groundplan.cli.commandline import UsageError, say
from groundplan.cli.flags import Parameter


def parser(name: str, text: str, parameters: list[Parameter]) -> argparse.ArgumentParser:
    made = _Parser(name, text, parameters)
    for names, keywords in parameters:
        made.add_argument(*names, **keywords)
    made.add_argument("-h", "--help", action="help", help="Show this message and exit.")
    return made


class _Parser(argparse.ArgumentParser):
    def __init__(self, name: str, text: str, parameters: list[Parameter]) -> None:
        words = [k["metavar"] for names, k in parameters if not names[0].startswith("-")]
        super().__init__(
            prog=f"groundplan {name}",
            usage=" ".join([f"groundplan {name}", "[OPTIONS]", *words]),
            description=_paragraphs(text),
            formatter_class=_Help,
            allow_abbrev=False,
            add_help=False,
        )
        self._optionals.title = "Options"
        self._positionals.title = "Arguments"

    def print_help(self, _: Any = None) -> None:  # Any: argparse's; its own printing swallows a full disk
        say(self.format_help(), nl=False)

    def error(self, message: str) -> NoReturn:
        raise UsageError(_told(message, self.prog), self.prog)


def _told(message: str, prog: str) -> str:
    """argparse's sentences in the words of this tool."""
    if message.startswith("unrecognized arguments: "):
        return f"`{message.removeprefix('unrecognized arguments: ')}` is not understood by `{prog}`"
    if message.startswith("the following arguments are required: "):
        return f"{message.removeprefix('the following arguments are required: ')} is missing"
    name, found, choices = message.removeprefix("argument ").partition(": invalid choice: ")
    return _no_choice(name, choices) if found else message.removeprefix("argument ")


def _no_choice(name: str, text: str) -> str:
    """`there is no 'regoins'; regions is the nearest of …`: the list once, and the nearest name first."""
    from difflib import get_close_matches

    said, _, rest = text.partition(" (choose from ")
    names = [n.strip(" '") for n in rest.rstrip(")").split(",")]
    near = get_close_matches(said.strip("'").lower(), names, 1, 0.5)
    of = f"{name}: " if name.startswith("-") else ""
    return f"{of}there is no {said}; " + (
        f"the nearest is `{near[0]}`" if near else f"choose from {', '.join(names)}"
    )


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=34, width=100)

    def add_usage(
        self, usage: Any, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:  # Any: argparse's
        super().add_usage(usage, actions, groups, prefix or "Usage: ")

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """`-C, --project DIR`: the value once."""
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        return f"{', '.join(action.option_strings)} {action.metavar or action.dest.upper()}"


def _paragraphs(text: str) -> str:
    """A docstring without its indentation."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
