"""`accept`: a finding is lived with for a reason; the file keeps every comment, and `check` follows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from cli_world import groundplan

ANSWERS = """# our answers
[project]
name = "orders"  # short

[answers]
hosting = "Fly.io"
regions = "Frankfurt"
scaling = "2 to 4 instances when CPU > 80%"
monitoring = "Sentry, email alerts for downtime"
budget = "$500 a month"
iac = "fly.toml"

# reviewed with Anna in spring
[[ignore]]
code = "GP403"  # nobody is awake anyway
because = "we look in the morning"
until = 2099-12-31

[other.tool]
x = 1
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "groundplan.toml").write_text(ANSWERS)
    return tmp_path


def accept(project: Path, *args: str):
    return groundplan("accept", "-C", str(project), *args)


def text(project: Path) -> str:
    return (project / "groundplan.toml").read_text()


def found(project: Path) -> list[str]:
    done = groundplan("check", "-C", str(project), "--json").json
    return [d["code"] for d in done["diagnostics"]]


def unused(project: Path) -> list[str]:
    done = groundplan("check", "-C", str(project), "--json").json
    return [d["where"]["quote"] for d in done["diagnostics"] if d["code"] == "GP905"]


def test_an_accepted_finding_is_gone_and_every_other_line_stays(project: Path):
    assert "GP301" in found(project)
    assert accept(project, "GP301", "--because", "the autoscaler runs", "--until", "2099-01-31").code == 0
    assert "GP301" not in found(project)
    after = text(project).splitlines()
    assert [line for line in ANSWERS.splitlines() if line not in after] == []
    assert tomllib.loads(text(project))["ignore"][1] == {
        "code": "GP301", "because": "the autoscaler runs", "about": "scaling: CPU > 80%", "until": "2099-01-31",
    }  # fmt: skip
    assert accept(project, "--list").out.splitlines() == [
        "GP403  we look in the morning (until 2099-12-31)",
        "GP301  the autoscaler runs (about scaling: CPU > 80%, until 2099-01-31)",
    ]


def test_taking_it_back_restores_the_file(project: Path):
    accept(project, "GP301", "--because", "the autoscaler runs")
    assert accept(project, "GP301", "--forget").code == 0
    assert text(project) == ANSWERS
    assert "GP301" in found(project)


def test_forgetting_one_keeps_the_comments_of_the_other(project: Path):
    accept(project, "GP301", "--because", "x")
    accept(project, "GP403", "--forget")
    assert [i["code"] for i in tomllib.loads(text(project))["ignore"]] == ["GP301"]
    assert "# reviewed with Anna in spring" in text(project) and "x = 1" in text(project)


def test_accepting_again_replaces_the_reason(project: Path):
    accept(project, "GP403", "--because", "a better reason")
    assert tomllib.loads(text(project))["ignore"] == [{"code": "GP403", "because": "a better reason"}]


def test_the_name_of_a_rule_is_as_good_as_its_code(project: Path):
    assert accept(project, "fly-scales-on-concurrency", "--because", "known").code == 0
    assert "GP301" not in found(project)


def test_an_expired_and_an_unused_one_are_reported(project: Path):
    accept(project, "GP301", "--because", "for now", "--until", "2001-01-01")
    accept(project, "GP307", "--because", "no Fargate here")
    assert {"GP301", "GP904", "GP905"} <= set(found(project))


def test_a_drift_finding_can_be_accepted(project: Path):
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    (project / "fly.toml").write_text("# mine\n")
    assert "GP814" in found(project)
    accept(project, "GP814", "--because", "tuned by hand until the release")
    assert "GP814" not in found(project) and "GP814" not in unused(project)
    (project / "fly.toml").unlink()
    groundplan("apply", "-C", str(project), "--yes")
    assert "GP814" in unused(project)


def test_the_same_code_about_another_value_counts_again(project: Path):
    done = accept(project, "GP301", "--because", "the autoscaler runs")
    assert "about scaling: CPU > 80%" in done.err
    groundplan("change", "-C", str(project), "scaling", "2 to 4 instances when CPU > 70%")
    assert "GP301" in found(project) and "GP301" in unused(project)
    accept(project, "GP301", "--because", "still does")
    assert "GP301" not in found(project)
    assert accept(project, "GP301", "--forget", "--about", "CPU > 80%").code == 0
    assert "GP301" not in found(project) and "GP301" not in unused(project)


def test_everywhere_holds_for_another_value_too(project: Path):
    assert accept(project, "GP301", "--because", "known", "--everywhere").code == 0
    groundplan("change", "-C", str(project), "scaling", "2 to 4 instances when CPU > 70%")
    assert "GP301" not in found(project)


def test_an_edit_of_another_file_is_not_accepted_with_the_first(project: Path):
    groundplan("apply", "-C", str(project), "--yes")
    (project / "fly.toml").write_text("# mine\n")
    accept(project, "GP814", "--because", "tuned by hand")
    assert "GP814" not in found(project)
    other = next(p for p in sorted(project.rglob("*")) if p.suffix == ".sh")
    other.write_text("# mine too\n")
    assert "GP814" in found(project)


def test_only_what_is_named_is_accepted(project: Path):
    groundplan("apply", "-C", str(project), "--yes")
    (project / "fly.toml").write_text("# mine\n")
    other = next(p for p in sorted(project.rglob("*")) if p.suffix == ".sh")
    other.write_text("# mine too\n")
    assert accept(project, "GP814", "--because", "tuned", "--about", "fly.toml").code == 0
    assert found(project).count("GP814") == 1
    refused = accept(project, "GP814", "--because", "tuned", "--about", "nothing of that")
    assert refused.code == 2 and "--everywhere" in refused.err


WRONG = [
    (["GP301"], 2, "GP971"),
    (["GP301", "--because", "  "], 2, "GP971"),
    (["GP301", "--because", "x", "--until", "soon"], 2, "GP971"),
    (["GP301", "--forget"], 2, "GP971"),
    (["GP940", "--because", "x"], 2, "GP971"),
    (["GP3O1", "--because", "x"], 2, "groundplan accept GP301"),
    (["GP301", "--because", "key AKIAIOSFODNN7EXAMPLF"], 2, "GP966"),
]


@pytest.mark.parametrize(("args", "code", "told"), WRONG)
def test_what_cannot_be_accepted_is_told_and_nothing_is_written(project: Path, args, code, told):
    done = accept(project, *args)
    assert done.code == code and told in done.err
    assert text(project) == ANSWERS


def test_without_answers_there_is_nothing_to_accept(tmp_path: Path):
    assert accept(tmp_path, "GP301", "--because", "x").code == 2
    assert not (tmp_path / "groundplan.toml").exists()
