"""groundplan.lock: sorted, versioned, and never trusted blindly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.model.spec import Written
from groundplan.store import Generation
from groundplan.store.generation import decode, encode

SHA = "0" * 64
WRITTEN = (
    Written(document="docs/b.md", section="s", label="Provider", text="Fly.io"),
    Written(document="docs/a.md", section="s", label="Größe", text='"two"\nlines'),
)


def test_the_lock_comes_back_sorted_and_without_times():
    first = encode(Generation(files={"b": SHA, "a": SHA}, written=WRITTEN))
    second = encode(Generation(files={"a": SHA, "b": SHA}, written=WRITTEN[::-1]))
    assert first == second
    generation, problems = decode(first)
    assert problems == () and generation.files == {"a": SHA, "b": SHA}
    assert sorted(w.document for w in generation.written) == ["docs/a.md", "docs/b.md"]
    assert set(generation.written) == set(WRITTEN)
    assert first.startswith(b'{\n  "format_version": 1,') and first.endswith(b"}\n")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "GP940", None),
        (b"{", "GP940", None),
        (b"[1]", "GP940", None),
        (b"{}", "GP940", None),
        (b'{"format_version": "1"}', "GP940", None),
        (b'{"format_version": 0}', "GP940", None),
        (b'{"format_version": 2, "shape": "unknown"}', "GP941", None),
        (b'{"format_version": 1, "files": {"../x": "%s"}}' % SHA.encode(), "GP940", None),
        (b'{"format_version": 1, "files": {"a": "beef"}}', "GP940", None),
        (b'{"format_version": 1, "files": {"a": 3}}', "GP940", None),
        (b"[" * 100_000, "GP940", None),
        (b"\xff\xfe{", "GP940", None),
        (b'{\n<<<<<<< ours\n  "format_version": 1\n=======\n', "GP940", 2),
    ],
)
def test_a_lock_that_cannot_be_used_is_told_and_empty(content, code, line):
    generation, (told,) = decode(content)
    assert generation == Generation() and told.code == code and told.severity == "error"
    assert told.where and told.where.line == line and told.fix
    assert len(told.message) < 300


@given(st.binary(max_size=200))
def test_no_bytes_raise(content):
    assert decode(content)[1]
