"""Read a phase document: Markdown in which every question has a heading, a context, a fenced prompt and its fills.

Works on the tokens of a CommonMark parser, for the document and again for the inside of each prompt. Accepts other
heading levels, bold paragraphs in place of headings, several prompts under one heading, and missing parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.question import Fill, Phase, Question
from groundplan.syntax.phase_fills import fills, labelled
from groundplan.syntax.prompt_block import Prompt, read_prompt

if TYPE_CHECKING:
    from markdown_it.token import Token

ReaderFor = Callable[[str, bool], str]
HeadingReader = Callable[[str], "tuple[int, str, str] | None"]
TYPED = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")


class Part(msgspec.Struct):
    """One question as it is being gathered."""

    number: int
    title: str
    requirement: str
    line: int
    context: str = ""
    prompts: list[Prompt] = []
    fills: list[Fill] = []
    listing: bool = False
    """Whether what follows may be a list of more fills."""


def parse(text: str, source: str, reader_for: ReaderFor) -> tuple[Phase, tuple[Diagnostic, ...]]:
    """The phase that `text` defines, and what could not be understood; never raises on any text.

    `reader_for` names the reader for a title and whether the prompt has options.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text)
    parts, title, steps = _gather(tokens, question_heading)
    if not parts:
        parts, title, steps = _gather(tokens, numbered_heading)
        parts = [part for part in parts if part.prompts and part.fills]
    problems = list(_problems(parts, source))
    questions: list[Question] = []
    for part in parts:
        for index, prompt in enumerate(part.prompts or [read_prompt("")]):
            questions.append(_question(part, prompt, index, reader_for, {q.key for q in questions}))
    name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "phase"
    phase = Phase(name=name, title=title, questions=tuple(questions), source=source, next_steps=tuple(steps))
    return phase, tuple(problems)


def _gather(tokens: list[Token], reads: HeadingReader) -> tuple[list[Part], str, list[str]]:
    parts: list[Part] = []
    title, steps, section = "", [], ""
    for index, token in enumerate(tokens):
        inline = tokens[index + 1] if index + 1 < len(tokens) else token
        if token.type == "heading_open":
            section = inline.content
            title = title or section
            if head := reads(section):
                parts.append(_part(head, token, len(parts) + 1))
        elif token.type == "paragraph_open" and "next steps" in section.lower():
            steps.extend([_plain(inline)] if token.level else [])
        elif token.type == "paragraph_open":
            _paragraph(inline, token, parts, reads)
        elif token.type == "fence" and parts and (reads(section) or not parts[-1].prompts):
            parts[-1].prompts.append(read_prompt(token.content))
    return parts, title, steps


def _part(head: tuple[int, str, str], token: Token, next_number: int) -> Part:
    number, title, requirement = head
    line = (token.map[0] if token.map else 0) + 1
    return Part(
        number=number or next_number, title=title, requirement=requirement, line=line, prompts=[], fills=[]
    )


def question_heading(text: str) -> tuple[int, str, str] | None:
    """`Question 3: Scaling Strategy (Required)` is 3, the title and the requirement; without a number 0.

    None for another heading.
    """
    return _heading(
        re.match(r"(?:(?:question|q)\s*(\d+)\s*[:.)\u2013\u2014-]|question:)\s*(\S.*)$", text.strip(), re.I)
    )


def numbered_heading(text: str) -> tuple[int, str, str] | None:
    """The same of `3. Scaling Strategy (Required)`, which is a question only where it asks and fills."""
    return _heading(re.match(r"(\d+)\s*[:.)\u2013\u2014-]\s*(\S.*)$", text.strip()))


def _heading(match: re.Match[str] | None) -> tuple[int, str, str] | None:
    if not match:
        return None
    title = match[2].strip().strip("*").strip()
    requirement = ""
    if title.endswith(")") and "(" in title:
        title, _, inside = title[:-1].rpartition("(")
        requirement = inside.strip()
    return int(match[1] or 0), title.strip(), requirement


