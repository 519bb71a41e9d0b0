"""Labelled values outside lists: lines of a paragraph, `**Label:** value`, and rows of a table, `| Label | value |`.

Knows where they are; does not know what any label means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from groundplan.syntax.lines import Line
from groundplan.syntax.outline import Item, key, label_at, plain
from groundplan.syntax.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

_PIPE = late(r"(?<!\\)\|")
_BREAK = late(r"(?:[ \t]*\\|[ \t]+)$")


def slots(tokens: list[Token], text: str, lines: Sequence[Line]) -> Iterator[Item]:
    """Every labelled line and row that stands in no list and no quotation, in order."""
    for n, token in enumerate(tokens):
        if token.level == 0 and token.type == "paragraph_open" and token.map:
            yield from _paragraph(token.map, text, lines)
        elif (
            token.type == "tr_open" and token.level == 2 and token.map and tokens[n - 1].type != "thead_open"
        ):
            row = _row(token.map[0], tokens[n + 2], text, lines)
            if row:
                yield row


def _paragraph(span: list[int], text: str, lines: Sequence[Line]) -> Iterator[Item]:
    """A label counts at the start of a line; its value goes on until the next one."""
    starts = []
    for number in range(span[0], min(span[1], len(lines))):
        line = text[lines[number].start : lines[number].stop]
        found = label_at(line, len(line) - len(line.lstrip(" \t\ufeff")))
        if found:
            starts.append((number, *found))
    ends = [start[0] for start in starts[1:]] + [min(span[1], len(lines))] * bool(starts)
    for (number, label, value), end in zip(starts, ends, strict=True):
        last = lines[end - 1]
        ending = _BREAK.search(text[last.start : last.stop])
        at = lines[number].start + value
        stop = max(last.start + ending.start() if ending else last.stop, at)
        yield Item(
            line=number,
            end=end,
            depth=0,
            list=-1,
            ordered=False,
            label=label,
            value=at,
            kind="line",
            stop=stop,
        )


def _row(number: int, cell: Token, text: str, lines: Sequence[Line]) -> Item | None:
    """The row's first cell is its label, the second its value; the further ones are left alone."""
    if number >= len(lines):
        return None
    at = lines[number]
    line = text[at.start : at.stop]
    pipes = [match.start() for match in _PIPE.finditer(line)]
    if pipes and not line[: pipes[0]].strip():
        pipes = pipes[1:]
    label = key(plain(cell).rstrip(":："))
    if not pipes or not label:
        return None
    stop = pipes[1] if len(pipes) > 1 else len(line)
    closed = len(pipes) > 1 and not line[pipes[-1] + 1 :].strip()
    return Item(
        line=number, end=number + 1, depth=0, list=-1, ordered=False, label=label, kind="row",
        value=at.start + pipes[0] + 1, stop=at.start + stop, cells=len(pipes) + (0 if closed else 1),
    )  # fmt: skip
