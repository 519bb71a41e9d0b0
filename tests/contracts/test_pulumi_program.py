"""Pulumi programs against the real SDK: they run, type-check, and register what the Terraform graph says."""

import base64
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, planned

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.graph import Base64, Block, Join, Json, Ref, Var
from groundplan.targets import _pulumi_names as table

pytestmark = pytest.mark.contract
ROOT = Path(__file__).parents[2]
RIG = ROOT / ".rig/pulumi"
CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS, "hostile": HOSTILE}
RENAMED = {"alarm_name": ["name"], "topic_arn": ["topic"], "function_name": ["name", "function"]}
MADE = {"resources[0].autoscaling_groups[0].name": "group", "vpc_config[0].cluster_security_group_id": "own"}
"""What the mocks call the parts that the cloud makes."""
OWN_DEFAULTS = {"description": "Managed by Pulumi"}
"""What the SDK adds by itself where nothing is given."""


@pytest.fixture(scope="module")
def python() -> Path:
    program = RIG / "bin/python"
    if (RIG / "bin/pyright").exists():
        return program
    if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
        pytest.fail("the Pulumi SDK is not installed: `make pulumi-rig`")
    pytest.skip("the Pulumi SDK (`make pulumi-rig`, 400 MB) is not installed")


@pytest.fixture(scope="module")
def programs(tmp_path_factory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("pulumi")
    for name, case in CASES.items():
        made = planned(case, "pulumi")
        for file in emit(made, lower(made)):
            path = root / name / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content)
    return {name: root / name / "infra/aws" for name in CASES}


def configuration(graph, folder: Path) -> dict[str, str]:
    """The defaults of Pulumi.yaml, as the engine fills them in, and a text of its own for what has none."""
    declared = yaml.safe_load((folder / "Pulumi.yaml").read_text())["config"]
    shown = {v.name: declared[v.name].get("default", f"value of {v.name}") for v in graph.variables}
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in shown.items()
    }


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


class Secret(str):
    """A text that the program must keep encrypted."""


SECRET = "4dabf18193072939515e22adb298388d"
"""Pulumi's own mark of a secret value on the wire."""


class Expected:
    """What the Terraform graph says, with references as the mocks name them."""

    def __init__(self, graph, settings):
        self.graph, self.settings = graph, settings
        self.by_key = {(r.kind, r.name): r for r in graph.resources}
        self.switches = {v.name for v in graph.variables if v.kind == "bool"}
        self.hidden = {v.name for v in graph.variables if v.sensitive}

    def token(self, kind: str) -> str:
        module, _, name = table.names().resources[kind].class_.partition(".")
        return f"aws:{module.rstrip('_')}/{name[0].lower()}{name[1:]}:{name}"

    def value(self, value):
        match value:
            case Block():
                return {k: self.value(v) for k, v in value.arguments.items() if v is not None}
            case dict():
                return {k: self.value(v) for k, v in value.items() if v is not None}
            case tuple():
                return [self.value(v) for v in value]
            case Var():
                text = self.settings[value.name]
                if value.name in self.switches:
                    return text == "true"
                return Secret(text) if value.name in self.hidden else text
            case Ref():
                return self.reference(value)
            case Join():
                return "".join(str(self.value(p)) for p in value.parts)
            case Base64():
                text = "".join(str(self.value(Join((*line, "\n")))) for line in value.lines)
                return base64.b64encode(text.encode()).decode()
            case Json():
                return Json(self.value(value.value))
        return value

    def reference(self, ref: Ref):
        if ref.data and ref.kind == "aws_ssm_parameter":
            return "ami-0"
        if ref.attribute == "latest_version":
            return 7
        if ref.data:
            return f"zone-{ref.index}" if ref.attribute == "names" else "123456789012"
        other, where = self.by_key[(ref.kind, ref.name)], f"{self.token(ref.kind)}::{ref.name}::"
        if ref.attribute in other.arguments:
            return self.value(other.arguments[ref.attribute])
        if ref.attribute == "master_user_secret[0].secret_arn":
            return f"{where}masterUserSecrets[0].secretArn"
        if ref.attribute in MADE:
            return f"{where}{MADE[ref.attribute]}"
        own = ref.attribute.removeprefix("domain_name_configuration[0].")
        return 5432 if ref.attribute == "port" else where + camel(own)