def _paragraph(inline: Token, token: Token, parts: list[Part], reads: HeadingReader) -> None:
    children = inline.children or []
    strong = "".join(c.content for c in _strong(children))
    if (head := reads(strong)) and inline.content.startswith("**"):
        parts.append(_part(head, token, len(parts) + 1))
        return
    if parts:
        _said(
            inline, strong.rstrip(":").strip().lower() or inline.content.lower(), token.level > 0, parts[-1]
        )


def _said(inline: Token, label: str, listed: bool, part: Part) -> None:
    """Take in a paragraph of a question: its context, what it fills, or another item of that."""
    children = inline.children or []
    filling = label.startswith("fill") if label != inline.content.lower() else labelled(inline.content)
    if filling or (part.listing and listed):
        part.fills.extend(fills(children, part.title))
        part.listing = True
        return
    part.listing = False
    if label.startswith("context"):
        part.context = re.sub(r"^\W*context\W*", "", _plain(inline), flags=re.I)
    elif not part.context and not part.prompts and not part.fills and not listed:
        part.context = _plain(inline)


def _strong(children: list[Token]) -> Iterator[Token]:
    """The tokens of the first bold run, where the paragraph starts with one."""
    inside = False
    for child in children:
        if child.type == "strong_open":
            inside = True
        elif child.type == "strong_close":
            return
        elif inside:
            yield child
        elif child.content.strip():
            return


def _plain(inline: Token) -> str:
    shown = ("text", "code_inline", "softbreak")
    return "".join(
        " " if c.type == "softbreak" else c.content for c in inline.children or [] if c.type in shown
    ).strip()


def _question(part: Part, prompt: Prompt, index: int, reader_for: ReaderFor, taken: set[str]) -> Question:
    title = part.title if index == 0 else f"{part.title} ({index + 1})"
    stock = "choice" if prompt.options else "text"
    reader = reader_for(part.title, bool(prompt.options)) if index == 0 else stock
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or f"question_{part.number}"
    key = reader if reader in TYPED and reader not in taken else slug
    if reader in TYPED and key != reader:
        reader = stock
    while key in taken:
        key += "_"
    return Question(
        key=key,
        number=part.number,
        title=title,
        requirement=part.requirement,
        context=part.context,
        prompt=prompt.prompt,
        body=prompt.body,
        options=prompt.options,
        considerations=prompt.considerations,
        examples=prompt.examples,
        blanks=prompt.blanks,
        fills=tuple(part.fills),
        reader=reader,
        line=part.line,
    )


def _problems(parts: list[Part], source: str) -> Iterator[Diagnostic]:
    if not parts:
        yield _problem(
            "GP010", "phase-without-questions", "error", f"`{source}` holds no question", source, 1,
            "there is nothing to ask", "write each question as a heading: `### Question 1: Title (requirement)`",
        )  # fmt: skip
    seen: dict[int, Part] = {}
    for part in parts:
        if part.number in seen:
            yield _problem(
                "GP011", "question-number-twice", "warning", f"question `{part.number}` is there twice", source,
                part.line, "an answer by number would be ambiguous", "give the second one another number",
            )  # fmt: skip
        seen[part.number] = part
        if not part.prompts:
            yield _problem(
                "GP012", "question-without-prompt", "warning", f"question `{part.title}` has no fenced prompt",
                source, part.line, "its title is asked instead", "add a fenced block with the question",
            )  # fmt: skip
        if not part.fills:
            yield _problem(
                "GP013", "question-fills-nothing", "note", f"question `{part.title}` names no section to fill",
                source, part.line, "its answer reaches no document", "add **Fills:** `docs/…` (Section section)",
            )  # fmt: skip


def _problem(
    code: str, name: str, severity: str, message: str, path: str, line: int, why: str, fix: str
) -> Diagnostic:
    level = {"error": "error", "warning": "warning"}.get(severity, "note")
    return Diagnostic(
        code=code,
        name=name,
        severity=level,  # type: ignore[arg-type]  # one of the three by construction
        message=message,
        why=why,
        where=Where(path=path, line=line),
        fix=Fix(text=fix),
    )
