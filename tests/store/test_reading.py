"""Reading never follows a link, never hangs, and leaves no trace."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from groundplan.errors import StoreError
from groundplan.store import Workspace


def refused(root: Path, path: str) -> StoreError:
    with pytest.raises(StoreError) as told:
        Workspace(root).read(path)
    assert told.value.fix and "`" in told.value.message
    return told.value


def test_a_file_is_read_and_a_missing_one_is_none(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    workspace = Workspace(tmp_path)
    assert workspace.read("docs/a.md") == b"\xef\xbb\xbfa\r\n"
    assert workspace.read("docs/b.md") is workspace.read("nowhere/at/all.md") is None
    assert list(tmp_path.iterdir()) == [tmp_path / "docs"], "reading writes nothing"


def test_a_folder_that_is_not_there_reads_as_empty(tmp_path):
    workspace = Workspace(tmp_path / "new")
    assert workspace.read("a") is None and workspace.load_answers() == (None, ())
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("target", ["/etc/hostname", "real.md", "nowhere", "loop.md", "../outside.md"])
def test_a_link_is_refused_wherever_it_leads(tmp_path, target):
    root = tmp_path / "app"
    root.mkdir()
    (tmp_path / "outside.md").write_text("secret")
    (root / "real.md").write_text("real")
    (root / "loop.md").symlink_to(target)
    assert refused(root, "loop.md").code == "GP921"


def test_a_linked_folder_is_refused_at_any_depth(tmp_path):
    root, victim = tmp_path / "app", tmp_path / "app-evil"
    (victim / "specs").mkdir(parents=True)
    (victim / "specs" / "x.md").write_text("theirs")
    (root / "in").mkdir(parents=True)
    (root / "docs").symlink_to(victim)
    (root / "in" / "docs").symlink_to("../docs")
    assert refused(root, "docs/specs/x.md").code == "GP921"
    assert refused(root, "in/docs/specs/x.md").message == "`in/docs` is a symbolic link"


def test_the_project_folder_itself_may_be_reached_by_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("x")
    (tmp_path / "link").symlink_to("real")
    assert Workspace(tmp_path / "link").read("a") == b"x"


def test_a_folder_a_pipe_and_a_device_are_refused_without_waiting(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path, "folder").code == "GP922"
    assert refused(tmp_path, "pipe").code == "GP922"
    assert refused(tmp_path, "file/below").code == "GP922"
    assert refused(tmp_path, "folder/../folder").code == "GP922"
    with pytest.raises(StoreError) as told:
        Workspace(tmp_path / "file").read("x")
    assert told.value.code == "GP922"


def test_a_file_of_another_size_is_refused(tmp_path):
    with (tmp_path / "big").open("wb") as big:
        big.truncate(33 * 1024 * 1024)
    told = refused(tmp_path, "big")
    assert told.code == "GP923" and "32 MiB" in told.message


STATES = ("folder", "link", "missing")


def put(root, victim, state):
    docs, aside = root / "docs", root / "aside"
    if docs.is_symlink():
        docs.unlink()
    elif docs.exists():
        docs.rename(aside)
    if state == "link":
        docs.symlink_to(victim)
    elif state == "folder":
        aside.rename(docs)


def test_a_folder_that_flips_to_a_link_never_lets_a_reader_out(tmp_path, monkeypatch):
    """Before each look below the root the folder becomes any of three things: every order that a race could give."""
    root, victim = tmp_path / "app", tmp_path / "victim"
    (root / "docs").mkdir(parents=True)
    victim.mkdir()
    (root / "docs" / "a").write_text("ours")
    (victim / "a").write_text("theirs")
    coming = iter(())
    looks = 0

    def flipping(call):
        def flipped(*args, dir_fd=None, **options):
            nonlocal looks
            if dir_fd is not None:
                looks += 1
                state = next(coming, None)
                if state:
                    put(root, victim, state)
            return call(*args, dir_fd=dir_fd, **options)

        return flipped

    monkeypatch.setattr(os, "open", flipping(os.open))
    monkeypatch.setattr(os, "stat", flipping(os.stat))
    seen, most = set(), 0
    for order in itertools.product(STATES, repeat=6):
        coming, looks = iter(order), 0
        try:
            seen.add(Workspace(root).read("docs/a"))
        except StoreError as told:
            seen.add(told.code)
        most = max(most, looks)
    assert seen == {b"ours", None, "GP921", "GP922"}
    assert 4 <= most <= 6


def test_a_link_in_place_of_the_tool_s_own_folder_is_refused(tmp_path):
    root, victim = tmp_path / "app", tmp_path / "victim"
    root.mkdir()
    victim.mkdir()
    (root / ".groundplan").symlink_to(victim)
    with pytest.raises(StoreError) as told:
        Workspace(root)
    assert told.value.code == "GP921"
    assert list(victim.iterdir()) == []
