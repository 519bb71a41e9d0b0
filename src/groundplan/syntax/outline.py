"""Where the sections and the labelled list items of a Markdown document are, by line.

Knows what a CommonMark parser says of the blocks; does not know what any section or label means.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.):]?|[ivxIVX]+[.):])\s+(?=\S)")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*:?\s*$")
_MARKERS = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_CHECKBOX = re.compile(r"\[[ xX]\][ \t]+")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<label>[^\r\n]+?)(?P=mark)(?P<colon>[ \t]*[:：])?")
_PLAIN = re.compile(r"(?P<label>[^\s*_`<\[:：|][^*_`<\[:：|\r\n]{0,60})[:：](?=[ \t\r\n]|$)")


class Line(msgspec.Struct, frozen=True):
    """Offsets into the text: where it starts, where its content ends, where the next line starts."""

    start: int
    stop: int
    next: int


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    level: int
    title: str
    """As key() gives it."""
    line: int
    body: int
    """First line behind the heading."""
    end: int
    """First line that no longer belongs to the section; subsections do belong."""
    path: tuple[str, ...]
    """Titles of the headings above it, outermost first, and its own."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One list item: lines `line` to `end`, trailing blank lines left out.

    Also, of kind `line` or `row`, a labelled line of a paragraph or a row of a table; these are in no list.
    """

    line: int
    end: int
    depth: int
    """0 in a list of its own, 1 inside an item of that list …"""
    list: int
    """Number of the list it stands in."""
    ordered: bool
    label: str = ""
    """As key() gives it; empty where the item has none."""
    column: int = 0
    """Where the item's own content starts; nested lists stand there."""
    value: int = 0
    """Offset behind the label and its colon."""
    kind: Literal["item", "line", "row"] = "item"
    stop: int = 0
    """Where the value of a `line` or a `row` ends; what follows there is no part of it."""
    cells: int = 0
    """How many cells a `row` has."""


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
    slots: tuple[Item, ...] = ()
    """Labelled lines of paragraphs and rows of tables."""


def key(text: str, numbering: bool = False) -> str:
    """What titles and labels are compared by: words in lower case, without `and`, a bracketed end, and a number before."""
    bare = _BRACKETS.sub("", text)
    bare = _NUMBERING.sub("", bare) if numbering else bare
    words = [w for w in re.findall(r"\w+", (bare or text).replace("_", " ").casefold()) if w != "and"]
    return " ".join(words)


def split(text: str) -> tuple[Line, ...]:
    """Lines as CommonMark counts them: ended by CRLF, a lone CR or LF, and by nothing else."""
    lines = []
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            lines.append(Line(match.start(), match.start() + len(match[0].rstrip("\r\n")), match.end()))
    return tuple(lines)


def outline(text: str) -> Outline:
    """Parse `text` and locate its headings and list items; front matter and a byte order mark are no content."""
    from groundplan.syntax.slots import slots

    lines = split(text)
    parser = _parser()
    tokens = parser.parse(_content(text, lines))
    return Outline(
        lines=lines,
        headings=_headings(tokens, len(lines), parser),
        items=tuple(_items(tokens, text, lines, parser)),
        slots=tuple(slots(tokens, text, lines, parser)),
    )


@cache
def _parser() -> MarkdownIt:
    """Blocks alone, tables included; what is inside a line is parsed where it is asked for."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("inline")


def _content(text: str, lines: tuple[Line, ...]) -> str:
    """The text with what is not Markdown blanked out, line for line."""
    body = [text[line.start : line.stop] for line in lines]
    if body:
        body[0] = body[0].removeprefix(BOM)
    for number in range(_front_matter(body)):
        body[number] = ""
    return "\n".join(body) + "\n"


def _front_matter(body: list[str]) -> int:
    """How many lines YAML front matter takes; 0 where there is none."""
    if not body or body[0].rstrip() != "---" or len(body) < 2 or not body[1].strip():
        return 0
    ends = (n for n, line in enumerate(body[1:], 1) if line.rstrip() in ("---", "..."))
    return next(ends, -1) + 1


def _headings(tokens: list[Token], count: int, parser: MarkdownIt) -> tuple[Heading, ...]:
    found = [
        (int(t.tag[1]), key(plain(tokens[n + 1], parser), numbering=True), *(t.map or (0, 0)))
        for n, t in enumerate(tokens)
        if t.type == "heading_open" and t.level == 0
    ]
    headings: list[Heading] = []
    above: list[tuple[int, str]] = []
    for n, (level, title, line, body) in enumerate(found):
        end = next((f[2] for f in found[n + 1 :] if f[0] <= level), count)
        above = [*(a for a in above if a[0] < level), (level, title)]
        path = tuple(a[1] for a in above)
        headings.append(Heading(level=level, title=title, line=line, body=body, end=end, path=path))
    return tuple(headings)


def _items(tokens: list[Token], text: str, lines: tuple[Line, ...], parser: MarkdownIt) -> list[Item]:
    items: list[Item] = []
    open_: list[tuple[str, int]] = []
    lists = 0
    for n, token in enumerate(tokens):
        if token.type.endswith("_open") and token.tag in ("ul", "ol", "blockquote"):
            lists += 1
            open_.append((token.tag, lists))
        elif token.type.endswith("_close") and token.tag in ("ul", "ol", "blockquote"):
            open_.pop()
        elif token.type == "list_item_open" and all(tag != "blockquote" for tag, _ in open_):
            item = _item(token, open_, text, lines)
            inline = tokens[n + 2] if tokens[n + 1].type == "paragraph_open" else None
            items.append(_labelled(item, inline, text, lines, parser) if inline and inline.map else item)
    return items


def _item(token: Token, open_: list[tuple[str, int]], text: str, lines: tuple[Line, ...]) -> Item:
    first, end = token.map or (0, 0)
    end = min(end, len(lines))
    while end > first + 1 and not text[lines[end - 1].start : lines[end - 1].stop].strip():
        end -= 1
    tag, number = open_[-1]
    return Item(line=first, end=end, depth=len(open_) - 1, list=number, ordered=tag == "ol")


def _labelled(item: Item, inline: Token, text: str, lines: tuple[Line, ...], parser: MarkdownIt) -> Item:
    """The item with its label, where its first line starts with one and the parser saw the same words there."""
    at = lines[(inline.map or [item.line])[0]]
    line = text[at.start : at.stop]
    marker = _MARKERS.match(line)
    start = marker.end() if marker else 0
    box = _CHECKBOX.match(line, start)
    found = label_at(line, box.end() if box else start)
    if not found or not key(plain(inline, parser)).startswith(found[0].split(" ")[0]):
        return item
    column = len(line[:start].expandtabs(4))
    return msgspec.structs.replace(item, label=found[0], column=column, value=at.start + found[1])


def label_at(line: str, start: int) -> tuple[str, int] | None:
    """The key of the label that starts at `start` of `line`, and where its value begins; None where there is none."""
    match = _BOLD.match(line, start) or _PLAIN.match(line, start)
    if not match:
        return None
    named = match["label"].rstrip()
    closed = named.endswith((":", "：")) or "colon" not in match.groupdict() or match["colon"]
    if not closed and line[match.end() :].strip():
        return None
    return key(named), match.end()


def plain(inline: Token, parser: MarkdownIt | None = None) -> str:
    """The words of an inline token without their markup; `parser` parses it where that was left out."""
    children = inline.children or []
    if parser is not None and not children and inline.content:
        parser.inline.parse(inline.content, parser, {}, children)
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
