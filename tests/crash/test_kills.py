"""Processes are killed at random moments; what they acknowledged is there, and no generation is mixed."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from crash import crash_world as world

from groundplan.model.answer import Answer
from groundplan.store import Workspace

ROUNDS = 200
LONGEST_S = 0.03
SAVES = 4
"""How many answers the longest life of a process is enough for, on a machine of any speed."""
KEYS = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")


def kill_within(child: int, chance: random.Random, longest_s: float = LONGEST_S) -> None:
    time.sleep(chance.random() * longest_s)
    os.kill(child, signal.SIGKILL)
    assert world.exit_code(child) == -signal.SIGKILL


@pytest.mark.crash
def test_killing_an_apply_leaves_one_whole_generation(tmp_path):
    chance = random.Random(20)
    torn = mixed = left = finished = undone = 0
    number = 0
    world.apply(tmp_path, -1, number)
    for _ in range(ROUNDS):

        def work(start: int = number) -> None:
            for n in range(start, start + 1000):
                world.apply(tmp_path, n, n + 1)

        kill_within(world.forked(work), chance)
        outcome = Workspace(tmp_path).recovered.outcome
        finished += outcome == "finished"
        undone += outcome == "undone"
        found = world.present(tmp_path)
        left += len(world.left_over(tmp_path))
        torn += any(not c.endswith(b"\n") for p, c in world.tree(tmp_path).items() if not p.endswith("/"))
        mixed += found is None
        assert found is not None
        number = found
    print(f"kills={ROUNDS} torn={torn} mixed={mixed} left_over={left} finished={finished} undone={undone}")
    assert (torn, mixed, left) == (0, 0, 0)
    assert finished > 0 and undone > 0, "the kills must fall on both sides of the decision"


def one_save_s(project: Path) -> float:
    """What one answer takes from the fork to the disk, here and now: the median of nine."""
    took = []
    for n in range(9):
        started = time.perf_counter()
        world.exit_code(
            world.forked(lambda n=n: Workspace(project).set_answer("hosting", Answer(f"{n}", "answered")))
        )
        took.append(time.perf_counter() - started)
    return sorted(took)[4]


@pytest.mark.crash
def test_killing_an_interview_loses_no_acknowledged_answer(tmp_path):
    import tomlkit  # noqa: F401  # loaded before the fork, so that the kills fall on saving

    chance = random.Random(21)
    lost = torn = acknowledged = 0
    number = 0
    path = tmp_path / "groundplan.toml"
    path.write_text('# our notes\n[project]\nname = "orders" # mine\n', encoding="utf-8")
    longest_s = max(LONGEST_S, SAVES * one_save_s(tmp_path))
    for _ in range(ROUNDS):
        read_end, write_end = os.pipe()

        def work(start: int = number, out: int = write_end) -> None:
            workspace = Workspace(tmp_path)
            for n in range(start, start + 100_000):
                workspace.set_answer(KEYS[n % 6], Answer(f"answer {n}", "answered"))
                os.write(out, f"{n}\n".encode())

        child = world.forked(work)
        os.close(write_end)
        kill_within(child, chance, longest_s)
        with os.fdopen(read_end, encoding="ascii") as acks:
            told = [int(line) for line in acks if line.endswith("\n")]
        answers, problems = Workspace(tmp_path).load_answers()
        torn += (
            bool(problems)
            or answers is None
            or not path.read_text(encoding="utf-8").startswith("# our notes")
        )
        number = max(told, default=number - 1) + 1
        acknowledged += len(told)
        assert answers is not None
        lost += sum(not _kept(answers.answers.get(KEYS[n % 6]), n) for n in range(max(0, number - 6), number))
        assert world.left_over(tmp_path) == []
    print(f"kills={ROUNDS} acknowledged={acknowledged} lost={lost} torn={torn}")
    assert (lost, torn) == (0, 0)
    assert acknowledged > ROUNDS


def _kept(answer: Answer | None, number: int) -> bool:
    """The acknowledged answer, or the one that replaced it just before the kill."""
    return answer is not None and answer.text in (f"answer {number}", f"answer {number + 6}")
