"""Generated Terraform and CloudFormation under checkov's policies; what it says of Pulumi is about secrets alone.

It reads no Pulumi programs. What a program registers is what the Terraform says, as test_pulumi_program.py proves.
"""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from contracts.conftest import RIG, missing
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, INSTANCES, planned

from groundplan.emit import emit
from groundplan.lower import lower

pytestmark = pytest.mark.contract
ACCEPTED = tomllib.loads(Path(__file__).with_name("checkov.toml").read_text())["accepted"]
EVERY = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS}
CASES = ("public", "clinic", "secure", "standby_region", "mysql", "relayed", "fn_ready", "fn_secure", "fn_chat",
         "vm_public", "vm_secure", "vm_chat", "k8s_public", "k8s_secure", "k8s_chat")  # fmt: skip
"""Each service at each level, with stores, alarms and routes of every kind."""
KEY = "AKIA" + "Q3EGRTUV7WXYZ2AB"
"""The form of an access key; nobody's."""
TOOLS = ("terraform", "cloudformation", "pulumi")
FAULTS = (
    ("terraform/secure/infra/aws/data.tf", "storage_encrypted", "true", "CKV_AWS_16"),
    ("cloudformation/secure/infra/aws/service.yaml", "StorageEncrypted", "true", "CKV_AWS_16"),
)
"""A line of good code that checkov must find once it is turned to false, in a copy beside it."""


class Finding(NamedTuple):
    check: str
    case: str
    where: str


def write(root: Path) -> None:
    for tool in TOOLS:
        for case in CASES:
            made = planned(EVERY[case], tool)
            for file in emit(made, lower(made)):
                path = root / tool / case / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(file.content)


def spoil(root: Path) -> None:
    """One fault a framework, so that silence is known to mean that all is well."""
    for path, name, value, _ in FAULTS:
        good = root / path
        lines = good.read_text().splitlines()
        assert any(name in line for line in lines), path
        bad = root / good.relative_to(root).parts[0] / "spoiled" / good.name
        bad.parent.mkdir(parents=True, exist_ok=True)
        bad.write_text("\n".join(li.replace(value, "false") if name in li else li for li in lines))
    secret = root / "pulumi" / "spoiled" / "__main__.py"
    secret.parent.mkdir(parents=True)
    secret.write_text(f'key = "{KEY}"\n')


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> set[Finding]:
    program = RIG / "checkov/bin/checkov"
    if not program.exists():
        missing("checkov (`make checkov-rig`, 300 MB)")
    root = tmp_path_factory.mktemp("policies")
    write(root)
    spoil(root)
    words = [program, "--directory", root, "--framework", "terraform", "cloudformation", "secrets"]
    words += ["--enable-secret-scan-all-files", "--compact", "--quiet", "--skip-download", "--output", "json"]
    done = subprocess.run(
        [str(w) for w in words], capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "LOG_LEVEL": "ERROR"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    reports = json.loads(done.stdout)
    assert all(r["summary"]["parsing_errors"] == 0 for r in reports)
    return set(_read(reports))


def _read(reports) -> Iterator[Finding]:
    for report in reports:
        for found in report["results"]["failed_checks"]:
            tool, case = Path(found["file_path"].lstrip("/")).parts[:2]
            yield Finding(found["check_id"], case, f"{tool}: {found['resource']}")


def accepts(entry, finding: Finding) -> bool:
    return finding.check in entry["checks"] and EVERY[finding.case].quality not in entry.get("not_in", ())


def test_whatever_checkov_finds_is_accepted_with_a_reason(findings):
    good = {f for f in findings if f.case in EVERY}
    assert not {f for f in good if not any(accepts(entry, f) for entry in ACCEPTED)}


def test_whatever_is_accepted_is_still_found(findings):
    found = {f.check for f in findings if f.case in EVERY}
    assert not {check for entry in ACCEPTED for check in entry["checks"]} - found
    assert all(entry["reason"].endswith(".") for entry in ACCEPTED)


def test_checkov_sees_a_fault_in_each_kind_of_code(findings):
    spoiled = {(f.where.split(":")[0], f.check) for f in findings if f.case == "spoiled"}
    assert {(path.split("/")[0], check) for path, *_, check in FAULTS} <= spoiled
    assert any(tool == "pulumi" and check.startswith("CKV_SECRET") for tool, check in spoiled)
