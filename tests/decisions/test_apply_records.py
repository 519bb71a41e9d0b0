"""`apply --adr`: written together with everything else, remembered, and shown before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_world import groundplan

ROOT = Path(__file__).parents[2]


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "seed", tmp_path / "seed")
    return tmp_path / "seed"


def apply(project: Path, *args: str):
    done = groundplan("apply", "-C", str(project), "--yes", *args)
    assert done.code == 0, done.err
    return done


def test_the_choice_is_remembered_and_the_next_change_is_recorded(seed: Path):
    apply(seed, "--adr", "madr")
    folder = seed / "docs" / "decisions"
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert len(first) == 6 and 'adr = "madr"' in (seed / "groundplan.toml").read_text()
    apply(seed)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first
    groundplan("change", "-C", str(seed), "scaling.max_instances", "6")
    apply(seed)
    now = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert set(now) - set(first) == {"0007-scaling.md"} and {n: now[n] for n in first} == first
    assert b"max\\_instances = 6" in now["0007-scaling.md"]
    assert groundplan("check", "-C", str(seed)).code == 0


def test_a_dry_run_and_a_diff_show_the_records_and_write_none(seed: Path):
    dry = groundplan("apply", "-C", str(seed), "--adr", "madr", "--dry-run")
    assert "docs/decisions/0001-hosting.md" in dry.out
    diff = groundplan("apply", "-C", str(seed), "--adr", "madr", "--diff")
    assert "+++ b/docs/decisions/0001-hosting.md" in diff.out
    assert not (seed / "docs" / "decisions").exists()


def test_parts_alone_record_nothing(seed: Path):
    apply(seed, "--adr", "madr", "--only", "documents")
    assert not (seed / "docs" / "decisions").exists()


def test_the_decision_alone_writes_neither_documents_nor_code(seed: Path):
    for name in ("docs", "infra"):
        shutil.rmtree(seed / name)
    (seed / "fly.toml").unlink()
    (seed / "groundplan.lock").unlink()
    done = apply(seed, "--only", "decision", "--adr", "madr")
    records = sorted(p.relative_to(seed).as_posix() for p in seed.rglob("docs/**/*.md"))
    assert len(records) == 6 and all(path.startswith("docs/decisions/") for path in records)
    assert not (seed / "fly.toml").exists() and "apply --only code" in done.err
    apply(seed)
    now = sorted(p.relative_to(seed).as_posix() for p in seed.rglob("docs/**/*.md"))
    assert [path for path in now if path in records] == records and (seed / "fly.toml").exists()
    assert len([path for path in now if "decisions" in path]) == 6


@pytest.mark.parametrize("adr", [(), ("--adr", "none")])
def test_the_decision_alone_needs_a_place(seed: Path, adr):
    done = groundplan("apply", "-C", str(seed), "--yes", "--only", "decision", *adr)
    assert done.code == 2 and "--adr madr" in done.err


def test_refused_files_leave_no_record(seed: Path):
    (seed / "fly.toml").write_text("# mine\n")
    assert groundplan("apply", "-C", str(seed), "--yes", "--adr", "madr").code == 1
    assert not (seed / "docs" / "decisions").exists()


def test_a_log_is_found_and_can_be_declined(seed: Path):
    log = seed / "DECISIONS.md"
    log.write_text("# Decisions\n\n## 2020-01-01: Python\n")
    apply(seed, "--adr", "none")
    assert log.read_text() == "# Decisions\n\n## 2020-01-01: Python\n"
    apply(seed, "--adr", "log")
    assert (
        log.read_text().endswith("\n## 2020-01-01: Python\n") and "“Fly.io for simplicity" in log.read_text()
    )
