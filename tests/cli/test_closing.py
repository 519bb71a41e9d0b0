"""The end of an apply: what is still to confirm, and what comes next."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundplan.__main__ import run

ANSWERS = """[project]
name = "orders"

[answers]
hosting = "Fly.io"
regions = "Frankfurt"
scaling = "don't know yet"
monitoring = "Fly.io metrics, email for downtime"
budget = "$100 a month, alert at 80%"
iac = "fly.toml in the repo"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "groundplan.toml").write_text(ANSWERS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
def test_answers_that_rest_on_a_default_are_listed_with_their_command(capsys) -> None:
    for _ in range(2):
        assert run(["apply", "--yes"]) == 0
        told = capsys.readouterr().err
        assert "Still to confirm" in told and 'scaling  groundplan change scaling "…"' in told
        assert "change hosting" not in told


def test_the_next_phase_is_named_where_its_document_is_there(project: Path, capsys) -> None:
    folder = project / "docs" / "phases"
    folder.mkdir(parents=True)
    (folder / "phase3_tooling_questions.md").write_text("# Phase 3\n")
    assert run(["apply", "--yes"]) == 0
    assert "groundplan --phase docs/phases/phase3_tooling_questions.md" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_documents_alone_leave_the_code_as_the_next_step(capsys) -> None:
    assert run(["apply", "--yes", "--only", "documents"]) == 0
    told = capsys.readouterr().err
    assert "groundplan apply --only code" in told and "--phase" not in told
