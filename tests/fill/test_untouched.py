"""A document that is as it would be created needs no parser, and the parser would have said the same of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from fill.made_documents import DOCUMENT, sections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import groundplan.fill as module
from groundplan.fill import fill
from groundplan.model.spec import Field, Filled, SectionFill

CASES = int(os.environ.get("GROUNDPLAN_CASES", "1500"))
tried = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)
NAMES = (
    "Provider", "Regions/Zones", "Regions", "provider", "State (of it)", "1. Cost", "A: b", "Infrastructure as Code", "and",
    "*odd*", "`x`", "Überblick", "Codebase Specification",
)  # fmt: skip
LINES = (
    "Fly.io", "", "`NAME`, by reference", "Provider: again", "downtime: e-mail", "**State:** x", "- nested", "1. first",
    "> quoted", "# head", "```", "~~~", "<!--", "<div>", "a | b", "--|--", "| x |", "[x]: y", "a  b", "\u2028", "***", "===",
    "TBD", "“said” <!-- TODO: Confirm with developer -->", "ends in \\", "\tx", "\x0b", "x\r",
)  # fmt: skip
field = st.builds(
    Field,
    label=st.sampled_from(NAMES),
    text=st.lists(st.sampled_from(LINES), min_size=1, max_size=4).map("\n".join),
    uncertain=st.booleans(),
    also=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    drawing=st.sampled_from(("", "", "", "flowchart LR\na --> b", "```\n# head", "- x\n1. y")),
    optional=st.sampled_from((False, False, True)),
)
section = st.builds(
    SectionFill,
    key=st.sampled_from(("one", "two", "three")),
    document=st.just(DOCUMENT),
    heading=st.lists(st.sampled_from((*NAMES, "Open Questions / Deferred Topics")), min_size=1, max_size=2).map(tuple),
    fields=st.lists(field, min_size=1, max_size=4).map(tuple),
)  # fmt: skip


def slow(content: bytes, wanted: tuple[SectionFill, ...], written: tuple) -> Filled:
    return module._edited(DOCUMENT, content, content.decode(), wanted, written, frozenset())


@tried
@given(st.lists(section, min_size=1, max_size=3).map(tuple), st.booleans())
@example(sections()[:1], True)
def test_the_short_way_says_what_the_long_way_says(wanted: tuple[SectionFill, ...], known: bool) -> None:
    made = fill(DOCUMENT, None, wanted, ())
    if b"\0" in made.content or b"\r" in made.content:
        return
    written = made.written if known else ()
    short = module._untouched(DOCUMENT, made.content, wanted, written)
    assert short in (None, slow(made.content, wanted, written))


@pytest.mark.parametrize("change", [b" ", b"\n", b"x"])
def test_a_document_that_differs_by_a_byte_takes_the_long_way(change: bytes) -> None:
    made = fill(DOCUMENT, None, sections()[:1], ())
    assert module._untouched(DOCUMENT, made.content, sections()[:1], made.written)
    for at in range(len(made.content)):
        assert not module._untouched(
            DOCUMENT, made.content[:at] + change + made.content[at:], sections()[:1], ()
        )


def test_the_short_way_loads_no_markdown_parser() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from fill.made_documents import DOCUMENT, sections\n"
        "from groundplan.fill import fill\n"
        "made = fill(DOCUMENT, None, sections()[:1], ())\n"
        "again = fill(DOCUMENT, made.content, sections()[:1], made.written)\n"
        "assert {c.state for c in again.changes} == {'same'}\n"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
