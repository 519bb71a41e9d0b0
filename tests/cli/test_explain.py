"""Every code that groundplan can print has a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import groundplan
from groundplan.__main__ import run
from groundplan.cli.pages import pages
from groundplan.rules import rules

SOURCES = Path(groundplan.__file__).parent


def printed() -> set[str]:
    return {
        code for path in SOURCES.rglob("*.py") for code in re.findall(r'"(GP\d{3})"', path.read_text("utf-8"))
    }


def test_every_code_in_the_source_has_a_page() -> None:
    assert printed() - {"GP000"} <= {*rules(), *pages()}


def test_no_code_has_two_pages() -> None:
    assert not set(rules()) & set(pages())


@pytest.mark.parametrize("wanted", ["GP301", "gp301", "fly-scales-on-concurrency", "GP964"])
def test_a_page_is_found_by_code_or_name(capsys: pytest.CaptureFixture[str], wanted: str) -> None:
    assert run(["explain", wanted]) == 0
    assert len(capsys.readouterr().out) > 80


def test_a_near_miss_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "GP3O1"]) == 2
    assert "groundplan explain GP301" in capsys.readouterr().err
