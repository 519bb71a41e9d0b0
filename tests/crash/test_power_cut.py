"""The power goes at any moment, and the disk keeps any part of what was not flushed.

The operations of a real apply are recorded; at each cut a disk is made from those that had to be there and a
random choice of the others, and the next start must find one whole generation on it.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from crash import crash_world as world

from groundplan.model.answer import Answer
from groundplan.store import Workspace, disk

Tree = dict[str, "Tree | bytes"]


class Recorder:
    """Stand in for `os` in the disk layer: do each operation, and write down what it was."""

    def __init__(self, root: Path) -> None:
        self.log: list[tuple[object, ...]] = []
        self.files: dict[int, bytes] = {}
        self.folders: dict[int, dict[str, int]] = {}
        self._ids: dict[int, int] = {}
        self.root = self._scan(root)

    def _scan(self, path: Path) -> int:
        number = self._number(path.stat().st_ino)
        if path.is_dir():
            self.folders[number] = {p.name: self._scan(p) for p in sorted(path.iterdir())}
        else:
            self.files[number] = path.read_bytes()
        return number

    def _number(self, inode: int, new: bool = False) -> int:
        """The disk uses the numbers of removed files again; these numbers are used once."""
        if new or inode not in self._ids:
            self._ids[inode] = len(self._ids) + 1000 * len(self.log)
        return self._ids[inode]

    def _of(self, fd: int) -> int:
        return self._number(os.fstat(fd).st_ino)

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    def open(self, path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        fd = os.open(path, flags, mode, dir_fd=dir_fd)
        if flags & os.O_CREAT and dir_fd is not None:
            self.log.append(("file", self._of(dir_fd), path, self._number(os.fstat(fd).st_ino, new=True)))
        return fd

    def write(self, fd: int, content: bytes) -> int:
        done = os.write(fd, content[: max(1, len(content) // 2)])  # a short write, every time
        self.log.append(("data", self._of(fd), bytes(content[:done])))
        return done

    def fsync(self, fd: int) -> None:
        self.log.append(("sync", self._of(fd)))

    def replace(self, source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        moved = self._number(os.stat(source, dir_fd=src_dir_fd).st_ino)
        os.replace(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        self.log.append(("move", self._of(src_dir_fd), source, self._of(dst_dir_fd), target, moved))

    def mkdir(self, name: str, mode: int, *, dir_fd: int) -> None:
        os.mkdir(name, mode, dir_fd=dir_fd)
        made = self._number(os.stat(name, dir_fd=dir_fd).st_ino, new=True)
        self.log.append(("folder", self._of(dir_fd), name, made))

    def unlink(self, name: str, *, dir_fd: int) -> None:
        os.unlink(name, dir_fd=dir_fd)
        self.log.append(("gone", self._of(dir_fd), name))

    def rmdir(self, name: str, *, dir_fd: int) -> None:
        os.rmdir(name, dir_fd=dir_fd)
        self.log.append(("gone", self._of(dir_fd), name))


def folders_of(operation: tuple[object, ...]) -> set[object]:
    return {operation[1], operation[3]} if operation[0] == "move" else {operation[1]}


def perform(folders: dict[int, dict[str, int]], operation: tuple) -> None:
    match operation:
        case ("file" | "folder", at, name, made):
            folders[at][name] = made
        case ("gone", at, name):
            folders[at].pop(name, None)
        case ("move", at, name, to, target, moved):
            folders[at].pop(name, None)
            folders[to][target] = moved


class Platter:
    """What is certainly on the disk, and what still waits in memory."""

    def __init__(self, recorder: Recorder) -> None:
        self.folders = {number: dict(names) for number, names in recorder.folders.items()}
        self.durable = dict(recorder.files)
        self.cached: dict[int, bytes] = {}
        self.waiting: list[tuple] = []

    def take(self, operation: tuple) -> None:
        match operation:
            case ("data", file, content):
                self.cached[file] = self.cached.get(file, b"") + content
            case ("sync", number):
                self.flush(number)
            case _:
                if operation[0] == "folder":
                    self.folders[operation[3]] = {}
                self.waiting.append(operation)

    def flush(self, number: int) -> None:
        if number not in self.folders:
            self.durable[number] = self.cached.get(number, self.durable.get(number, b""))
            return
        for done in [w for w in self.waiting if number in folders_of(w)]:
            perform(self.folders, done)
            self.waiting.remove(done)

    def lose_power(self, keeps: random.Random, share: float) -> None:
        for operation in self.waiting:
            if keeps.random() < share:
                perform(self.folders, operation)
        for file, content in self.cached.items():
            if self.durable.get(file) != content:
                self.durable[file] = content[: int(len(content) * keeps.choice((0, share, 1)))]


def after_the_cut(recorder: Recorder, cut: int, keeps: random.Random, share: float) -> Tree:
    """What the disk holds: everything flushed, and `share` of the rest."""
    platter = Platter(recorder)
    for operation in recorder.log[:cut]:
        platter.take(operation)
    platter.lose_power(keeps, share)
    return grown(recorder.root, platter.folders, platter.durable)


def grown(number: int, folders: dict[int, dict[str, int]], files: dict[int, bytes]) -> Tree:
    return {
        name: grown(below, folders, files) if below in folders else files.get(below, b"")
        for name, below in folders[number].items()
    }


def plant(tree: Tree, at: Path) -> None:
    at.mkdir()
    for name, below in tree.items():
        if isinstance(below, bytes):
            (at / name).write_bytes(below)
        else:
            plant(below, at / name)


def recorded(root: Path, work, monkeypatch) -> Recorder:
    recorder = Recorder(root)
    with monkeypatch.context() as patched:
        patched.setattr(disk, "os", recorder)
        work()
    return recorder


def cuts(recorder: Recorder, tmp_path: Path):
    """Every moment, with nothing, all and two random parts of the unflushed operations kept."""
    keeps = random.Random(7)
    for cut in range(len(recorder.log) + 1):
        for share in (0.0, 0.3, 0.7, 1.0):
            root = tmp_path / "cut"
            plant(after_the_cut(recorder, cut, keeps, share), root)
            yield cut, root
            shutil.rmtree(root)


@pytest.mark.crash
@pytest.mark.parametrize("before", [-1, 0])
def test_a_power_cut_leaves_the_old_or_the_new_generation(tmp_path, monkeypatch, before):
    monkeypatch.setattr(world, "FILES", 7)
    root = tmp_path / "p"
    root.mkdir()
    if before >= 0:
        world.apply(root, -1, before)
    recorder = recorded(root, lambda: world.apply(root, before, before + 1), monkeypatch)
    found = []
    for cut, disk_root in cuts(recorder, tmp_path):
        Workspace(disk_root)
        found.append(world.present(disk_root))
        assert found[-1] in (before, before + 1), f"mixed after operation {cut}: {recorder.log[cut - 1]}"
        assert not [name for name in world.tree(disk_root) if ".groundplan-" in name]
    print(f"cuts={len(found)} old={found.count(before)} new={found.count(before + 1)} mixed=0")
    assert set(found) == {before, before + 1} and found[-1] == before + 1


@pytest.mark.crash
def test_a_power_cut_loses_no_acknowledged_answer(tmp_path, monkeypatch):
    root = tmp_path / "p"
    root.mkdir()
    acknowledged: list[int] = []
    recorder: Recorder

    def work() -> None:
        workspace = Workspace(root)
        for number in range(3):
            workspace.set_answer(f"q{number}", Answer("yes", "answered"))
            acknowledged.append(len(disk.os.log))  # type: ignore[attr-defined]  # the recorder

    recorder = recorded(root, work, monkeypatch)
    for cut, disk_root in cuts(recorder, tmp_path):
        answers, problems = Workspace(disk_root).load_answers()
        assert problems == ()
        there = len(answers.answers) if answers else 0
        assert there >= sum(moment <= cut for moment in acknowledged), f"lost after operation {cut}"
