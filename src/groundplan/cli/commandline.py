"""What a command takes, said in decorators and read by argparse; and printing. Knows no command.

argparse rather than a larger library: it costs 4 ms at every start, and click 30 (`make bench`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

Function = Callable[..., Any]  # Any: commands take and return what they like
Parameter = tuple[tuple[str, ...], dict[str, Any]]  # Any: argparse's own keywords
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
        self._parameters: list[Parameter] = getattr(callback, _PARAMETERS, [])

    def parser(self) -> argparse.ArgumentParser:
        parser = _Parser(self.name, self.help, self._parameters)
        for names, keywords in self._parameters:
            parser.add_argument(*names, **keywords)
        parser.add_argument("-h", "--help", action="help", help="Show this message and exit.")
        return parser

    def __call__(self, args: list[str]) -> int:
        """Run with these words of the command line; UsageError where they are not understood."""
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


def say(text: str = "", err: bool = False, nl: bool = True) -> None:
    """Print at once; what the stream cannot show is written as an escape."""
    stream = sys.stderr if err else sys.stdout
    line = text + "\n" if nl else text
    try:
        stream.write(line)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def confirm(question: str) -> bool:
    """Ask yes or no; anything but yes is no. EOFError where nobody is there."""
    say(f"{question} [y/N]: ", nl=False)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip().lower() in ("y", "yes")
