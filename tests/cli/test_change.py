"""A person sets one field, or says one answer anew; it is kept with the answers and wins over every reading."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from groundplan.__main__ import run
from groundplan.cli.options import Settings
from groundplan.cli.session import Session, decided, open_session

SAID = "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "orders"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run(["change", "scaling", SAID]) == 0
    return folder


def reading(key: str = "scaling"):
    session: Session = open_session(Settings())
    return decided(session.answers, session.phase).readings[key]


def kept(folder: Path) -> dict:
    return tomllib.loads((folder / "groundplan.toml").read_text("utf-8"))


def test_a_field_that_was_set_wins_and_is_kept(project: Path, capsys) -> None:
    assert run(["change", "scaling.max_instances", "8"]) == 0
    assert reading().value.max_instances == 8
    assert reading().corrected == ("max_instances",)
    assert kept(project)["corrections"] == {"scaling.max_instances": 8}
    assert "set by you" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_it_still_wins_after_the_answer_changed_and_the_difference_is_told(capsys) -> None:
    run(["change", "scaling.max_instances", "8"])
    capsys.readouterr()
    assert run(["change", "scaling", "2 to 6 instances"]) == 0
    assert reading().value.max_instances == 8
    assert reading().value.min_instances == 2
    assert "`max_instances` is 8, set by you; the text says 6" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_agreeing_words_are_not_told_as_a_difference() -> None:
    run(["change", "scaling.max_instances", "5"])
    assert not [r for r in reading().remarks if "set by you" in r.text]


def test_a_field_can_be_taken_back(project: Path) -> None:
    run(["change", "scaling.max_instances", "8"])
    assert run(["change", "scaling.max_instances", "--forget"]) == 0
    assert reading().value.max_instances == 5
    assert "corrections" not in kept(project) or not kept(project)["corrections"]


@pytest.mark.usefixtures("project")
def test_what_was_set_is_listed(capsys) -> None:
    run(["change", "scaling.max_instances", "8"])
    capsys.readouterr()
    assert run(["change"]) == 0
    assert capsys.readouterr().out == "scaling.max_instances = 8\n"


SETS = [
    ("scaling.mode", "manual", "mode", "manual"),
    ("scaling.scale_to_zero", "true", "scale_to_zero", True),
    ("monitoring.tools", "sentry, datadog", "tools", ("sentry", "datadog")),
    ("monitoring.tools", '["grafana"]', "tools", ("grafana",)),
    ("iac.tool", "none", "tool", "none"),
    ("iac.state.backend", "s3", "state", None),
    ("regions.failover", "false", "failover", False),
]


@pytest.mark.parametrize(("path", "said", "field", "value"), SETS, ids=[f"{p} {s}" for p, s, _, _ in SETS])
@pytest.mark.usefixtures("project")
def test_words_lists_and_json_are_understood(path, said, field, value) -> None:
    assert run(["change", path, said]) == 0
    now = getattr(reading(path.partition(".")[0]).value, field)
    assert now == value or (field == "state" and now.backend == "s3")


@pytest.mark.usefixtures("project")
def test_a_primary_platform_joins_the_platforms() -> None:
    run(["change", "hosting", "Fly.io"])
    assert run(["change", "hosting.primary", "aws"]) == 0
    assert reading("hosting").value.primary == "aws"
    assert "aws" in reading("hosting").value.platforms


REFUSED = [
    (["change", "scaling.max_instance", "8"], "use max_instances"),
    (["change", "scalling.max_instances", "8"], "use `scaling`"),
    (["change", "scaling.max_instances", "many"], "a whole number is needed"),
    (["change", "scaling.max_instances", "-3"], "below zero"),
    (["change", "scaling.mode", "sometimes"], "one of manual, auto, serverless"),
    (["change", "scaling.max_instances"], "has no value"),
    (["change", "scaling.max_instances", "--forget"], "nothing was set"),
    (["change", "regions.primary", "Frankfurt"], "none of the regions"),
    (["change", "hosting", "postgres://app:Zk83hfQ2pp@db.example.com/app"], "secret"),
    (["change", "iac.tool", "ghp_" + "a1" * 18], "secret"),
]


@pytest.mark.parametrize(("line", "told"), REFUSED, ids=[" ".join(line[1:])[:40] for line, _ in REFUSED])
def test_what_cannot_be_is_refused_and_nothing_is_written(project: Path, capsys, line, told) -> None:
    before = kept(project)
    capsys.readouterr()
    assert run(line) == 2
    assert told in capsys.readouterr().err
    assert kept(project) == before
