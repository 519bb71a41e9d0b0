"""Documents that cannot be read, written or trusted: one coded finding, and every byte on the disk as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from groundplan.__main__ import run
from groundplan.store import Workspace

SPEC = "docs/specs/codebase_spec.md"
TEXT = b"# Codebase\n\n## Infrastructure\n\n- **Provider:** TBD\n"
ANSWERS = """[project]
name = "orders"

[answers]
hosting = "Fly.io"
regions = "Frankfurt"
scaling = "2 to 4 instances, 1 GB each, more when CPU > 70%"
monitoring = "Fly.io metrics, email for downtime"
budget = "$100 a month, alert at 80%"
iac = "fly.toml in the repo"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs/specs").mkdir(parents=True)
    (tmp_path / SPEC).write_bytes(TEXT)
    (tmp_path / "groundplan.toml").write_text(ANSWERS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(project: Path) -> dict[str, bytes]:
    return {
        str(p): p.read_bytes() for p in project.rglob("*") if p.is_file() and ".groundplan" not in p.parts
    }


def utf16(project: Path) -> None:
    (project / SPEC).write_bytes("# Codebase\n".encode("utf-16"))


def latin1(project: Path) -> None:
    (project / SPEC).write_bytes("# Köder\n".encode("latin-1"))


def link(project: Path) -> None:
    (project / "elsewhere.md").write_bytes(TEXT)
    (project / SPEC).unlink()
    (project / SPEC).symlink_to(project / "elsewhere.md")


def linked_folder(project: Path) -> None:
    (project / "docs").rename(project / "other")
    (project / "docs").symlink_to(project / "other")


def folder(project: Path) -> None:
    (project / SPEC).unlink()
    (project / SPEC).mkdir()


def damaged_lock(project: Path) -> None:
    (project / "groundplan.lock").write_text('{"format_version": 1, "files"')


def newer_lock(project: Path) -> None:
    (project / "groundplan.lock").write_text('{"format_version": 99}')


CASES = [
    (utf16, "GP703", 1), (latin1, "GP703", 1), (link, "GP921", 4), (linked_folder, "GP921", 4), (folder, "GP922", 4),
    (damaged_lock, "GP940", 1), (newer_lock, "GP941", 1),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "ends"), CASES, ids=lambda c: getattr(c, "__name__", c))
def test_trouble_is_one_coded_finding(
    project: Path, capsys: pytest.CaptureFixture[str], spoil, code: str, ends: int
) -> None:
    spoil(project)
    before = state(project)
    for command in ("apply --yes", "apply --dry-run"):
        assert run(command.split()) == ends, command
        told = capsys.readouterr()
        assert code in told.err + told.out and "Traceback" not in told.err
    assert state(project) == before


def test_a_document_that_changes_between_reading_and_writing_is_not_overwritten(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Workspace.apply

    def late(self: Workspace, *args: object, **more: object) -> object:
        (project / SPEC).write_bytes(TEXT + b"\nA colleague was faster.\n")
        return real(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Workspace, "apply", late)
    assert run(["apply", "--yes"]) == 4
    assert "GP931" in capsys.readouterr().err
    assert (project / SPEC).read_bytes().endswith(b"A colleague was faster.\n")
    assert not (project / "fly.toml").exists()


def test_a_document_that_vanished_after_an_apply_is_made_again(project: Path, capsys) -> None:
    assert run(["apply", "--yes"]) == 0
    (project / SPEC).unlink()
    capsys.readouterr()
    assert run(["check"]) == 1
    assert "GP812" in capsys.readouterr().out
    assert run(["apply", "--yes"]) == 0
    assert "Fly.io" in (project / SPEC).read_text()


@pytest.mark.skipif(os.geteuid() == 0, reason="needs an account that is not root (rights do not bind root)")
def test_a_read_only_folder_is_the_environment_s_fault(project: Path, capsys) -> None:
    (project / "docs/specs").chmod(0o500)
    assert run(["apply", "--yes"]) == 4
    assert "GP932" in capsys.readouterr().err
    (project / "docs/specs").chmod(0o700)


def test_checking_needs_no_right_to_write(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["apply", "--yes"]) == 0
    before = state(project)
    opened: list[int] = []
    real = os.open

    def watched(path, flags: int, *args, **more):
        opened.append(flags)
        return real(path, flags, *args, **more)

    monkeypatch.setattr(os, "open", watched)
    assert run(["check"]) == 0
    assert not any(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) for flags in opened)
    assert state(project) == before
