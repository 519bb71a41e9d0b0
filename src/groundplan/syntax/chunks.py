"""Cut a long document at headings that certainly are some, so that only the parts in question need parsing.

A line scan that knows what may hide a heading (fences, HTML blocks) and stops cutting where it cannot be sure.
"""

from __future__ import annotations

import itertools
import re

import msgspec

from groundplan.syntax.patterns import late

_TELLING = frozenset(["", *" \t#=-`~<"])
"""First characters of lines that can begin or end something; all others are text, lists or tables."""
_ATX = late(r" {0,3}#{1,6}(?:[ \t]|$)")
_SETEXT = late(r" {0,3}(?:=+|-+)[ \t]*$")
_FENCE = late(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HTML = (
    (late(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I), late(r"</(?:script|pre|style|textarea)>", re.I)),
    (late(r"<!--"), late(r"-->")),
    (late(r"<\?"), late(r"\?>")),
    (late(r"<![A-Z]", re.I), late(r">")),
    (late(r"<!\[CDATA\["), late(r"\]\]>")),
)  # fmt: skip


class Chunk(msgspec.Struct):
    """Lines `first` to `end`; starts with a heading, unless it is the first one."""

    first: int
    end: int
    more: bool = False
    """Whether other headings may be inside."""


def chunks(body: list[str]) -> list[Chunk]:
    """The chunks of a document's lines, in order; together they are all lines."""
    scan = _Scan()
    for number, line in enumerate(body):
        if not line and scan.until is None:
            scan.blank = True
            scan.html = False
        elif line[:1] in _TELLING or scan.until is not None:
            scan.line(number, line)
            if not scan.sure:
                break
        else:
            scan.blank = False
    found = scan.found
    for chunk, following in itertools.pairwise(found):
        chunk.end = following.first
    found[-1].end = len(body)
    found[-1].more |= not scan.sure
    return found


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


class _Scan:
    """Where the scan stands: inside a fence or an HTML block, or between blocks."""

    def __init__(self) -> None:
        self.found = [Chunk(0, 0, more=True)]
        self.sure = True
        self.until: re.Pattern[str] | None = None
        self._indented = 0
        self.blank = True
        self.html = False

    def line(self, number: int, line: str) -> None:
        if self.until is not None:
            self._inside(line)
        elif not line.strip(" \t"):
            self.blank, self.html = True, False
        else:
            self._between(number, line)
            self.blank = False

    def _inside(self, line: str) -> None:
        if line.strip(" \t") and _indent(line) < self._indented:
            self.sure = False  # where a list item ends is for the parser to say
        elif self.until is not None and self.until.search(line):
            self.until = None
            self.blank = False

    def _between(self, number: int, line: str) -> None:
        start = line[0]
        if start == "#" and _ATX.match(line) and not self.html:
            self.found.append(Chunk(number, 0))
        elif start in " #=-" and (_ATX.match(line) or (not self.blank and _SETEXT.match(line))):
            self.found[-1].more = True
        elif start in " `~<":
            self._opening(line)

    def _opening(self, line: str) -> None:
        bare = line.lstrip(" ")
        if len(line) - len(bare) > 3:
            return
        fence = _FENCE.match(line)
        if fence:
            self._open(line, re.compile(rf"^ {{0,3}}{re.escape(fence[1][0])}{{{len(fence[1])},}}[ \t]*$"))
        elif bare[:1] == "<":
            self._opening_html(line, bare)

    def _opening_html(self, line: str, bare: str) -> None:
        for begin, end in _HTML:
            match = begin.match(bare)
            if match and not end.search(bare, match.start()):
                self._open(line, end)
        self.html = True

    def _open(self, line: str, until: re.Pattern[str]) -> None:
        self.sure = not self.html  # inside another HTML block it would open nothing
        self.until = until
        self._indented = _indent(line)
