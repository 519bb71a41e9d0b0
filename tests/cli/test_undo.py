"""`groundplan undo`: what it shows, asks and refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_world import groundplan

from groundplan.store import Workspace
from groundplan.store.history import KEPT

EXAMPLE = Path(__file__).parents[2] / "examples" / "ticket-desk" / "groundplan.toml"
DOCUMENT = "docs/specs/codebase_spec.md"


@pytest.fixture
def project(tmp_path):
    shutil.copy(EXAMPLE, tmp_path / "groundplan.toml")
    document = tmp_path / DOCUMENT
    document.parent.mkdir(parents=True)
    document.write_text("# Code\r\n\r\nMine.\r\n\r\n## Infrastructure\r\n- **Regions:** ___\r\n", newline="")
    return tmp_path


def tree(root: Path) -> dict[str, bytes]:
    files = (p for p in root.rglob("*") if p.is_file() and ".groundplan" not in p.parts)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


def run(project: Path, *args: str):
    return groundplan(*args, "-C", str(project))


def test_apply_then_undo_is_the_identity(project):
    before = tree(project)
    assert run(project, "apply", "--yes").code == 0
    after = tree(project)
    assert after != before
    done = run(project, "undo", "--yes")
    assert (done.code, tree(project)) == (0, before)
    assert f"{DOCUMENT}" in done.out and "undo --redo" in done.err
    assert run(project, "undo", "--redo", "--yes").code == 0
    assert tree(project) == after


def test_each_command_is_one_step(project):
    states = [tree(project)]
    steps = (
        ("accept", "GP403", "--because", "known"),
        ("change", "scaling.max_instances", "8"),
        ("apply", "--yes"),
    )
    for step in steps:
        assert run(project, *step).code == 0
        states.append(tree(project))
    listed = run(project, "undo", "--list").out.splitlines()
    assert [line.split()[2] for line in listed] == ["apply", "change", "accept"]
    for expected in reversed(states[:-1]):
        assert run(project, "undo", "--yes").code == 0
        assert tree(project) == expected
    assert "GP973" in run(project, "undo", "--yes").err


def test_the_preview_writes_nothing(project):
    run(project, "apply", "--yes")
    before = tree(project)
    assert "put back" in run(project, "undo", "--dry-run").out
    assert "-- **Regions:**" in run(project, "undo", "--diff").out
    done = run(project, "undo", "--no-input")
    assert done.code == 3 and "GP964" in done.err
    assert tree(project) == before


def test_an_edit_since_is_refused_by_name_and_kept_on_request(project):
    before = tree(project)
    run(project, "apply", "--yes")
    document = project / DOCUMENT
    edited = document.read_bytes() + b"One more line.\r\n"
    document.write_bytes(edited)
    after = tree(project)
    done = run(project, "undo", "--yes")
    assert done.code == 1 and "GP974" in done.err and f"--overwrite {DOCUMENT}" in done.err
    assert tree(project) == after
    assert run(project, "undo", "--dry-run").code == 1
    said = run(project, "undo", "--yes", "--json", "--overwrite", DOCUMENT).json
    assert tree(project) == before
    assert said["step"] == "apply"
    assert [(project / path).read_bytes() for path in said["backups"]] == [edited]


def test_the_list_says_where_it_ends(project):
    for number in range(KEPT):
        assert "no longer kept" not in run(project, "undo", "--list").err
        workspace = Workspace(project)
        workspace.apply({"notes.md": b"%d" % number}, workspace.load_generation()[0])
    assert "the last 20" in run(project, "undo", "--list").err


def test_json_lists_the_steps(project):
    run(project, "accept", "GP403", "--because", "known")
    rows = run(project, "undo", "--list", "--json").json["steps"]
    assert [(r["step"], r["files"]) for r in rows] == [("accept", ["groundplan.toml"])]


@pytest.mark.parametrize("args", [(), ("--redo",), ("--diff",)])
def test_nothing_to_take_back_is_said(project, args):
    done = run(project, "undo", *args)
    assert done.code == 2 and "GP973" in done.err
