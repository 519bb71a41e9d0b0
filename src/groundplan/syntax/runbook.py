"""Steps for a person as Markdown: title, note, commands, check. Knows the layout; platforms know the commands."""

from __future__ import annotations

import re

import msgspec


class Step(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    commands: tuple[str, ...] = ()
    """Lines of bash; every value in them is quoted already."""
    check: str
    """A command, or what must be seen."""
    note: str = ""


def write(title: str, introduction: str, steps: tuple[Step, ...]) -> str:
    """Write numbered steps, each with its check at the end."""
    lines = [f"# {title}", "", introduction.strip(), ""]
    for number, step in enumerate(steps, 1):
        lines += [f"## {number}. {step.title}", ""]
        lines += [step.note, ""] if step.note else []
        lines += [*_fenced(step.commands), ""] if step.commands else []
        lines += [f"Check: {step.check}", ""]
    return "\n".join(lines).rstrip() + "\n"


def heredoc(path: str, content: str) -> tuple[str, ...]:
    """Commands that write `content` to the quoted path exactly; a last line break is added where it has none."""
    mark, lines = "EOF", content.removesuffix("\n").split("\n")
    while mark in lines:
        mark += "_"
    return (f"cat > {path} <<'{mark}'", *lines, mark)


def _fenced(commands: tuple[str, ...]) -> list[str]:
    """A fence that is longer than any inside, so that no command can end it."""
    longest = max((len(run) for line in commands for run in re.findall(r"`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}bash", *commands, fence]


def folded(command: str, width: int = 110) -> str:
    """Break a long command before its options, outside of quotes, with a backslash at each line's end."""
    lines = [""]
    for piece in _options(command):
        if lines[-1].strip() and len(lines[-1].rpartition("\n")[2]) + len(piece.partition("\n")[0]) > width:
            lines[-1] = lines[-1].rstrip(" ") + " \\"
            lines.append("  ")
        lines[-1] += piece
    return "\n".join(lines)


def _options(command: str) -> list[str]:
    pieces, quote = [""], ""
    for index, character in enumerate(command):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif command.startswith("--", index) and command[index - 1] == " ":
            pieces.append("")
        pieces[-1] += character
    return pieces
