"""Read the inside of a prompt: question, options, considerations, examples, blanks. It is Markdown itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from groundplan.model.question import Option
from groundplan.syntax.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPTION_LISTS = ("option", "tool", "choice", "choose", "need")
_EXAMPLE = late(r"(?:\*\*|_)?(?:examples?|e\.g\.?|eg)(?:\*\*|_)?\s*:\s*(?:\*\*|_)?", re.I)
_QUOTES = "\"'“”„«» "


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    prompt: str
    body: str
    options: tuple[Option, ...] = ()
    considerations: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


class _Found(msgspec.Struct):
    label: str = ""
    lines: list[str] = []
    options: list[Option] = []
    considerations: list[str] = []
    examples: list[str] = []
    blanks: list[str] = []


def read_prompt(body: str) -> Prompt:
    """Sort the lines and list items of a fenced prompt into its parts; anything unknown is a consideration."""
    from markdown_it import MarkdownIt

    found = _Found(lines=[], options=[], considerations=[], examples=[], blanks=[])
    tokens = MarkdownIt("commonmark").parse(body)
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("bullet_list_open", "ordered_list_open") else 0
        depth += token.nesting if token.type in ("bullet_list_close", "ordered_list_close") else 0
        if token.type == "inline":
            content = token.content.replace("\u00a0", " ")
            if depth:
                _item(token, content, found, depth)
            else:
                for line in content.splitlines():
                    _line(line.strip(), found)
    prompt = next((line for line in found.lines if line.endswith("?")), "") or next(iter(found.lines), "")
    return Prompt(
        prompt=prompt,
        body=body,
        options=tuple(found.options),
        considerations=(*(line for line in found.lines if line != prompt), *found.considerations),
        examples=tuple(found.examples),
        blanks=tuple(found.blanks),
    )


def _line(line: str, found: _Found) -> None:
    label, _, rest = line.partition(":")
    if re.search(r"_{3,}\s*$", line):
        found.blanks.append(label.strip())
    elif label.lower() in ("example", "examples", "e.g.", "eg") and rest.strip():
        found.examples.append(rest.strip().strip(_QUOTES))
    elif line.endswith(":"):
        found.label = label.strip()
    elif line:
        found.lines.append(line)


def _item(token: Token, content: str, found: _Found, depth: int) -> None:
    """An option, an example or a consideration; an example of one option may stand below it or in a list of its own."""
    first, *more = content.strip().split("\n")
    label = found.label.lower()
    if label.startswith(("example", "e.g")) or _EXAMPLE.match(first):
        found.examples.append(_EXAMPLE.sub("", " ".join((first, *more))).strip(_QUOTES))
        return
    name, note = _named(token, first)
    note = " ".join((note, *(line.strip() for line in more if not _EXAMPLE.match(line.strip())))).strip()
    bold = bool(token.children and any(c.type == "strong_open" for c in token.children[:2]))
    if bold or (name and depth == 1 and any(label.startswith(word) for word in _OPTION_LISTS)):
        found.options.append(Option(name or first, note, "" if label == "options" else found.label))
        below = (line.strip() for line in more)
        found.examples += [_EXAMPLE.sub("", line).strip(_QUOTES) for line in below if _EXAMPLE.match(line)]
    else:
        found.considerations.append(content.strip())


def _named(token: Token, first: str) -> tuple[str, str]:
    """`**Name**: note` or `Name: note`, on the item's first line; a name without a note where neither is there."""
    strong, plain = "", ""
    bold = False
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            break
        bold = child.type == "strong_open" or (bold and child.type != "strong_close")
        words = child.content if child.type in ("text", "code_inline") else ""
        strong += words if bold and plain == strong else ""
        plain += words
    if strong:
        return strong.strip().rstrip(":"), plain[len(strong) :].lstrip(" :–—-").strip()
    name, colon, note = (plain or first).partition(":")
    return name.strip(), note.strip() if colon else ""
