"""The examples are whole projects: answers, and every file that they compile to, byte for byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from groundplan.detectors import detectors

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(p.parent.name for p in EXAMPLES.glob("*/groundplan.toml"))


def groundplan(*args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "groundplan", *args],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=env,
    )


def files(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): p.read_text(encoding="utf-8")
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".groundplan" not in p.parts
    }


def copy_inputs(example: Path, project: Path) -> None:
    """The answers, and the files of an application where the example has one."""
    shown = {path for detector in detectors() for path in detector.paths}
    for path in ("groundplan.toml", *sorted(shown)):
        if (example / path).is_file():
            shutil.copy(example / path, project)


def test_there_are_enough_examples():
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_example_is_what_its_answers_compile_to(name: str, tmp_path: Path, request: pytest.FixtureRequest):
    project = tmp_path / name
    project.mkdir()
    copy_inputs(EXAMPLES / name, project)
    done = groundplan("apply", "--project", str(project), "--yes")
    assert done.returncode == 0, done.stderr
    review = groundplan("review", "--project", str(project), "--plain")
    assert review.returncode == 0, review.stderr
    (project / "review.txt").write_text(review.stdout, encoding="utf-8")
    if request.config.getoption("--update-golden"):
        shutil.rmtree(EXAMPLES / name)
        shutil.copytree(project, EXAMPLES / name, ignore=shutil.ignore_patterns(".groundplan"))
    assert files(project) == files(EXAMPLES / name)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_apply_changes_nothing_and_check_is_clean(name: str, tmp_path: Path):
    project = tmp_path / name
    shutil.copytree(EXAMPLES / name, project)
    before = files(project)
    done = groundplan("apply", "--project", str(project), "--yes")
    assert done.returncode == 0, done.stderr
    assert files(project) == before
    checked = groundplan("check", "--project", str(project))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", NAMES)
def test_filling_keeps_every_word_a_person_added(name: str, tmp_path: Path):
    project = tmp_path / name
    shutil.copytree(EXAMPLES / name, project)
    note = "\n## Notes of the team\n\nAsk Priya before you touch the balancer.\n"
    spec = project / "docs/specs/codebase_spec.md"
    spec.write_text(spec.read_text(encoding="utf-8") + note, encoding="utf-8")
    done = groundplan("apply", "--project", str(project), "--yes")
    assert done.returncode == 0, done.stderr
    assert spec.read_text(encoding="utf-8").endswith(note)
