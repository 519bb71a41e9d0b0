"""What reaches the terminal: safe, wrapped, painted only where that is wanted."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.cli.terminal import Terminal, cells, measure, painted, safe, terminal, wrap, wrap_cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("red \x1b[31m", "red \\u{1b}[31m"),
        ("bell\x07", "bell\\u{7}"),
        ("‮evil", "\\u{202e}evil"),
        ("a\tb", "a b"),
        ("Zürich 東京", "Zürich 東京"),
    ],
)
def test_nothing_in_a_text_can_steer_the_terminal(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(max_size=200), st.integers(20, 60))
def test_wrapped_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines).split() == safe(text).split()
    assert all(measure(line) <= width or " " not in line.strip() for line in lines)


@given(st.text(max_size=200), st.integers(20, 60))
def test_painted_lines_hold_the_same_characters(text: str, width: int) -> None:
    lines = wrap_cells(cells(text, "bold"), width)
    shown = " ".join(painted(line, Terminal()) for line in lines)
    assert shown.split() == safe(text.replace("\n", " ")).split()


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_colour_is_off_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal(Screen()).colour
    monkeypatch.setenv(variable, "dumb")
    assert not terminal(Screen()).colour
    assert not terminal(io.StringIO()).colour


def test_a_narrow_terminal_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    assert terminal(io.StringIO()).width == 64
