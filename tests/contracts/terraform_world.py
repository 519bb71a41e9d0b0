"""One case through the whole compiler and through Terraform, once: every test reads the same results."""

import json
import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from groundplan.facts import load
from groundplan.lower import lower
from groundplan.model.answer import Answer, Answers, App, Project
from groundplan.model.graph import Variable
from groundplan.model.plan import Plan
from groundplan.phases import builtin
from groundplan.pipeline import compile
from groundplan.platforms.aws.watching import BROKEN

HERE = Path(__file__).parent
QUESTIONS = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")


def _cases(file: str) -> dict[str, dict[str, Any]]:
    """What a case leaves out is taken from the usual one of its file."""
    read = tomllib.loads((HERE / file).read_text())
    usual = read["usual"]
    return {
        case["name"]: {**usual, **case, "expect": {**usual["expect"], **case.get("expect", {})}}
        for case in read["case"]
    }


CASES = _cases("terraform_cases.toml")
FUNCTIONS = _cases("function_cases.toml")
INSTANCES = _cases("instance_cases.toml")
CLUSTERS = _cases("cluster_cases.toml")


class Run(NamedTuple):
    code: int
    text: str


class Result(NamedTuple):
    """Everything that Terraform said of one case."""

    plan: Plan
    expect: dict[str, Any]
    fmt: Run
    init: Run
    validate: Run
    planned: Run
    document: dict[str, Any]
    """`terraform show -json` of the plan."""
    applied: Run
    again: Run
    """A second plan with -detailed-exitcode: 0 is no change, 2 is a change."""
    state: dict[str, Any]
    """`terraform show -json` after apply."""

    def levels(self) -> dict[str, Any]:
        """The answered threshold of each alarm, and none for those of routes that fail."""
        routes = {a.condition: 0 for a in self.plan.alarms if a.served_by == BROKEN}
        return {**self.expect["alarms"], **routes}

    def resources(self, kind: str) -> list[dict[str, Any]]:
        """Planned values of every resource of a type."""
        found = self.document["planned_values"]["root_module"]["resources"]
        return [r["values"] for r in found if r["type"] == kind and r["mode"] == "managed"]


def compiled(case: dict[str, Any], name: str = "orders", app: App | None = None):
    answers = Answers(
        project=Project(name=name, quality=case["quality"]),
        answers={key: Answer(case[key]) for key in QUESTIONS},
        app=app or App(),
    )
    return compile(answers, load(), builtin())


def write(files, folder: Path) -> Path:
    """Write the Terraform files and an override that keeps the state beside them; the folder they are in."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
    root = folder / "infra" / "aws"
    (root / "override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
    return root


def values(plan: Plan) -> dict[str, Any]:
    """A value for every variable that has none."""
    return {v.name: _value(v) for v in lower(plan).variables if v.required}


def _value(variable: Variable) -> Any:
    name = variable.name
    if variable.kind == "number":
        return 1
    if name == "api_cidr":
        return "198.51.100.7/32"
    if name == "cluster_admin_arn":
        return "arn:aws:iam::123456789012:role/deploy"
    if "email" in name:
        return "ops@example.com"
    if "phone" in name:
        return "+4915112345678"
    if "arn" in name:
        return f"arn:aws:sim:us-east-1:123456789012:{name}"
    if "endpoint" in name or "url" in name:
        return f"https://hooks.example.com/{name}"
    known = {
        "zone_id": "Z0123456789ABC",
        "public_name": "app.example.com",
        "slack_team_id": "T0123ABCD",
        "slack_channel_id": "C0123ABCD",
    }
    return known.get(name, "12345678-1234-1234-1234-123456789012")


class Terraform:
    """A `terraform` in one folder."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.binary, self.folder = binary, folder

    def __call__(self, *arguments: str) -> Run:
        done = subprocess.run(
            [str(self.binary), *arguments],
            cwd=self.folder,
            env={**os.environ, "GOGC": "400", "TF_LOG": "ERROR", "TF_LOG_PATH": "terraform.log"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Run(done.returncode, done.stdout + done.stderr)


def run(binary: Path, case: dict[str, Any], folder: Path) -> Result:
    """The whole way: written, formatted, initialised, validated, planned, applied, and planned again."""
    made = compiled(case)
    assert made.plan is not None
    root = write(made.files, folder)
    (root / "terraform.tfvars.json").write_text(json.dumps(values(made.plan)))
    terraform = Terraform(binary, root)
    return _walked(terraform, made.plan, case["expect"])


def _walked(terraform: Terraform, plan: Plan, expect: dict[str, Any]) -> Result:
    fmt = terraform("fmt", "-check", "-diff", "-recursive")
    init = terraform("init", "-input=false", "-no-color")
    validate = terraform("validate", "-no-color")
    planned = terraform("plan", "-input=false", "-no-color", "-out=saved")
    shown = terraform("show", "-json", "saved") if planned.code == 0 else Run(1, "{}")
    applied = terraform("apply", "-input=false", "-no-color", "saved")
    again = terraform("plan", "-input=false", "-no-color", "-detailed-exitcode")
    state = json.loads(terraform("show", "-json").text) if applied.code == 0 else {}
    document = json.loads(shown.text)
    return Result(plan, expect, fmt, init, validate, planned, document, applied, again, state)


def applied(found: Result, kind: str) -> list[dict[str, Any]]:
    """Values after apply, where what one resource takes of another is known."""
    resources = found.state["values"]["root_module"]["resources"]
    return [r["values"] for r in resources if r["type"] == kind and r["mode"] == "managed"]


def assert_built_once(found: Result, built: dict[str, str]) -> None:
    """Each component of a role is one resource of the kind that `built` gives, in its own region."""
    first = found.plan.places[0].code
    for role, kind in built.items():
        own = [c for c in found.plan.role(role) if role not in ("database", "cache") or c.provider == "aws"]
        wanted = sorted(c.region or first for c in own)
        assert sorted(r.get("region") or first for r in found.resources(kind)) == wanted, f"{role}: {kind}"
