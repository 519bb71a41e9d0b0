"""What must hold of filling whatever the document is: every word stays, a second run does nothing, an edit is kept.

GROUNDPLAN_CASES sets how many documents are tried (1,500 by default); `make fill-properties` tries 20,000 and
prints the counts.
"""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest
from fill.made_documents import (
    DOCUMENT,
    FIELDS,
    OTHER_FIELDS,
    documents,
    holds_placeholder,
    lines_of,
    sections,
    words_of,
)  # fmt: skip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundplan.fill import fill
from groundplan.model.spec import Filled

CASES = int(os.environ.get("GROUNDPLAN_CASES", "1500"))
COUNTS: Counter[str] = Counter()
REFUSALS = {"GP702", "GP703", "GP704", "GP705"}

tried = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=True
)


@pytest.fixture(scope="module", autouse=True)
def _print_counts():
    yield
    print("\n" + "\n".join(f"{name}: {count}" for name, count in sorted(COUNTS.items())))


def refused(filled: Filled) -> bool:
    return any(d.severity == "error" for d in filled.diagnostics)


def kept_lines(before: str, after: str) -> list[str]:
    """Lines of `before` that `after` does not have, byte for byte and in the same order."""
    rest = iter(line.rstrip("\r\n") for line in lines_of(after))
    bodies = [line.rstrip("\r\n") for line in lines_of(before)]
    ours = (holds_placeholder(line) or another_cell(line) for line in bodies)
    return [
        line for line, may_change in zip(bodies, ours, strict=True) if not may_change and line not in rest
    ]


def another_cell(line: str) -> bool:
    """An edit behind our cell of a row: its word is there still, and our cell may say something new."""
    return re.search(r"^\|.*\|\s*kept9999x$", line) is not None


@tried
@given(documents())
def test_filling_keeps_every_byte_outside_the_fields_and_is_done_after_one_run(text: str) -> None:
    content = text.encode()
    filled = fill(DOCUMENT, content, sections(), ())
    COUNTS["documents filled"] += 1
    if refused(filled):
        COUNTS["refused, left as they were"] += 1
        assert (
            filled.content == content
            and {d.code for d in filled.diagnostics if d.severity == "error"} <= REFUSALS
        )
        return
    after = filled.content.decode()
    assert kept_lines(text, after) == []
    assert words_of(after) == words_of(text)
    assert after.count("\r") >= text.count("\r") and (("\r" in after) == ("\r" in text) or "\r" not in text)
    again = fill(DOCUMENT, filled.content, sections(), filled.written)
    assert again.content == filled.content and {c.state for c in again.changes} <= {"same", "kept"}
    assert again.written == filled.written
    fresh = fill(DOCUMENT, filled.content, sections(), ())
    assert fresh.content == filled.content
    for change in filled.changes:
        COUNTS[f"fields {change.state}"] += 1


@tried
@given(documents(), st.data())
def test_an_edit_anywhere_survives_new_answers(text: str, data: st.DataObject) -> None:
    first = fill(DOCUMENT, text.encode(), sections(), ())
    COUNTS["edits tried"] += 1
    lines = lines_of(first.content.decode())
    n = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(("append", "insert", "replace word", "start")))
    body = lines[n].rstrip("\r\n")
    end = lines[n][len(body) :]
    lines[n] = {
        "append": body + " kept9999x" + end,
        "insert": body + (end or "\n") + "kept9999x" + (end or "\n"),
        "replace word": (body.replace("Fly.io", "kept9999x") if "Fly.io" in body else body + "kept9999x")
        + end,
        "start": "kept9999x " + body + end,
    }[how]
    edited = "".join(lines)
    second = fill(DOCUMENT, edited.encode(), sections(OTHER_FIELDS), first.written)
    after = second.content.decode()
    assert words_of(after) == words_of(edited)
    assert kept_lines(edited, after) == []
    if refused(second):
        COUNTS["edits refused"] += 1
        assert second.content == edited.encode()
        return
    third = fill(DOCUMENT, second.content, sections(OTHER_FIELDS), second.written)
    assert third.content == second.content


@tried
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_at_all_are_filled_or_left_alone(content: bytes) -> None:
    filled = fill(DOCUMENT, content, sections((FIELDS[0],)), ())
    COUNTS["byte strings"] += 1
    if refused(filled):
        assert filled.content == content
    else:
        assert (
            fill(DOCUMENT, filled.content, sections((FIELDS[0],)), filled.written).content == filled.content
        )
