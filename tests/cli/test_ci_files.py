"""The pre-commit hook and the reusable workflow do what they say: their commands are run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github" / "workflows" / "groundplan-check.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def test_the_workflow_is_one_by_github_s_schema():
    schema = json.loads(
        (files("check_jsonschema") / "builtin_schemas" / "vendor" / "github-workflows.json").read_text()
    )
    document = yaml.load(WORKFLOW.read_text(), Loader=yaml.BaseLoader)
    document["jobs"]["check"]["timeout-minutes"] = int(document["jobs"]["check"]["timeout-minutes"])
    for item in document["on"]["workflow_call"]["inputs"].values():
        item["default"] = item["default"] == "true" if item["type"] == "boolean" else item["default"]
    document["jobs"]["check"]["steps"][0]["with"]["persist-credentials"] = False
    jsonschema.validate(document, schema)


def test_the_hook_is_one_by_pre_commit_s_own_reading():
    (hook,) = load_manifest(str(HOOKS))
    assert hook["id"] == "groundplan-check"


def test_no_input_is_pasted_into_a_script():
    for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["check"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize(("strict", "code"), [("false", 0), ("true", 1)])
def test_the_workflow_s_check_annotates_and_fails_as_asked(tmp_path: Path, strict: str, code: int):
    shutil.copytree(ROOT / "examples" / "seed", tmp_path / "seed")
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["check"]["steps"]
    script = next(s["run"] for s in steps if s.get("name") == "Check")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["sh", "-e", "-c", script], capture_output=True, text=True, cwd=tmp_path,
        env={"PATH": path, "PROJECT": "seed", "STRICT": strict},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "::warning file=groundplan.toml,line=" in done.stdout


def test_the_hook_runs_the_check_once_for_the_whole_project(tmp_path: Path):
    (hook,) = yaml.safe_load(HOOKS.read_text())
    assert {"id", "name", "entry", "language"} <= hook.keys() and hook["language"] == "python"
    assert hook["pass_filenames"] is False
    shutil.copytree(ROOT / "examples" / "seed", tmp_path / "seed")
    (tmp_path / "seed" / "fly.toml").write_text("# mine\n")
    command = [str(Path(sys.executable).parent / hook["entry"].split()[0]), *hook["entry"].split()[1:]]
    done = subprocess.run(command, cwd=tmp_path / "seed", capture_output=True, text=True)
    assert done.returncode == 1 and "GP814" in done.stdout


@pytest.mark.parametrize(
    ("path", "starts"),
    [
        ("groundplan.toml", True),
        ("docs/specs/codebase_spec.md", True),
        ("infra/aws/main.tf", True),
        ("fly.toml", True),
        ("src/app.py", False),
    ],
)
def test_the_hook_starts_for_what_can_drift(path: str, starts: bool):
    (hook,) = yaml.safe_load(HOOKS.read_text())
    assert bool(re.search(hook["files"], path)) == starts
