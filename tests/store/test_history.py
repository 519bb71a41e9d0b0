"""Taking back what was written: byte for byte, all or nothing, and never over a person's edit."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.errors import StoreError
from groundplan.model.answer import Answer, Ignore
from groundplan.store import Generation, Workspace
from groundplan.store.digest import sha256
from groundplan.store.history import KEPT

EMPTY = Generation()
PATHS = ("a.md", "docs/b.md", "docs/deep/c.md", "infra/d.tf", "infra/run.sh")
trees = st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=40))


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        p.relative_to(root).as_posix(): (p.read_bytes(), p.stat().st_mode)
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".groundplan" not in p.parts
    }


def apply(root: Path, tree: dict[str, bytes], executable: frozenset[str] = frozenset()) -> None:
    changes: dict[str, bytes | None] = {**dict.fromkeys(PATHS), **tree}
    files = {path: sha256(content) for path, content in tree.items()}
    Workspace(root).apply(changes, Generation(files=files), executable=executable)


def undo(root: Path) -> bool:
    workspace = Workspace(root)
    steps = workspace.steps()
    if steps:
        workspace.take(steps[0])
    return bool(steps)


@settings(deadline=None, max_examples=60)
@given(st.lists(trees, min_size=1, max_size=4), st.booleans())
def test_every_step_back_is_the_identity_on_bytes_and_rights(generations, script):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        seen = [snapshot(root)]
        for tree in generations:
            apply(root, tree, frozenset({"infra/run.sh"} if script else ()))
            if snapshot(root) != seen[-1]:
                seen.append(snapshot(root))
        for expected in reversed(seen[:-1]):
            assert undo(root)
            assert snapshot(root) == expected
        assert not undo(root)
        for expected in seen[1:]:
            workspace = Workspace(root)
            workspace.take(workspace.steps("redo")[0])
            assert snapshot(root) == expected


def test_a_private_file_is_private_again(tmp_path):
    (tmp_path / "a.md").write_bytes(b"mine")
    (tmp_path / "a.md").chmod(0o600)
    before = snapshot(tmp_path)
    apply(tmp_path, {})
    assert "a.md" not in snapshot(tmp_path)
    undo(tmp_path)
    assert snapshot(tmp_path) == before


def test_an_answer_and_an_acceptance_are_steps(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.set_answer("hosting", Answer("Fly.io", "answered"))
    workspace.set_ignores((Ignore(code="GP403", because="known"),))
    assert [past.step.what for past in workspace.steps()] == ["accept", "change"]
    undo(tmp_path)
    answers, _ = workspace.load_answers()
    assert answers and answers.ignores == () and answers.answers["hosting"].text == "Fly.io"
    undo(tmp_path)
    assert not (tmp_path / "groundplan.toml").exists()


@pytest.mark.parametrize("edit", [b"an edit", b"", None])
def test_an_edit_since_refuses_the_whole(tmp_path, edit):
    apply(tmp_path, {"a.md": b"old", "docs/b.md": b"old"})
    apply(tmp_path, {"a.md": b"new", "docs/b.md": b"new"})
    target = tmp_path / "docs/b.md"
    target.unlink() if edit is None else target.write_bytes(edit)
    before = snapshot(tmp_path)
    workspace = Workspace(tmp_path)
    past = workspace.steps()[0]
    assert past.edited(workspace.read) == ("docs/b.md",)
    with pytest.raises(StoreError) as told:
        workspace.take(past)
    assert told.value.code == "GP931" and snapshot(tmp_path) == before
    assert workspace.steps()[0].name == past.name


def test_an_edit_that_is_named_is_kept_aside(tmp_path):
    apply(tmp_path, {"a.md": b"old"})
    apply(tmp_path, {"a.md": b"new"})
    (tmp_path / "a.md").write_bytes(b"an edit")
    workspace = Workspace(tmp_path)
    kept = workspace.take(workspace.steps()[0], ("a.md",)).backups
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert [(tmp_path / path).read_bytes() for path in kept] == [b"an edit"]


def test_what_was_put_back_by_hand_is_no_edit(tmp_path):
    apply(tmp_path, {"a.md": b"old", "docs/b.md": b"old"})
    before = snapshot(tmp_path)
    apply(tmp_path, {"a.md": b"new", "docs/b.md": b"new"})
    (tmp_path / "a.md").write_bytes(b"old")
    undo(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_step_that_was_put_back_whole_is_over(tmp_path):
    workspace = Workspace(tmp_path)
    workspace.apply({"a.md": b"old"}, EMPTY)
    workspace.apply({"a.md": b"new"}, EMPTY)
    (tmp_path / "a.md").write_bytes(b"old")
    undo(tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"old" and len(workspace.steps()) == 1


def test_something_new_ends_the_way_forward(tmp_path):
    apply(tmp_path, {"a.md": b"1"})
    undo(tmp_path)
    assert Workspace(tmp_path).steps("redo")
    apply(tmp_path, {"a.md": b"2"})
    assert not Workspace(tmp_path).steps("redo")


def test_the_steps_that_are_kept_have_a_limit(tmp_path):
    for number in range(KEPT + 5):
        apply(tmp_path, {"a.md": b"%d" % number})
    assert len(Workspace(tmp_path).steps()) == KEPT
    while undo(tmp_path):
        pass
    assert (tmp_path / "a.md").read_bytes() == b"4"


def test_a_refused_write_leaves_no_step(tmp_path):
    with pytest.raises(StoreError):
        Workspace(tmp_path).apply({"../a.md": b"x"}, EMPTY)
    assert Workspace(tmp_path).steps() == ()


def test_a_step_that_another_command_overtook_is_not_taken(tmp_path):
    apply(tmp_path, {"a.md": b"1"})
    past = Workspace(tmp_path).steps()[0]
    apply(tmp_path, {"a.md": b"2"})
    with pytest.raises(StoreError) as told:
        Workspace(tmp_path).take(past)
    assert told.value.code == "GP931"


DAMAGED = (
    b"",
    b"{",
    b'{"what": "apply", "files": [], "format_version": 9}',
    b'{"what": "apply", "files": [{"path": "../../etc/x", "content": null, "new": null}]}',
    b'{"what": "apply", "files": [{"path": ".git/config", "content": "eA==", "new": null}]}',
)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_record_is_told_and_takes_nothing_back(tmp_path, content):
    apply(tmp_path, {"a.md": b"1"})
    record = tmp_path / ".groundplan/undo/000001.json"
    record.write_bytes(content)
    before = snapshot(tmp_path)
    with pytest.raises(StoreError) as told:
        Workspace(tmp_path).steps()
    assert told.value.code == "GP942" and snapshot(tmp_path) == before and record.exists()
