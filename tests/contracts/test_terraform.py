"""Generated Terraform, judged by the real Terraform core against the real schema of the AWS provider."""

import json
from pathlib import Path

import pytest
from contracts.terraform_world import (
    CASES,
    CLUSTERS,
    FUNCTIONS,
    INSTANCES,
    Terraform,
    compiled,
    run,
    values,
    write,
)

pytestmark = pytest.mark.contract

FAULTS = [
    # what is wrong, text in the good code, text that replaces it, what Terraform says
    ("a misspelled attribute", "desired_count ", "desired_counts", "desired_counts"),
    ("a missing required argument", "time_unit ", "# time_unit", "time_unit"),
    (
        "a value of the wrong type",
        "evaluation_periods  = 2",
        'evaluation_periods  = "two"',
        "Incorrect attribute value type",
    ),
    ("a word that AWS does not know", '"GREATER_THAN"', '"GREATER"', "GREATER"),
]


def test_there_are_enough_combinations():
    assert len(CASES) >= 24


@pytest.mark.parametrize("name", [*CASES, *FUNCTIONS, *INSTANCES, *CLUSTERS])
def test_terraform_accepts_applies_and_then_finds_no_change(outcome, name):
    found = outcome(name)
    assert found.fmt.code == 0, found.fmt.text
    assert found.init.code == 0, found.init.text
    assert found.validate.code == 0, found.validate.text
    assert found.planned.code == 0, found.planned.text
    assert found.applied.code == 0, found.applied.text
    assert found.again.code == 0, found.again.text
    assert "No changes." in found.again.text


def test_what_is_protected_is_destroyed_only_when_told_to(rig, tmp_path: Path):
    made = compiled(CASES["secure, with database and cache"])
    root = write(made.files, tmp_path)
    (root / "terraform.tfvars.json").write_text(json.dumps(values(made.plan)))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false").code == 0
    assert terraform("apply", "-auto-approve").code == 0
    refused = terraform("destroy", "-auto-approve", "-no-color")
    assert refused.code != 0
    assert "aws_lb stays" in refused.text
    assert "aws_db_instance stays" in refused.text
    assert terraform("apply", "-auto-approve", "-var", "deletion_protection=false").code == 0
    ended = terraform("destroy", "-auto-approve", "-no-color", "-var", "deletion_protection=false")
    assert ended.code == 0, ended.text


def test_the_core_from_pypi_says_the_same(rig, outcome, tmp_path: Path):
    name = "manual, one region"
    found = run(rig("terraform-pypi"), CASES[name], tmp_path)
    assert (found.fmt.code, found.planned.code, found.applied.code, found.again.code) == (0, 0, 0, 0)
    expected = outcome(name).document["planned_values"]
    assert found.document["planned_values"] == expected


@pytest.mark.parametrize(("fault", "good", "bad", "said"), FAULTS, ids=[f[0] for f in FAULTS])
def test_the_rig_refuses(rig, tmp_path: Path, fault, good, bad, said):
    made = compiled(CASES["manual, one region"])
    files = [(f, f.content) for f in made.files if f.path.endswith(".tf")]
    assert any(good in text for _, text in files), fault
    root = write(made.files, tmp_path)
    for file, text in files:
        (tmp_path / file.path).write_text(text.replace(good, bad))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false", "-no-color").code == 0
    done = terraform("validate", "-no-color")
    assert done.code != 0
    assert said in done.text
