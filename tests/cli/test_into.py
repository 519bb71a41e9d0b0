"""`apply --into`: which of several headings is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.test_closing import ANSWERS

from groundplan.__main__ import run

SPEC = "docs/specs/codebase_spec.md"
TWICE = "# Old\n\n## Infrastructure\n\nWords.\n\n## Infrastructure\n\nMore words.\n"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("groundplan.toml").write_text(ANSWERS)
    Path(SPEC).parent.mkdir(parents=True)
    Path(SPEC).write_text(TWICE)


def test_without_it_nothing_is_written_and_the_flag_is_named(capsys) -> None:
    assert run(["apply", "--yes"]) == 1
    told = capsys.readouterr().err
    assert "GP702" in told and f"--into {SPEC}:3" in told
    assert Path(SPEC).read_text() == TWICE and not Path("fly.toml").exists()


def test_the_named_heading_is_filled_and_stays_the_one() -> None:
    assert run(["apply", "--yes", "--into", f"{SPEC}:7"]) == 0
    filled = Path(SPEC).read_text()
    assert filled.startswith(TWICE) and "Fly.io" in filled
    assert run(["apply", "--yes"]) == 0
    assert Path(SPEC).read_text() == filled


def test_a_section_that_may_be_elsewhere_is_asked_about_once() -> None:
    before = "# Old\n\n## Infrastructure: a history\n\nIn 2019 it burned.\n"
    Path(SPEC).write_text(before)
    assert run(["apply", "--yes"]) == 1
    assert Path(SPEC).read_text() == before
    assert run(["apply", "--yes", "--into", f"{SPEC}:new"]) == 0
    filled = Path(SPEC).read_text()
    assert filled.startswith(before + "\n## Infrastructure\n")
    assert run(["apply", "--yes"]) == 0
    assert Path(SPEC).read_text() == filled


@pytest.mark.parametrize("named", ["x.md:3", SPEC, f"{SPEC}:", f"{SPEC}:last"])
def test_a_place_that_is_none_is_refused(named: str, capsys) -> None:
    assert run(["apply", "--yes", "--into", named]) == 2
    assert "GP960" in capsys.readouterr().err and Path(SPEC).read_text() == TWICE
