"""Each rule fires where it must, points at the right words, and keeps still close to the line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rules.rule_world import blocks, findings

from groundplan.rules import page, rules

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))
SILENT = [(code, over) for code, case in CASES.items() for over in case["silent"]]
FIRES = [(code, case) for code, cases in CASES.items() for case in cases.get("fires", [])]


def example(code: str) -> dict[str, str]:
    return blocks(page(code) or "", "Example")[0]


def test_every_rule_has_its_cases() -> None:
    assert sorted(CASES) == sorted(rules())
    assert all(len(case["silent"]) >= 2 for case in CASES.values())


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_example_points_at_its_words(code: str) -> None:
    found = findings(example(code), code)
    quotes = [d.where.quote if d.where else "" for d in found]
    assert found
    assert any(CASES[code]["words"] in quote for quote in quotes), quotes


@pytest.mark.parametrize(("code", "case"), FIRES)
def test_it_fires_for_these_too(code: str, case: dict[str, str]) -> None:
    found = findings(case, code)
    assert any(d.where and case["words"] in d.where.quote for d in found), found


@pytest.mark.parametrize(("code", "over"), SILENT)
def test_it_keeps_still_close_to_the_line(code: str, over: dict[str, str]) -> None:
    assert not findings({**example(code), **over}, code)


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_span_of_a_finding_is_its_quote(code: str) -> None:
    texts = example(code)
    for finding in findings(texts, code):
        where = finding.where
        if where and where.start is not None and where.question:
            assert texts[where.question][where.start : where.end] == where.quote
