"""All files or none: what is written, with which rights, and what refuses the whole."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import msgspec
import pytest

from groundplan.errors import StoreError
from groundplan.model.answer import Answer
from groundplan.store import Generation, Workspace
from groundplan.store.digest import sha256

EMPTY = Generation()


def snapshot(root: Path) -> dict[str, bytes | None]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes() if p.is_file() and not p.is_symlink() else None
        for p in sorted(root.rglob("*"))
        if ".groundplan" not in p.parts
    }


def refused(root: Path, changes: dict[str, bytes | None], **more: object) -> StoreError:
    """Apply, and prove that the refusal changed nothing."""
    before = snapshot(root)
    with pytest.raises(StoreError) as told:
        Workspace(root).apply(changes, EMPTY, **more)  # type: ignore[arg-type]  # given by each test
    assert snapshot(root) == before
    assert told.value.fix
    return told.value


def test_files_are_made_replaced_and_removed_with_their_folders(tmp_path):
    workspace = Workspace(tmp_path)
    first = workspace.apply({"a/b/c.tf": b"1", "d.md": b"1", "e/f.tf": b"1"}, EMPTY)
    assert first.written == ("d.md", "groundplan.lock", "a/b/c.tf", "e/f.tf")
    second = workspace.apply({"a/b/c.tf": None, "d.md": b"2", "e/f.tf": b"1"}, EMPTY)
    assert (second.written, second.removed) == (("d.md",), ("a/b/c.tf",))
    assert sorted(snapshot(tmp_path)) == ["d.md", "e", "e/f.tf", "groundplan.lock"]


def test_a_folder_with_somebody_s_file_stays(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.apply({"a/b.tf": b"1"}, EMPTY)
    (tmp_path / "a" / "mine.tf").write_text("mine")
    workspace.apply({"a/b.tf": None}, EMPTY)
    assert (tmp_path / "a" / "mine.tf").read_text() == "mine"


def test_writing_what_is_there_touches_no_file(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.apply({"a/b.tf": b"1"}, EMPTY)
    inode = (tmp_path / "a" / "b.tf").stat().st_ino
    assert workspace.apply({"a/b.tf": b"1", "gone": None}, EMPTY).written == ()
    assert (tmp_path / "a" / "b.tf").stat().st_ino == inode


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(
    ("mask", "plain", "script"), [(0o000, 0o644, 0o755), (0o022, 0o644, 0o755), (0o077, 0o600, 0o700)]
)
def test_rights_follow_the_umask_and_the_state_stays_private(tmp_path, mask, plain, script):
    os.umask(mask)
    Workspace(tmp_path).apply({"a.tf": b"1", "run.sh": b"#!"}, EMPTY, executable=["run.sh"])
    Workspace(tmp_path).set_answer("hosting", Answer("Fly"))
    (tmp_path / "a.tf").chmod(0o664)
    Workspace(tmp_path).apply({"a.tf": b"2", "run.sh": b"#!!"}, EMPTY, executable=["run.sh"], backup=["a.tf"])

    def rights(path: str) -> int:
        return (tmp_path / path).stat().st_mode & 0o777

    assert rights("run.sh") == script and rights("groundplan.lock") == rights("groundplan.toml") == plain
    assert rights("a.tf") == 0o664, "the rights that a person gave stay"
    assert rights(".groundplan") == 0o700 and rights(".groundplan/lock") == 0o600
    assert [p.stat().st_mode & 0o777 for p in (tmp_path / ".groundplan" / "backup").iterdir()] == [0o600]
    assert (tmp_path / ".groundplan" / ".gitignore").read_text() == "*\n"


def test_what_is_replaced_on_request_is_kept_aside(tmp_path):
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text("by hand")
    done = Workspace(tmp_path).apply({"infra/main.tf": b"ours"}, EMPTY, backup=["infra/main.tf", "none"])
    (kept,) = done.backups
    assert (tmp_path / kept).read_text() == "by hand" and kept.endswith("-infra__main.tf")


@pytest.mark.parametrize("path", ["../x", "/etc/x", ".git/config", ".env", "a\nb", "CON", ".groundplan/lock"])
def test_a_path_that_may_not_be_written_refuses_the_whole(tmp_path, path):
    assert refused(tmp_path, {"fine.tf": b"1", path: b"2"}).code == "GP920"


def test_twins_on_disk_refuse_the_whole_before_writing(tmp_path):
    (tmp_path / "Main.tf").write_text("mine")
    (tmp_path / "Infra").mkdir()
    assert refused(tmp_path, {"main.tf": b"1"}).code == "GP920"
    assert refused(tmp_path, {"infra/a.tf": b"1"}).code == "GP920"
    assert refused(tmp_path, {"a.tf": b"1", "A.tf": b"1"}).code == "GP920"


def test_a_renamed_twin_of_our_own_is_no_clash(tmp_path):
    Workspace(tmp_path).apply({"Main.tf": b"1"}, EMPTY)
    Workspace(tmp_path).apply({"Main.tf": None, "main.tf": b"1"}, EMPTY)
    assert sorted(snapshot(tmp_path)) == ["groundplan.lock", "main.tf"]


def test_links_pipes_and_folders_in_the_way_refuse_the_whole(tmp_path):
    root, victim = tmp_path / "app", tmp_path / "app-evil"
    root.mkdir()
    victim.mkdir()
    (victim / "x").write_text("theirs")
    (root / "linked").symlink_to(victim)
    (root / "file.tf").symlink_to(victim / "x")
    (root / "dangling.tf").symlink_to("nowhere")
    (root / "loop.tf").symlink_to("loop.tf")
    os.mkfifo(root / "pipe.tf")
    (root / "folder.tf").mkdir()
    (root / "plain").write_text("x")
    codes = {
        path: refused(root, {"fine.tf": b"1", path: b"2"}).code
        for path in (
            "linked/x",
            "linked/new/y",
            "file.tf",
            "dangling.tf",
            "loop.tf",
            "pipe.tf",
            "folder.tf",
            "plain/x",
        )
    }
    assert codes == {
        "linked/x": "GP921", "linked/new/y": "GP921", "file.tf": "GP921", "dangling.tf": "GP921", "loop.tf": "GP921",
        "pipe.tf": "GP922", "folder.tf": "GP922", "plain/x": "GP922",
    }  # fmt: skip
    assert {p.name: p.read_text() for p in victim.iterdir()} == {"x": "theirs"}


def test_a_hard_link_is_broken_not_written_through(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("theirs")
    root = tmp_path / "app"
    root.mkdir()
    (root / "a.tf").hardlink_to(outside)
    Workspace(root).apply({"a.tf": b"ours"}, EMPTY)
    assert (outside.read_text(), (root / "a.tf").read_text()) == ("theirs", "ours")


@pytest.mark.parametrize("there", [None, b"theirs"])
def test_a_target_that_moved_since_the_plan_refuses_the_whole(tmp_path, there):
    (tmp_path / "b.tf").write_text("planned")
    expected = {"a.tf": None, "b.tf": sha256(b"planned")}
    if there is None:
        (tmp_path / "b.tf").unlink()
    else:
        (tmp_path / "b.tf").write_bytes(there)
    told = refused(tmp_path, {"a.tf": b"1", "b.tf": b"2"}, expected=expected)
    assert told.code == "GP931" and "`b.tf`" in told.message
    if there is not None:
        assert refused(tmp_path, {"a.tf": b"1", "b.tf": None}, expected=expected).code == "GP931"


def test_a_lock_file_that_moved_since_it_was_read_refuses_the_whole(tmp_path):
    slow, fast = Workspace(tmp_path), Workspace(tmp_path)
    slow.load_generation()
    fast.apply({"a.tf": b"1"}, Generation(files={"a.tf": sha256(b"1")}))
    with pytest.raises(StoreError) as told:
        slow.apply({"b.tf": b"2"}, Generation(files={"b.tf": sha256(b"2")}))
    assert told.value.code == "GP931" and "`groundplan.lock`" in told.value.message
    assert not (tmp_path / "b.tf").exists()


def open_to_nobody(folder: Path) -> None:
    """Let every account pass through the private folders that the test runner made, however many."""
    made = takewhile(lambda parent: parent != Path(tempfile.gettempdir()), folder.parents)
    for each in (folder, *made):
        each.chmod(each.stat().st_mode | 0o055)


def as_nobody(work: object) -> int:
    """Run as a user without special rights: root ignores them. Return the exit code."""
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()  # type: ignore[operator]  # given by each test
            os._exit(0)
        except StoreError as told:
            os._exit(42 if told.code == "GP932" and "rights" in told.message else 41)
        except BaseException:
            os._exit(43)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("what", ["folder", "file"])
def test_missing_rights_refuse_the_whole(tmp_path, what):
    open_to_nobody(tmp_path)
    root = tmp_path / "app"
    (root / "infra").mkdir(parents=True)
    (root / "infra" / "a.tf").write_text("old")
    if os.geteuid() == 0:
        for path in (root, root / "infra", root / "infra" / "a.tf"):
            os.chown(path, 65534, 65534)
    (root / "infra" / ("a.tf" if what == "file" else "")).chmod(0o444 if what == "file" else 0o555)
    before = snapshot(root)
    try:
        changes = {"a.md": b"1", "infra/a.tf": b"new", "infra/b.tf": b"new"}
        assert as_nobody(lambda: Workspace(root).apply(changes, EMPTY)) == 42
        assert snapshot(root) == before
    finally:
        (root / "infra").chmod(0o755)


def test_a_project_that_may_not_be_written_can_be_read(tmp_path):
    open_to_nobody(tmp_path)
    root = tmp_path / "app"
    Workspace(root).apply({"a.tf": b"1"}, EMPTY)
    root.chmod(0o555)
    (root / ".groundplan").chmod(0o755)

    def work() -> None:
        workspace = Workspace(root)
        assert workspace.read("a.tf") == b"1" and workspace.load_generation() == (EMPTY, ())

    assert as_nobody(work) == 0
    assert as_nobody(lambda: Workspace(root).set_answer("hosting", Answer("Fly"))) == 42


def limited(limit: int, value: int, work: object) -> int:
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(limit, (value, value))
            work()  # type: ignore[operator]  # given by each test
            os._exit(0)
        except StoreError as told:
            os._exit(42 if told.code == "GP932" and "no room" in told.message else 41)
        except BaseException:
            os._exit(43)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_file_larger_than_allowed_refuses_the_whole(tmp_path):
    Workspace(tmp_path).apply({"a.tf": b"old"}, EMPTY)
    before = snapshot(tmp_path)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    changes = {"a.tf": b"new", "b.tf": b"x" * 100_000}
    assert limited(resource.RLIMIT_FSIZE, 50_000, lambda: Workspace(tmp_path).apply(changes, EMPTY)) == 42
    assert snapshot(tmp_path) == before


def test_few_open_files_are_enough(tmp_path):
    changes = {f"d{i}/e{i}/f.tf": b"1" for i in range(60)}
    used = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else 20
    assert limited(resource.RLIMIT_NOFILE, used + 10, lambda: Workspace(tmp_path).apply(changes, EMPTY)) == 0
    assert len(snapshot(tmp_path)) == 60 * 3 + 1


def test_a_hostile_journal_moves_nothing_out_of_the_project(tmp_path):
    root = tmp_path / "app"
    Workspace(root).apply({"a.tf": b"1"}, EMPTY)
    (tmp_path / "victim").write_text("theirs")
    entry = {
        "path": "../victim",
        "old": sha256(b"theirs"),
        "new": None,
        "temp": "",
        "mode": 420,
        "exact": False,
    }
    for bad in (
        entry,
        entry | {"path": "b", "new": "0" * 64, "temp": "../victim"},
        entry | {"path": ".git/config"},
    ):
        text = msgspec.json.encode({"format_version": 1, "entries": [bad], "folders": []})
        (root / ".groundplan" / "journal.commit").write_bytes(text)
        with pytest.raises(StoreError) as told:
            Workspace(root)
        assert told.value.code == "GP934" and "journal.commit" in told.value.fix
    assert (tmp_path / "victim").read_text() == "theirs"
    (root / ".groundplan" / "journal.commit").unlink()
    (root / ".groundplan" / "journal.prep").write_bytes(b"half a jour")
    assert Workspace(root).recovered.outcome == "undone"


def test_a_person_s_change_between_the_crash_and_the_recovery_stays(tmp_path):
    from groundplan.store import failpoints

    old = {"a.tf": b"old a", "b.tf": b"old b"}
    Workspace(tmp_path).apply(dict(old), EMPTY)
    child = os.fork()
    if child == 0:
        failpoints.arm("committed:1")
        Workspace(tmp_path).apply({"a.tf": b"new a", "b.tf": b"new b", "c.tf": b"new c"}, EMPTY)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137
    (tmp_path / "b.tf").write_text("by hand")
    workspace = Workspace(tmp_path)
    assert workspace.recovered.outcome == "finished" and workspace.recovered.kept == ("b.tf",)
    assert snapshot(tmp_path) | {"groundplan.lock": b""} == {
        "a.tf": b"new a", "b.tf": b"by hand", "c.tf": b"new c", "groundplan.lock": b"",
    }  # fmt: skip
    assert workspace.recover().kept == ("b.tf",), "the outcome stays to be told"
    assert Workspace(tmp_path).recovered.outcome == "nothing"
