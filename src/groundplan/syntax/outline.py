"""Where the sections and the labelled list items of a Markdown document are, by line.

Knows what a CommonMark parser says of the blocks; does not know what any section or label means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from groundplan.syntax.chunks import Chunk, chunks
from groundplan.syntax.lines import Line, split
from groundplan.syntax.patterns import late

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BOM = "\ufeff"
_CLOSING = late(r"(?:^|[ \t]+)#+[ \t]*$")
_MARKUP = late(r"[\\`*_\[\]<>&!]")
_NUMBERING = late(r"^\W*(?:\d+(?:\.\d+)*[.):]?|[ivxIVX]+[.):])\s+(?=\S)")
_BRACKETS = late(r"\s*[(\[][^()\[\]]*[)\]]\s*:?\s*$")
_SUFFIX = late(r"\s+[—–-]+\s+|[:：]\s+")
_JOINS = late(r"\s*[&/,+]\s*|\s+and\s+", re.I)
_ABOUT = frozenset({"considerations", "design", "overview", "plan", "requirements", "setup", "strategy"})
_MARKERS = late(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_NAME = late(r"[a-z][a-z0-9]*(?: [a-z0-9]+)*")
_ITEM = late(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])|[*_:：|]", re.M)
"""What every list, label or table holds; a part without it needs no parser."""
_WORD = late(r"\w+")
_CHECKBOX = late(r"\[[ xX]\][ \t]+")
_BOLD = late(r"(?P<mark>\*\*|__)(?P<label>[^\r\n]+?)(?P=mark)(?P<colon>[ \t]*[:：]|[ \t]+[—–](?=[ \t]|$))?")
_PLAIN = late(r"(?P<label>[^\s*_`<\[:|][^*_`<\[:|\r\n]{0,60}):(?=[ \t\r\n]|$)")
_WIDE = late(r"(?P<label>[^\s*_`<\[:：|][^*_`<\[:：|\r\n]{0,60})[:：](?=[ \t\r\n]|$)")
"""The same with the colon of Chinese and Japanese; compiling a class with it takes longer than reading a section."""


class Heading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    level: int
    title: str
    """As key() gives it."""
    line: int
    body: int
    """First line behind the heading."""
    end: int
    """First line that no longer belongs to the section; subsections do belong."""
    above: Heading | None = None
    """The one whose section it stands in."""
    words: str = ""
    """The title as it is written, without its markup."""

    @property
    def path(self) -> tuple[str, ...]:
        """Titles of the headings above it, outermost first, and its own."""
        return (*(self.above.path if self.above else ()), self.title)

    @property
    def names(self) -> frozenset[str]:
        """What the title speaks of: `infrastructure` and `hosting` of `Hosting & infrastructure plan: where it lives`."""
        return names(self.words)


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
    lines: Sequence[Line]
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
    slots: tuple[Item, ...] = ()
    """Labelled lines of paragraphs and rows of tables."""


def key(text: str, numbering: bool = False) -> str:
    """What titles and labels are compared by: words in lower case, without `and`, a bracketed end, and a number before.

    An approach, a policy and a strategy are one.
    """
    low = text.lower()
    if (
        _NAME.fullmatch(low) and "and" not in low
    ):  # as most titles are, and a document may have 100,000 of them
        return _one_strategy(low)
    bare = _BRACKETS.sub("", text) if text.rstrip().endswith((")", "]", ":")) else text
    bare = _NUMBERING.sub("", bare) if numbering else bare
    words = [w for w in _WORD.findall((bare or text).replace("_", " ").casefold()) if w != "and"]
    return _one_strategy(" ".join(words))


def names(words: str) -> frozenset[str]:
    """The keys that a title joins, without what it goes on with behind a dash or a colon."""
    low = words.lower()
    if _NAME.fullmatch(low) and "and" not in low:
        return frozenset({_subject(_one_strategy(low))})
    found = _SUFFIX.search(words)
    parts = _JOINS.split(words[: found.start()] if found else words)
    return frozenset(_subject(key(part, numbering=True)) for part in parts)


def _subject(title: str) -> str:
    """`infrastructure` of `infrastructure plan`."""
    subject, _, last = title.rpartition(" ")
    return subject if last in _ABOUT and subject else title


def _one_strategy(title: str) -> str:
    if "approach" not in title and "policy" not in title:
        return title
    return " ".join("strategy" if w in ("approach", "policy") else w for w in title.split(" "))


def outline(text: str, about: Set[str] | None = None) -> Outline:
    """Parse `text` and locate its headings and list items; front matter and a byte order mark are no content.

    Only the sections with a title among `about` are searched for items; None searches, and parses, all.
    """
    from groundplan.syntax.slots import slots

    lines = split(text)
    body = _content(lines.contents)
    parts = chunks(body) if about is not None else [Chunk(0, len(body), more=True)]
    found = [head for part in parts for head in _heads(body, part)]
    headings = _headings(found, len(lines))
    wanted = [h for h in headings if about is None or len(parts) == 1 or _concerns(h, about)]
    items: list[Item] = []
    rows: list[Item] = []
    for part in parts if len(parts) == 1 else _within(parts, wanted, body):
        tokens = _tokens(body, part)
        items += _items(tokens, text, lines, lists=len(items))
        rows += slots(tokens, text, lines)
    return Outline(lines=lines, headings=headings, items=tuple(items), slots=tuple(rows))


def _concerns(heading: Heading, about: Set[str]) -> bool:
    """Whether the title is, or joins, one of `about`; most of many titles hold none of these words."""
    return any(name in heading.title for name in about) and not about.isdisjoint(
        {heading.title, *heading.names}
    )


def _within(parts: list[Chunk], wanted: list[Heading], body: list[str]) -> Iterable[Chunk]:
    """The parts that share a line with a section of `wanted` and may hold an item; both are in order."""
    sections = iter(wanted)
    section = next(sections, None)
    for part in parts:
        while section is not None and section.end <= part.first:
            section = next(sections, None)
        if section is None:
            return
        if section.line < part.end and _ITEM.search("\n".join(body[part.first : part.end])):
            yield part


def _tokens(body: list[str], part: Chunk) -> list[Token]:
    """Blocks alone, tables included; what is inside a line is parsed where it is asked for."""
    tokens = parser().parse("\n".join(body[part.first : part.end]) + "\n")
    for token in tokens if part.first else ():
        if token.map:
            token.map = [token.map[0] + part.first, token.map[1] + part.first]
    return tokens


def _heads(body: list[str], part: Chunk) -> list[tuple[int, str, int, int]]:
    """Level, words, first line and first line behind, of each heading in a part."""
    if not part.more:
        line = body[part.first].rstrip()
        level = len(line) - len(line.lstrip("#"))
        bare = line[level:].strip()
        if bare.endswith("#"):
            bare = _CLOSING.sub("", line[level:]).strip()
        if not _MARKUP.search(bare):
            return [(level, bare, part.first, part.first + 1)]
        part = Chunk(part.first, part.first + 1)
    tokens = _tokens(body, part)
    return [
        (int(t.tag[1]), plain(tokens[n + 1]), *(t.map or (0, 0)))
        for n, t in enumerate(tokens)
        if t.type == "heading_open" and t.level == 0
    ]


@cache
def parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("inline")


def _content(lines: list[str]) -> list[str]:
    """The lines, with what is not Markdown blanked out."""
    body = lines.copy()
    if body:
        body[0] = body[0].removeprefix(BOM)
    for number in range(_front_matter(body)):
        body[number] = ""
    return body


def _front_matter(body: list[str]) -> int:
    """How many lines YAML front matter takes; 0 where there is none."""
    if not body or body[0].rstrip() != "---" or len(body) < 2 or not body[1].strip():
        return 0
    ends = (n for n, line in enumerate(body[1:], 1) if line.rstrip() in ("---", "..."))
    return next(ends, -1) + 1


def _headings(found: list[tuple[int, str, int, int]], count: int) -> tuple[Heading, ...]:
    ends = [count] * len(found)
    open_: list[int] = []
    for n, (level, _, line, _) in enumerate(found):
        while open_ and found[open_[-1]][0] >= level:
            ends[open_.pop()] = line
        open_.append(n)
    made: list[Heading] = []
    above: list[Heading] = []
    for (level, words, line, body), end in zip(found, ends, strict=True):
        while above and above[-1].level >= level:
            above.pop()
        heading = Heading(
            level=level,
            title=key(words, numbering=True),
            line=line,
            body=body,
            end=end,
            above=above[-1] if above else None,
            words=words,
        )
        made.append(heading)
        above.append(heading)
    return tuple(made)


def _items(tokens: list[Token], text: str, lines: Sequence[Line], lists: int) -> list[Item]:
    items: list[Item] = []
    open_: list[tuple[str, int]] = []
    for n, token in enumerate(tokens):
        if token.type.endswith("_open") and token.tag in ("ul", "ol", "blockquote"):
            lists += 1
            open_.append((token.tag, lists))
        elif token.type.endswith("_close") and token.tag in ("ul", "ol", "blockquote"):
            open_.pop()
        elif token.type == "list_item_open" and all(tag != "blockquote" for tag, _ in open_):
            item = _item(token, open_, text, lines)
            inline = tokens[n + 2] if tokens[n + 1].type == "paragraph_open" else None
            items.append(_labelled(item, inline, text, lines) if inline and inline.map else item)
    return items


def _item(token: Token, open_: list[tuple[str, int]], text: str, lines: Sequence[Line]) -> Item:
    first, end = token.map or (0, 0)
    end = min(end, len(lines))
    while end > first + 1 and not text[lines[end - 1].start : lines[end - 1].stop].strip():
        end -= 1
    tag, number = open_[-1]
    return Item(line=first, end=end, depth=len(open_) - 1, list=number, ordered=tag == "ol")


def _labelled(item: Item, inline: Token, text: str, lines: Sequence[Line]) -> Item:
    """The item with its label, where its first line starts with one and the parser saw the same words there."""
    at = lines[(inline.map or [item.line])[0]]
    line = text[at.start : at.stop]
    marker = _MARKERS.match(line)
    start = marker.end() if marker else 0
    box = _CHECKBOX.match(line, start)
    found = label_at(line, box.end() if box else start)
    if not found or not key(plain(inline)).startswith(found[0].split(" ")[0]):
        return item
    column = len(line[:start].expandtabs(4))
    return msgspec.structs.replace(item, label=found[0], column=column, value=at.start + found[1])


def label_at(line: str, start: int) -> tuple[str, int] | None:
    """The key of the label that starts at `start` of `line`, and where its value begins; None where there is none."""
    bold = line.startswith(("**", "__"), start)
    match = _BOLD.match(line, start) if bold else (_WIDE if "：" in line else _PLAIN).match(line, start)
    if not match:
        return None
    named = match["label"].rstrip()
    closed = named.endswith((":", "：")) or "colon" not in match.groupdict() or match["colon"]
    if not closed and line[match.end() :].strip():
        return None
    return key(named), match.end()


def plain(inline: Token) -> str:
    """The words of an inline token without their markup."""
    children = inline.children or []
    if not children and inline.content:
        parser().inline.parse(inline.content, parser(), {}, children)
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
