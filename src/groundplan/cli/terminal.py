"""What the output device can do: colour, width, characters. Knows no content."""

from __future__ import annotations

import os
import sys
from typing import IO, Literal

import msgspec

Paint = Literal["", "bold", "dim", "red", "yellow", "green", "cyan", "underline"]
Cell = tuple[str, Paint]
"""One character as it is printed, and how."""

_CODES: dict[Paint, str] = {
    "": "",
    "bold": "1",
    "dim": "2",
    "red": "31",
    "yellow": "33",
    "green": "32",
    "cyan": "36",
    "underline": "4",
}


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    colour: bool = False
    width: int = 80
    unicode: bool = True

    def paint(self, text: str, how: Paint) -> str:
        return f"\x1b[{_CODES[how]}m{text}\x1b[0m" if self.colour and how and text else text

    def sign(self, fancy: str, plain: str) -> str:
        """`fancy` where the device can show it, else `plain`."""
        return fancy if self.unicode else plain


def terminal(stream: IO[str] | None = None, plain: bool = False) -> Terminal:
    """Describe the device behind `stream` (standard output unless told otherwise)."""
    device = stream if stream is not None else sys.stdout
    alive = device.isatty()
    dumb = plain or os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    encoding = (getattr(device, "encoding", None) or "ascii").lower().replace("-", "")
    return Terminal(colour=alive and not dumb, width=_width(alive), unicode=encoding.startswith("utf"))


def _width(alive: bool) -> int:
    """The device's width within 40 to 110; 100 where there is none, so that files wrap alike everywhere."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked):
        return min(max(int(asked), 40), 110)
    if not alive:
        return 100
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = 80
    return min(max(columns, 40), 110) if columns else 80


def safe(text: str) -> str:
    """`text` with every character that could steer a terminal or hide itself written as \\u{…}."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def _shown(char: str) -> str:
    if char in "\n\t" or char.isprintable():
        return " " if char == "\t" else char
    return f"\\u{{{ord(char):x}}}"


def measure(text: str) -> int:
    """Columns that `text` takes; wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def wrap(text: str, width: int, hang: str = "") -> list[str]:
    """Break `text` at spaces into lines of at most `width` columns; further lines start with `hang`."""
    lines: list[str] = []
    for paragraph in safe(text).split("\n"):
        lines += _wrapped(paragraph, width, hang, first=not lines)
    return lines


def _wrapped(paragraph: str, width: int, hang: str, first: bool) -> list[str]:
    lines: list[str] = []
    line = "" if first else hang
    fresh = True
    for word in paragraph.split(" "):
        room = width - measure(line) - (0 if fresh else 1)
        if not fresh and measure(word) > room:
            lines.append(line)
            line, fresh = hang, True
        line += word if fresh else " " + word
        fresh = False
    return [*lines, line]


def cells(text: str, how: Paint = "") -> list[Cell]:
    """`text` character by character, made safe to print."""
    return [(_shown(c) if c != "\n" else " ", how) for c in text]


def wrap_cells(row: list[Cell], width: int) -> list[list[Cell]]:
    """Break painted characters at spaces into lines of at most `width` columns."""
    lines: list[list[Cell]] = []
    line: list[Cell] = []
    used = 0
    for word in _words(row):
        size = sum(measure(c) for c, _ in word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = [], 0
        line += [(" ", word[0][1] if line[-1][1] == word[0][1] else ""), *word] if line else word
        used += size + (1 if used else 0)
    return [*lines, line]


def _words(row: list[Cell]) -> list[list[Cell]]:
    words: list[list[Cell]] = [[]]
    for cell in row:
        if cell[0] == " ":
            words.append([])
        else:
            words[-1].append(cell)
    return [word for word in words if word]


def painted(row: list[Cell], device: Terminal) -> str:
    """One line of painted characters as text, with one escape sequence a run."""
    out, run, how = "", "", ""
    paint: Paint = ""
    for text, wanted in row:
        if wanted != how:
            out += device.paint(run, paint)
            run, how, paint = "", wanted, wanted
        run += text
    return out + device.paint(run, paint)
