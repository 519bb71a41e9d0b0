"""Reading one line from a person: with editing, history and completion, or plain. Knows no questions."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Protocol

from groundplan.cli.terminal import Terminal


class Prompt(Protocol):
    def line(self, label: str, names: tuple[str, ...] = ()) -> str:
        """One line without its end; EOFError and KeyboardInterrupt where the person leaves."""


def has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def prompt(
    device: Terminal, plain: bool, earlier: tuple[str, ...], names: Callable[[], tuple[str, ...]]
) -> Prompt:
    """The best prompt that this terminal allows; `earlier` fills the history, `names` are completed."""
    if plain or os.environ.get("TERM", "dumb") == "dumb":
        return PlainPrompt()
    return EditedPrompt(device, earlier, names)


class PlainPrompt:
    def line(self, label: str, names: tuple[str, ...] = ()) -> str:  # noqa: ARG002  # nothing is completed here
        sys.stdout.write(label)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")


class EditedPrompt:
    """prompt_toolkit: arrow keys, history of this project's answers, completion of known names with Tab."""

    def __init__(
        self, device: Terminal, earlier: tuple[str, ...], names: Callable[[], tuple[str, ...]]
    ) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import InMemoryHistory

        history = InMemoryHistory(list(earlier))
        self._session: PromptSession[str] = PromptSession(history=history, complete_while_typing=False)
        self._device = device
        self._names = names

    def line(self, label: str, names: tuple[str, ...] = ()) -> str:
        from prompt_toolkit.completion import WordCompleter
        from prompt_toolkit.formatted_text import ANSI

        words = WordCompleter([*names, *self._names()], ignore_case=True, match_middle=False)
        return self._session.prompt(ANSI(self._device.paint(label, "bold")), completer=words)
