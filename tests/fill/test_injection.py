"""Words of an answer stay words: whatever is typed, a document keeps its shape and its other text."""

from __future__ import annotations

import os
import re

import pytest
from fill.made_documents import DOCUMENT, documents, words_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from groundplan.fill import fill, generic_sections
from groundplan.model.decision import Chosen, Decisions, Reading
from groundplan.model.question import Fill, Phase, Question
from groundplan.model.spec import Field, SectionFill
from groundplan.sections._topology import escaped
from groundplan.syntax.markdown import inline, prose

CASES = int(os.environ.get("GROUNDPLAN_CASES", "1500")) // 3
ATTACKS = (
    "# Heading",
    "Title\n=====",
    "## Infrastructure\n\n- **Provider:** mine",
    "[x](javascript:alert(1))",
    "![i](http://e/x.png)",
    "[ref]: http://e",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "```\n# in a fence",
    "~~~",
    "--> <b>out</b>",
    "<!--",
    "<!-- TODO: Confirm with developer -->",
    "a | b | c",
    "| --- |",
    "> quoted",
    "1. first",
    "- **Provider:** x",
    "***",
    "---",
    "`code` and ``",
    "\\",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "<http://e>",
    "<javascript:x>",
    "**bold** _it_ ~~gone~~",
    "\u202eevil\u2066",
    "a\u200bb",
    "\ufeff",
    "$$x$$",
    "{{ x }}",
    "\tindented",
    "a\r\nb",
    "</details>",
    "<![CDATA[x]]>",
    "<?php",
    "`<b>`",
    "`",
    "a``b",
    "\x1b[31m",
    "\u2028# x",
)
answer = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=12), min_size=1, max_size=4).map(
    " ".join
) | st.lists(st.sampled_from(ATTACKS), min_size=2, max_size=3).map("\n".join)
tried = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
QUESTION = Question(
    key="tools",
    number=1,
    title="Tools",
    requirement="",
    context="",
    prompt="Which?",
    body="Which?",
    fills=(Fill(DOCUMENT, "Infrastructure"),),
)
MARKUP = {
    "link_open",
    "image",
    "html_inline",
    "html_block",
    "em_open",
    "strong_open",
    "s_open",
    "code_inline",
}
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


def shape(text: str) -> list[tuple[str, str]]:
    return [(t.type, t.tag) for t in PARSER.parse(text)]


def inline_kinds(text: str) -> set[str]:
    return {child.type for t in PARSER.parse(text) for child in t.children or []}


@pytest.mark.parametrize("words", [line for a in ATTACKS for line in a.split("\n")])
def test_one_line_of_an_answer_is_one_plain_paragraph(words: str) -> None:
    made = inline(words)
    assert not inline_kinds(made) & MARKUP
    assert shape(made) in ([], shape("x"))
    assert not INVISIBLE.search(made) and "-->" not in made


@tried
@given(answer)
def test_a_finding_s_words_are_text_and_code_spans_alone(words: str) -> None:
    said = prose(f"`{words}` cannot be set: {words}")
    assert not inline_kinds(said) & (MARKUP - {"code_inline"})
    assert shape(f"- **Label:** {said}") == shape("- **Label:** x")
    assert not INVISIBLE.search(said)


@tried
@given(answer)
def test_a_box_of_a_drawing_ends_where_it_should(words: str) -> None:
    assert not re.search(r'["<>`|\r\n]', escaped(words)) and "```" not in escaped(words)


@tried
@given(documents(), answer)
def test_an_answer_changes_nothing_outside_its_field(text: str, words: str) -> None:
    """The document filled with hostile words has the blocks of the one filled with a harmless word."""
    if re.search(r"kept\d+x", words):
        return
    hostile, tame = (fill(DOCUMENT, text.encode(), _sections(said), ()) for said in (words, _tame(words)))
    assert [d.code for d in hostile.diagnostics] == [d.code for d in tame.diagnostics]
    one, other = hostile.content.decode(), tame.content.decode()
    assert words_of(one) == words_of(other) == words_of(text)
    assert shape(one) == shape(other)
    assert _headings(one) == _headings(other)


def _tame(words: str) -> str:
    return "\n".join("x" if inline(line) else "" for line in words.split("\n"))


def _headings(text: str) -> list[str]:
    tokens = PARSER.parse(text)
    return [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]


def _sections(words: str) -> tuple[SectionFill, ...]:
    reading = Reading(question="tools", text=words, status="ok", value=Chosen(text=words))
    phase = Phase(name="x", title="Phase 3", questions=(QUESTION,), source="x.md")
    made = generic_sections(phase, Decisions({"tools": reading}))
    return made or (
        SectionFill(
            key="x", document=DOCUMENT, heading=("Infrastructure",), fields=(Field(label="Tools", text=""),)
        ),
    )
