"""Generated code: which side moved, what an apply then does, and what `check` says."""

from __future__ import annotations

import subprocess

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.drift import Changes, drift, plan_changes, unified_diff
from groundplan.model.files import File
from groundplan.model.spec import SectionFill
from groundplan.store import Generation, Workspace
from groundplan.store.digest import sha256

PATH = "infra/main.tf"


class Compiled(msgspec.Struct, frozen=True):
    files: tuple[File, ...] = ()
    sections: tuple[SectionFill, ...] = ()


def plan(disk: str | None, known: str | None, new: str | None, overwrite: bool = False) -> Changes:
    files = [File(path="fly.toml", content="same\n", kind="script")]
    files += [File(path=PATH, content=new)] if new is not None else []
    tree = {"fly.toml": b"same\n"} | ({PATH: disk.encode()} if disk is not None else {})
    generation = Generation(files={PATH: sha256(known.encode())} if known is not None else {})
    return plan_changes(Compiled(tuple(files)), tree.get, generation, {PATH} if overwrite else set())


CASES = [
    # on disk, last written, compiled now, state, apply refuses or tells, check says
    (None, None, "a\n", "new", [], ["GP811"]),
    ("a\n", "a\n", "a\n", "same", [], []),
    ("a\n", None, "a\n", "same", [], []),
    ("a\n", "b\n", "a\n", "same", [], []),
    ("a\r\n", "a\n", "a\n", "same", [], []),
    ("a\n", "a\n", "b\n", "updated", [], ["GP811"]),
    ("a\r\n", "a\n", "b\n", "updated", [], ["GP811"]),
    ("mine\n", "a\n", "a\n", "changed_by_person", ["GP801"], ["GP814"]),
    ("mine\n", "a\n", "b\n", "changed_by_person", ["GP801"], ["GP814"]),
    ("mine\n", None, "a\n", "foreign", ["GP802"], ["GP816"]),
    (None, "a\n", "a\n", "deleted_by_person", [], ["GP815"]),
    (None, "a\n", "b\n", "deleted_by_person", [], ["GP815"]),
    ("a\n", "a\n", None, "stale", [], ["GP811"]),
    ("mine\n", "a\n", None, "let_go", ["GP803"], []),
    (None, "a\n", None, "let_go", [], []),
]


@pytest.mark.parametrize(("disk", "known", "new", "state", "told", "checked"), CASES)
def test_the_side_that_moved_is_named(disk, known, new, state, told, checked):
    changes = plan(disk, known, new)
    assert {c.path: c.state for c in changes.files}[PATH] == state
    assert [d.code for d in changes.diagnostics] == told
    assert [d.code for d in drift(changes)] == ([*checked] if state == "new" else checked)
    for d in (*changes.diagnostics, *drift(changes)):
        assert d.where and d.where.path == PATH and d.why and d.fix and f"`{PATH}`" in d.message


def test_a_person_s_file_is_never_among_the_writes():
    for disk, known, new, state, *_ in CASES:
        writes = plan(disk, known, new).writes
        if state in ("changed_by_person", "foreign", "let_go", "same"):
            assert PATH not in writes
        else:
            assert writes[PATH] == (None if new is None else new.encode())


@pytest.mark.parametrize("known", ["a\n", None])
def test_overwriting_on_request_keeps_the_person_s_file_aside(known):
    changes = plan("mine\n", known, "b\n", overwrite=True)
    assert changes.diagnostics == () and changes.writes == {PATH: b"b\n"} and changes.backup == (PATH,)
    assert changes.generation.files[PATH] == sha256(b"b\n")


def test_overwriting_what_is_ours_needs_no_backup():
    assert plan("a\n", "a\n", "b\n", overwrite=True).backup == ()


def test_a_refused_file_keeps_its_place_in_the_lock():
    assert plan("mine\n", "a\n", "b\n").generation.files[PATH] == sha256(b"a\n")
    assert PATH not in plan("mine\n", None, "b\n").generation.files


def test_a_compilation_without_code_removes_nothing():
    generation = Generation(files={PATH: sha256(b"a\n")})
    changes = plan_changes(Compiled(), {PATH: b"a\n"}.get, generation)
    assert changes.writes == {} and changes.generation == generation and drift(changes) == ()


