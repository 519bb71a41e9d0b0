"""A full disk, a closed stream and a reader that went away: no traceback, and an exit code that does not lie."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PYTHON = f'"{sys.executable}" -m groundplan'
ANSWERS = """
[project]
name = "orders"
quality = "production"
[answers]
hosting = "AWS Fargate"
regions = "mars-central-9"
scaling = "2 to 4 instances, CPU above 70%"
monitoring = "CloudWatch, e-mail for downtime"
budget = "$1 a month"
iac = "Terraform"
"""

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "answers.toml").write_text(ANSWERS)
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


@full
@pytest.mark.parametrize(
    "line", ["--help", "--version", "check --help", "check --answers-file answers.toml", "read --jsonl"]
)
def test_a_full_disk_is_a_coded_ending(line: str, tmp_path: Path) -> None:
    rows = """echo '{"id": 1, "question": "iac", "text": "none"}'"""
    done = shell(f"{rows} | {PYTHON} {line} > /dev/full", tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("error[GP975]: standard output takes no more")
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@full
def test_a_message_that_nobody_can_hear_keeps_its_exit_code(tmp_path: Path) -> None:
    assert shell(f"{PYTHON} nonsense 2> /dev/full", tmp_path).returncode == 2


def test_closed_streams_are_silence(tmp_path: Path) -> None:
    checked = shell(f"{PYTHON} check --answers-file answers.toml >&-", tmp_path)
    assert (checked.returncode, checked.stderr) == (1, "")
    assert shell(f"{PYTHON} nonsense 2>&-", tmp_path).returncode == 2


def test_a_reader_that_went_away_does_not_turn_findings_into_none(tmp_path: Path) -> None:
    line = f"({PYTHON} check --answers-file answers.toml; echo $? > code) | true; sleep 0"
    done = shell(line, tmp_path)
    assert done.stderr == ""
    assert (tmp_path / "code").read_text() == "1\n"
