"""Every rule has a page, and what the page shows is true: its example fires, and what it says to do silences it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rules.rule_world import blocks, findings

from groundplan.rules import page, rules

HEADINGS = ["What it does", "Why it matters", "Example", "Instead", "Sources"]
CODES = sorted(rules())


def instead_of(code: str) -> list[dict[str, str]]:
    return blocks(page(code) or "", "Instead")


@pytest.mark.parametrize("code", CODES)
def test_the_page_has_the_five_headings_in_order(code: str) -> None:
    text = page(code) or ""
    assert re.findall(r"(?m)^## (.+)$", text) == HEADINGS
    assert re.match(r"[A-Z][^\n]+\.\n", text), "the first line is one sentence"
    assert all(part.strip() for part in re.split(r"(?m)^## .+$", text))


@pytest.mark.parametrize("code", CODES)
def test_the_example_fires(code: str) -> None:
    examples = blocks(page(code) or "", "Example")
    assert examples
    for example in examples:
        assert findings(example, code), f"{example} does not show {code}"


@pytest.mark.parametrize("code", [c for c in CODES if instead_of(c)])
def test_what_the_page_says_instead_silences_it(code: str) -> None:
    (example,) = blocks(page(code) or "", "Example")
    for fix in instead_of(code):
        assert not findings({**example, **fix}, code)


@pytest.mark.parametrize("code", CODES)
def test_a_fix_that_can_be_applied_silences_the_finding(code: str) -> None:
    (example,) = blocks(page(code) or "", "Example")
    for finding in findings(example, code):
        if finding.fix and finding.fix.answer is not None:
            assert finding.fix.question
            assert not findings({**example, finding.fix.question: finding.fix.answer}, code)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_says_what_it_costs_and_what_to_do(code: str) -> None:
    (example,) = blocks(page(code) or "", "Example")
    for finding in findings(example, code):
        assert finding.why and finding.fix and finding.fix.text
        assert not finding.message.endswith(".")
        assert finding.message.count("`") % 2 == 0
        assert not re.search(r"\b(please|simply|oops|invalid)\b", finding.message.lower())


def test_names_are_unique() -> None:
    names = [r.name for r in rules().values()]
    assert len(names) == len(set(names))


def test_the_file_is_called_as_the_code() -> None:
    for code, rule in rules().items():
        module = rule.check.__module__.rpartition(".")[2]
        assert module.startswith(code.lower() + "_")


def test_a_code_is_never_used_again() -> None:
    """codes.txt remembers every code that a release had, with its name at the time."""
    known = dict(
        line.split() for line in (Path(__file__).parent / "codes.txt").read_text("utf-8").splitlines()
    )
    now = {r.code: r.name for r in rules().values()}
    missing = sorted(now.keys() - known.keys())
    assert not missing, f"add to codes.txt: {missing}"
    assert {c: known[c] for c in now} == now
