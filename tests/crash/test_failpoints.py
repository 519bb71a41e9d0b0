"""Every disk operation fails once, one after the other, as SQLite's own I/O error tests do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from crash import crash_world as world

from groundplan.errors import StoreError
from groundplan.model.answer import Answer
from groundplan.store import Workspace, failpoints


@pytest.fixture(autouse=True)
def _small_world(monkeypatch):
    monkeypatch.setattr(world, "FILES", 7)
    yield
    failpoints.arm(None)


def project(tmp_path: Path, name: str, number: int) -> Path:
    root = tmp_path / name
    root.mkdir()
    (root / "notes.txt").write_bytes(b"mine")
    if number >= 0:
        world.apply(root, -1, number)
    return root


def judge(root: Path, before: int, after: int) -> int:
    """Open as the next run would, and return the generation that is there: the old or the new, nothing else."""
    failpoints.arm(None)
    Workspace(root)
    found = world.present(root)
    assert found in (before, after), f"mixed: {sorted(world.tree(root))}"
    assert world.left_over(root) == []
    assert (root / "notes.txt").read_bytes() == b"mine"
    return int(found)


def sweep(tmp_path: Path, before: int, run) -> list[int]:
    """Fail the n-th operation for n = 1, 2 … until a run ends without a failure."""
    found = []
    for n in range(1, 2000):
        root = project(tmp_path, f"p{n}", before)
        if run(root, n):
            return found
        found.append(judge(root, before, before + 1))
    raise AssertionError("the sweep did not end")


@pytest.mark.crash
@pytest.mark.parametrize("before", [-1, 0])
def test_a_kill_at_any_operation_of_an_apply_leaves_the_old_or_the_new_generation(tmp_path, before):
    def run(root: Path, n: int) -> bool:
        def work() -> None:
            failpoints.arm(f"any:{n}")
            world.apply(root, before, before + 1)

        code = world.exit_code(world.forked(work))
        assert code in (0, 137)
        return code == 0

    found = sweep(tmp_path, before, run)
    print(
        f"killed at {len(found)} operations: old={found.count(before)} new={found.count(before + 1)} mixed=0"
    )
    assert {before, before + 1} == set(found)


@pytest.mark.crash
@pytest.mark.parametrize(("error", "lasting"), [("EIO", ""), ("ENOSPC", "+"), ("EACCES", "")])
def test_an_error_at_any_operation_of_an_apply_is_told_and_leaves_one_generation(tmp_path, error, lasting):
    def run(root: Path, n: int) -> bool:
        failpoints.arm(f"any:{n}{lasting}:{error}")
        try:
            world.apply(root, 0, 1)
        except StoreError as told:
            assert told.code in ("GP932", "GP933") and told.fix
            if told.code == "GP932" and not lasting:
                failpoints.arm(None)
                assert world.present(root) == 0, "an error before the decision undoes everything at once"
                assert world.left_over(root) == []
            return False
        done = not failpoints.fired()
        failpoints.arm(None)
        assert world.present(root) == 1
        return done

    assert sweep(tmp_path, 0, run)


@pytest.mark.crash
def test_a_kill_at_any_operation_of_an_undo_leaves_one_generation_and_the_right_steps(tmp_path):
    for n in range(1, 500):
        root = project(tmp_path, f"p{n}", 0)
        world.apply(root, 0, 1)

        def work(root: Path = root, n: int = n) -> None:
            failpoints.arm(f"any:{n}")
            workspace = Workspace(root)
            workspace.take(workspace.steps()[0])

        code = world.exit_code(world.forked(work))
        found = judge(root, 0, 1)
        steps = [len(Workspace(root).steps(kind)) for kind in ("undo", "redo")]
        assert steps == ([2, 0] if found == 1 else [1, 1])
        if code == 0:
            assert found == 0
            return
    raise AssertionError("the sweep did not end")


@pytest.mark.crash
@pytest.mark.parametrize("name", failpoints.NAMES)
def test_every_named_failpoint_is_reached_and_survived(tmp_path, name):
    root = project(tmp_path, "p", 0)

    def work() -> None:
        failpoints.arm(f"{name}:1")
        world.apply(root, 0, 1)

    assert world.exit_code(world.forked(work)) == 137, f"no operation passes `{name}`"
    judge(root, 0, 1)


@pytest.mark.crash
def test_a_kill_at_any_operation_of_a_recovery_is_recovered_too(tmp_path):
    for point in ("staged:1", "committed:1", "replace:9"):
        for n in range(1, 500):
            root = project(tmp_path, f"{point.replace(':', '')}-{n}", 0)

            def interrupted(root: Path = root, point: str = point) -> None:
                failpoints.arm(point)
                world.apply(root, 0, 1)

            def recovering(root: Path = root, n: int = n) -> None:
                failpoints.arm(f"any:{n}")
                Workspace(root)

            assert world.exit_code(world.forked(interrupted)) == 137
            code = world.exit_code(world.forked(recovering))
            judge(root, 0, 1)
            if code == 0:
                break


@pytest.mark.crash
def test_a_failure_at_any_operation_of_a_save_keeps_every_answer_that_was_acknowledged(tmp_path):
    for n in range(1, 200):
        root = tmp_path / f"p{n}"
        Workspace(root).set_answer("hosting", Answer("Fly.io", "answered"))
        failpoints.arm(f"any:{n}:ENOSPC")
        try:
            Workspace(root).set_answer("regions", Answer("Frankfurt", "answered"))
        except StoreError as told:
            failpoints.arm(None)
            assert told.code == "GP932"
            assert saved(root) in ({"hosting": "Fly.io"}, {"hosting": "Fly.io", "regions": "Frankfurt"})
            assert world.left_over(root) == []
            continue
        survived = failpoints.fired()  # a refusal after the decision: the save was finished all the same
        failpoints.arm(None)
        assert saved(root) == {"hosting": "Fly.io", "regions": "Frankfurt"}
        assert world.left_over(root) == []
        if not survived:
            break
    assert n > 5


def saved(root: Path) -> dict[str, str]:
    answers, problems = Workspace(root).load_answers()
    assert answers and not problems
    return {key: answer.text for key, answer in answers.answers.items()}


def test_the_environment_arms_a_failpoint_at_import(tmp_path):
    root = project(tmp_path, "p", 0)
    script = (
        "import sys; from crash import crash_world as w; from pathlib import Path; "
        "w.FILES = 7; w.apply(Path(sys.argv[1]), 0, 1)"
    )
    env = os.environ | {"GROUNDPLAN_FAILPOINT": "committed:1", "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", script, str(root)], env=env, check=False)
    assert done.returncode == 137
    assert judge(root, 0, 1) == 1


@pytest.mark.parametrize(
    "spec", ["", "write", "write:", "write:x", "nothing:1", "write:1:ENOSUCH", ":::", "²:²"]
)
def test_a_malformed_failpoint_is_none(spec):
    failpoints.arm(spec)
    assert not failpoints.armed()