def same(said, got) -> bool:
    """Equal up to Pulumi's spelling: camel case, plural lists around single blocks, numbers written as text."""
    if isinstance(said, Secret):
        return isinstance(got, dict) and SECRET in got and got["value"] == str(said)
    if isinstance(said, Json):
        return same(said.value, json.loads(got))
    if isinstance(got, list):
        items = said if isinstance(said, list) else [said]
        return len(items) == len(got) and all(same(a, b) for a, b in zip(items, got, strict=True))
    if isinstance(said, list):
        return len(said) == 1 and same(said[0], got)
    if isinstance(said, dict):
        return isinstance(got, dict) and same_names(said, got)
    return same_scalar(said, got)


def same_scalar(said, got) -> bool:
    if isinstance(said, bool) and isinstance(got, str):
        return str(said).lower() == got
    if isinstance(said, bool) or isinstance(got, bool):
        return said is got
    if isinstance(got, float | int):
        return Decimal(str(said)) == Decimal(str(got))
    return str(said) == str(got)


def same_names(said: dict, got: dict) -> bool:
    left = dict(got)
    for name, value in said.items():
        theirs = camel(name)
        spellings = (name, theirs, *RENAMED.get(name, ()), theirs + "s", theirs + "es", theirs[:-1] + "ies")
        found = next((s for s in spellings if s in left), None)
        if found is None or not same(value, left.pop(found)):
            return False
    return not left or left.items() <= OWN_DEFAULTS.items()


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_program_registers_what_the_terraform_graph_says(name, python, programs):
    graph = lower(planned(CASES[name], "pulumi"))
    settings = configuration(graph, programs[name])
    given = json.dumps({"project": planned(CASES[name], "pulumi").draft.project, **settings})
    script = Path(__file__).with_name("pulumi_mocks.py")
    done = subprocess.run(
        [python, script, programs[name], given], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    rows = {(r["type"], r["name"]): r for r in made["resources"] if r["type"] != "pulumi:providers:aws"}
    expected = Expected(graph, settings)
    wanted = {(expected.token(r.kind), r.name): r for r in graph.resources if not r.data}
    assert set(rows) == set(wanted)
    homes = {f"aws.{p.alias}" if p.alias else None: p.arguments["region"] for p in graph.providers}
    for key, resource in wanted.items():
        arguments = {k: v for k, v in resource.arguments.items() if k != "lifecycle" and v is not None}
        said = {k: expected.value(v) for k, v in arguments.items()}
        assert same_names(said, rows[key]["inputs"]), (key, said, rows[key]["inputs"])
        assert homes[resource.provider] in rows[key]["provider"]
        assert {r.name for r in resource.depends_on} <= set(rows[key]["needed"])
        lifecycle = resource.arguments.get("lifecycle", Block({})).arguments
        assert rows[key]["ignored"] == [
            camel(r.kind).replace("[0]", "") for r in lifecycle.get("ignore_changes", ())
        ]
    assert set(made["outputs"]) == {o.name for o in graph.outputs}
    assert all(made["outputs"][o.name] == expected.value(o.value) for o in graph.outputs)


def test_each_region_has_a_provider_with_its_tags(programs):
    graph = lower(planned(CASES["two_regions"], "pulumi"))
    text = (programs["two_regions"] / "__main__.py").read_text()
    for provider in graph.providers:
        assert f'region="{provider.arguments["region"]}"' in text
    assert text.count('"Project": "atlas"') == len(graph.providers)


def pyright(python: Path, *paths: Path) -> subprocess.CompletedProcess:
    command = [RIG / "bin/pyright", "--pythonpath", python, *paths]
    return subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, timeout=300, cwd=paths[0].parent
    )


def test_the_type_checker_has_nothing_to_say(python, programs, tmp_path):
    copies = [tmp_path / f"{name}.py" for name in CASES]
    for path in copies:
        path.write_text((programs[path.stem] / "__main__.py").read_text())
    done = pyright(python, *copies)
    assert done.returncode == 0, done.stdout


FAULTS = [
    ("cidr_block=", "cidr_blok=", "reportCallIssue"),
    ("desired_count=2", 'desired_count="two"', "desired_count"),
    ("aws.lb.Listener(", "aws.lb.Listner(", "Listner"),
]


@pytest.mark.parametrize(("right", "wrong", "word"), FAULTS)
def test_the_type_checker_sees_a_fault(python, programs, tmp_path, right, wrong, word):
    text = (programs["clinic"] / "__main__.py").read_text()
    assert right in text
    bad = tmp_path / "bad.py"
    bad.write_text(text.replace(right, wrong, 1))
    done = pyright(python, bad)
    assert done.returncode == 1 and word in done.stdout


def test_the_table_of_names_is_that_of_the_sdk(python):  # noqa: ARG001  # skipped without the SDK
    command = [sys.executable, ROOT / "tools/build_pulumi_names.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
