"""One changed answer changes what it is about in running infrastructure, and nothing else."""

import json
import shutil
from pathlib import Path

import pytest
from contracts.terraform_world import CASES, FUNCTIONS, INSTANCES, Terraform, compiled, values, write

pytestmark = pytest.mark.contract

BASE = {
    **CASES["tracks CPU"],
    "monitoring": "CloudWatch. Email when it is down or CPU > 85%",
    "budget": "$400/month, alert at 80%",
}
CHANGES = [
    # question, answer, what the plan does with which types
    ("scaling", BASE["scaling"].replace("6 instances", "8 instances"), {("update", "aws_appautoscaling_target")}),
    ("scaling", BASE["scaling"].replace("60%", "55%"), {("update", "aws_appautoscaling_policy")}),
    ("budget", "$500/month, alert at 80%", {("update", "aws_budgets_budget")}),
    ("monitoring", "CloudWatch. Email when it is down or CPU > 90%", {("update", "aws_cloudwatch_metric_alarm")}),
    ("monitoring", "CloudWatch. Email when it is down", {("delete", "aws_cloudwatch_metric_alarm")}),
    ("iac", "OpenTofu", set()),
]  # fmt: skip

FUNCTION = {
    **FUNCTIONS["function: some kept ready"],
    "monitoring": "CloudWatch. Email when it is down or the error rate is above 2%",
}
FUNCTION_CHANGES = [
    ("scaling", "minimum 2, up to 30 instances with 1 GB RAM each", {("update", "aws_lambda_function")}),
    ("scaling", "minimum 3, up to 20 instances with 1 GB RAM each",
     {("update", "aws_lambda_provisioned_concurrency_config")}),
    ("monitoring", "CloudWatch. Email when it is down or the error rate is above 4%",
     {("update", "aws_cloudwatch_metric_alarm")}),
    ("budget", "$500/month, alert at 80%", {("update", "aws_budgets_budget")}),
]  # fmt: skip

MACHINES = {
    **INSTANCES["instances: two to six"],
    "monitoring": "CloudWatch. Email when it is down or memory is above 85%",
}
# the simulated provider keeps the number of the template's version; the real one makes it unknown, which changes the group
GROUP, TEMPLATE = ("update", "aws_autoscaling_group"), ("update", "aws_launch_template")
MACHINE_CHANGES = [
    ("scaling", MACHINES["scaling"].replace("6 instances", "8 instances"), {GROUP}),
    ("scaling", MACHINES["scaling"].replace("60%", "55%"), {("update", "aws_autoscaling_policy")}),
    ("scaling", MACHINES["scaling"].replace("4 GB", "8 GB"), {TEMPLATE}),
    ("scaling", MACHINES["scaling"] + "; scale down to 1 at night", {("create", "aws_autoscaling_schedule")}),
    ("monitoring", "CloudWatch. Email when it is down or memory is above 90%",
     {("update", "aws_cloudwatch_metric_alarm")}),
]  # fmt: skip


@pytest.fixture(scope="module")
def running(rig, tmp_path_factory) -> Path:
    """A folder whose infrastructure stands in the simulated cloud."""
    return standing(rig, tmp_path_factory.mktemp("running"), BASE)


@pytest.fixture(scope="module")
def function(rig, tmp_path_factory) -> Path:
    return standing(rig, tmp_path_factory.mktemp("function"), FUNCTION)


@pytest.fixture(scope="module")
def machines(rig, tmp_path_factory) -> Path:
    return standing(rig, tmp_path_factory.mktemp("machines"), MACHINES)


def standing(rig, folder: Path, case) -> Path:
    made = compiled(case)
    root = write(made.files, folder)
    (root / "terraform.tfvars.json").write_text(json.dumps(values(made.plan)))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false").code == 0
    applied = terraform("apply", "-auto-approve", "-no-color")
    assert applied.code == 0, applied.text
    return folder


@pytest.mark.parametrize(("question", "answer", "expected"), CHANGES)
def test_one_changed_answer_changes_only_what_it_is_about(rig, running, tmp_path, question, answer, expected):
    assert changes(rig, running, tmp_path, {**BASE, question: answer}) == expected


@pytest.mark.parametrize(("question", "answer", "expected"), FUNCTION_CHANGES)
def test_one_changed_answer_of_a_function_too(rig, function, tmp_path, question, answer, expected):
    assert changes(rig, function, tmp_path, {**FUNCTION, question: answer}) == expected


@pytest.mark.parametrize(("question", "answer", "expected"), MACHINE_CHANGES)
def test_one_changed_answer_of_instances_too(rig, machines, tmp_path, question, answer, expected):
    assert changes(rig, machines, tmp_path, {**MACHINES, question: answer}) == expected


def changes(rig, standing: Path, tmp_path: Path, case) -> set[tuple[str, str]]:
    """Action and type of what a plan of `case` would change in what stands."""
    folder = shutil.copytree(standing, tmp_path / "changed", symlinks=True)
    made = compiled(case)
    root = write(made.files, folder)
    terraform = Terraform(rig(), root)
    planned = terraform("plan", "-out=saved", "-no-color")
    assert planned.code == 0, planned.text
    document = json.loads(terraform("show", "-json", "saved").text)
    found = {(action, r["type"]) for r in document["resource_changes"] for action in r["change"]["actions"]}
    return {c for c in found if c[0] not in ("no-op", "read")}