def test_many_files_behind_the_answers_are_one_finding():
    files = tuple(File(path=f"infra/f{i}.tf", content="x\n") for i in range(9))
    (told,) = drift(plan_changes(Compiled(files), {}.get, Generation()))
    assert (
        told.message.endswith("`infra/f2.tf` and 6 more") and told.fix and told.fix.text == "groundplan apply"
    )


def test_scripts_are_made_executable():
    assert plan("a\n", "a\n", "a\n").executable == {"fly.toml"}


TEXTS = st.sampled_from([None, "a\n", "b\n", "a\r\n", "mine\n", ""])


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_after_an_apply_there_is_no_drift(disk, known, new, overwrite):
    changes = plan(disk, known, new, overwrite)
    if any(d.severity == "error" for d in changes.diagnostics):
        return
    tree = {"fly.toml": b"same\n"} | ({PATH: disk.encode()} if disk is not None else {}) | changes.writes
    files = [File(path="fly.toml", content="same\n", kind="script")]
    files += [File(path=PATH, content=new)] if new is not None else []
    again = plan_changes(Compiled(tuple(files)), tree.get, changes.generation)
    assert (again.writes, again.diagnostics, drift(again), again.generation) == (
        {},
        (),
        (),
        changes.generation,
    )


TEXT = st.text(alphabet="ab\n\r\u2028é", max_size=12)


@given(st.none() | TEXT, st.none() | TEXT)
def test_the_diff_names_both_sides(before, new):
    changes = plan(before, before, new)
    text = unified_diff(changes)
    assert bool(text) == (PATH in changes.writes and (before or "") != (new or ""))
    if text:
        assert text.startswith(f"--- {'/dev/null' if before is None else 'a/' + PATH}\n")
        assert f"\n+++ {'/dev/null' if new is None else 'b/' + PATH}\n" in text


DIFFS = [
    ("a\nb\n", "a\nc\n"),
    ("a\nb", "a\nc\n"),
    ("a\n", "a"),
    ("", "x\n"),
    ("é\u2028x\ny\n", "é\u2028z\ny\n"),
]


@pytest.mark.parametrize(("before", "after"), DIFFS)
def test_git_applies_the_diff(tmp_path, before, after):
    changes = plan(before, before, after)
    (tmp_path / "infra").mkdir()
    (tmp_path / PATH).write_bytes(before.encode())
    (tmp_path / "x.diff").write_bytes(unified_diff(changes).encode())
    subprocess.run(
        ["git", "apply", "--unsafe-paths", "x.diff"], cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin"}
    )
    assert (tmp_path / PATH).read_bytes() == after.encode()


def test_planned_applied_and_checked_through_the_store(tmp_path):
    def compiled(text: str, *more: str) -> Compiled:
        files = (File(path=PATH, content=text), *(File(path=p, content="x\n", kind="script") for p in more))
        return Compiled(files)

    def apply(what: Compiled, overwrite: frozenset[str] = frozenset()) -> Changes:
        workspace = Workspace(tmp_path)
        generation, problems = workspace.load_generation()
        changes = plan_changes(what, workspace.read, generation, overwrite)
        assert problems == ()
        if not changes.diagnostics:
            workspace.apply(
                changes.writes, changes.generation, changes.expected, changes.executable, changes.backup
            )
        return changes

    apply(compiled("1\n", "infra/run.sh"))
    assert (tmp_path / "infra" / "run.sh").stat().st_mode & 0o111
    apply(compiled("2\n"))
    assert (tmp_path / PATH).read_text() == "2\n" and not (tmp_path / "infra" / "run.sh").exists()
    (tmp_path / PATH).write_text("mine\n")
    assert [d.code for d in apply(compiled("3\n")).diagnostics] == ["GP801"]
    assert (tmp_path / PATH).read_text() == "mine\n"
    apply(compiled("3\n"), frozenset({PATH}))
    assert (tmp_path / PATH).read_text() == "3\n"
    assert [p.read_text() for p in (tmp_path / ".groundplan" / "backup").iterdir()] == ["mine\n"]
    assert drift(apply(compiled("3\n"))) == ()
