"""One writer at a time, and nobody waits for the dead."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from groundplan.errors import StoreError
from groundplan.model.answer import Answer
from groundplan.store import Generation, Workspace
from groundplan.store.digest import sha256


def hold(root: Path) -> int:
    """Start a process that keeps the lock until it is killed; return its id once it has it."""
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        with Workspace(root)._writing("."):
            os.write(told, b"x")
            signal.pause()
        os._exit(0)
    os.read(ready, 1)
    return child


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def wait_for(children: list[int]) -> list[int]:
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_a_second_writer_is_told_who_writes_within_two_seconds(tmp_path):
    holder = hold(tmp_path)
    try:
        started = time.monotonic()
        with pytest.raises(StoreError) as told:
            Workspace(tmp_path).apply({"a": b"1"}, Generation())
        assert time.monotonic() - started < 2
        assert told.value.code == "GP930" and f"process {holder} on " in told.value.message
        assert Workspace(tmp_path).read("a") is None, "reading needs no lock"
    finally:
        end(holder)


def test_a_killed_holder_blocks_nobody(tmp_path):
    end(hold(tmp_path))
    started = time.monotonic()
    Workspace(tmp_path).apply({"a": b"1"}, Generation())
    assert time.monotonic() - started < 0.5


def test_eight_processes_that_find_the_lock_taken_all_say_so(tmp_path):
    holder = hold(tmp_path)
    children = []
    for _ in range(8):
        child = os.fork()
        if child == 0:
            started = time.monotonic()
            try:
                Workspace(tmp_path).apply({"a": b"1"}, Generation())
            except StoreError as told:
                in_time = time.monotonic() - started < 2.5
                os._exit(0 if in_time and str(holder) in told.message else 2)
            os._exit(1)
        children.append(child)
    assert wait_for(children) == [0] * 8
    end(holder)
    assert not (tmp_path / "a").exists()


def test_eight_processes_that_apply_the_same_give_what_one_gives(tmp_path):
    changes = {f"infra/f{i}.tf": b"x" * i for i in range(10)}
    lock = Generation(files={path: sha256(content) for path, content in changes.items()})
    children = []
    for _ in range(8):
        child = os.fork()
        if child == 0:
            workspace = Workspace(tmp_path)
            workspace.load_generation()
            try:
                workspace.apply(changes, lock, dict.fromkeys(changes))
            except StoreError as told:
                os._exit(3 if told.code == "GP930" else 1)
            os._exit(0)
        children.append(child)
    codes = wait_for(children)
    assert set(codes) <= {0, 3} and 0 in codes
    assert {p.name: p.read_bytes() for p in (tmp_path / "infra").iterdir()} == {
        f"f{i}.tf": b"x" * i for i in range(10)
    }
    assert Workspace(tmp_path).load_generation() == (lock, ())


def test_eight_processes_that_answer_lose_no_answer(tmp_path):
    import tomlkit  # noqa: F401  # loaded once, before the forks

    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            workspace = Workspace(tmp_path, wait_s=20)
            for i in range(5):
                workspace.set_answer(f"q{number}-{i}", Answer("yes", "answered"))
            os._exit(0)
        children.append(child)
    assert wait_for(children) == [0] * 8
    answers, problems = Workspace(tmp_path).load_answers()
    assert problems == () and answers is not None and len(answers.answers) == 40


def test_a_removed_lock_file_is_noticed(tmp_path):
    holder = hold(tmp_path)
    try:
        (tmp_path / ".groundplan" / "lock").unlink()
        Workspace(tmp_path).apply({"a": b"1"}, Generation())
        assert (tmp_path / "a").read_bytes() == b"1"
    finally:
        end(holder)
