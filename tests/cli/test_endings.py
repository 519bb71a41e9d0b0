"""Every wrong flag, file and environment ends with one coded diagnostic and its exit code, without a traceback."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from groundplan.__main__ import run

SEED = {
    "hosting": "Fly.io for simplicity, with PostgreSQL on Fly and Redis on Upstash",
    "regions": "Single region: US East (most users are in US)",
    "scaling": "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%",
    "monitoring": "Fly.io built-in metrics for CPU/memory, Sentry for error tracking, email alerts for downtime",
    "budget": "Budget: $100/month. Use Fly.io dashboard to track costs, set alert at $80.",
    "iac": "Use fly.toml for Fly.io configuration, store in git repo",
}
ANSWERS = '[project]\nname = "orders"\nquality = "production"\n\n[answers]\n' + "".join(
    f'{key} = "{text}"\n' for key, text in SEED.items()
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project that is the current folder, and nobody at the keyboard."""
    project = tmp_path / "orders"
    project.mkdir()
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    return project


WRONG = [
    ("frobnicate", 2, "GP960"),
    ("reviw", 2, "`review`"),
    ("review --colour", 2, "GP960"),
    ("review extra", 2, "GP960"),
    ("review --quality huge", 2, "GP960"),
    ("review --project /no/such/place", 2, "GP960"),
    ("review --answers-file nothing.toml", 2, "GP961"),
    ("review --answers-file .", 2, "GP961"),
    ("review --answers-file broken.toml", 2, "GP910"),
    ("review --answers-file noproject.toml", 2, "GP916"),
    ("review --answers-file typo.toml", 2, "GP913"),
    ("review --answers-file latin1.toml", 2, "GP911"),
    ("review --data nonsense", 2, "GP960"),
    ("review --data hostin=Fly.io", 2, "where KEY is `hosting`"),
    ("review --data cost=50", 2, "where KEY is `budget`"),
    ("review --answers-file other.toml", 2, "where: other.toml:4\n  fix: write `budget`"),
    ("change cost.amount 50", 2, "use `budget`"),
    ("review --data hosting=", 2, "GP960"),
    ("review --data budget=postgres://app:Zk83hfQ2pp@db.example.com/app", 2, "GP966"),
    ("review --phase nothing.md", 2, "GP967"),
    ("review --phase empty.md", 2, "GP010"),
    ("read", 2, "GP960"),
    ("read --question nonsense text", 2, "GP963"),
    ("explain GP000", 2, "GP968"),
    ("catalog nonsense", 2, "GP960"),
    ("", 3, "GP964"),
    ("interview", 3, "GP964"),
    ("review", 3, "--data hosting="),
    ("review --no-input", 3, "--data hosting="),
    ("check --no-input", 3, "GP964"),
    ("estimate --no-input", 3, "GP964"),
    ("check", 3, "GP964"),
    ("apply --yes", 3, "GP964"),
    ("estimate", 3, "GP964"),
    ("apply --defaults", 3, "--yes"),
    ("apply --defaults --no-input", 3, "--yes"),
]


@pytest.mark.parametrize(("line", "code", "said"), WRONG)
def test_a_wrong_call_ends_with_one_diagnostic(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, code: int, said: str
) -> None:
    (folder / "broken.toml").write_text("[project\n")
    (folder / "noproject.toml").write_text('[answers]\nhosting = "Fly.io"\n')
    (folder / "typo.toml").write_text('[project]\nname = "a"\n[answers]\nhostng = "Fly.io"\n')
    (folder / "other.toml").write_text('[project]\nname = "a"\n[answers]\ncost = "50 dollars"\n')
    (folder / "latin1.toml").write_bytes('[project]\nname = "é"\n'.encode("latin-1"))
    (folder / "empty.md").write_text("# Nothing here\n")
    assert run(line.split()) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err + told.out
    assert not (folder / "groundplan.toml").exists()


def test_a_secret_is_masked_in_the_message(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["review", "--data", "budget=postgres://app:Zk83hfQ2pp@db.example.com/app"])
    told = capsys.readouterr()
    assert "Zk83hfQ2pp" not in told.err + told.out
    assert list(folder.iterdir()) == []


def test_the_whole_run_from_an_answers_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    assert run(["apply", "--answers-file", "answers.toml", "--yes"]) == 0
    assert "fly.toml" in capsys.readouterr().out
    assert (folder / "docs/specs/codebase_spec.md").is_file()
    assert run(["check"]) == 0
    assert run(["check", "--strict"]) == 1
    capsys.readouterr()
    assert run(["apply", "--yes"]) == 0
    assert "Nothing to write" in capsys.readouterr().err


def test_answers_come_from_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ANSWERS.encode())))
    assert run(["estimate", "--answers-file", "-"]) in (0, 1)
    assert "a month" in capsys.readouterr().out
    assert list(folder.iterdir()) == []


def test_a_flag_wins_over_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    assert (
        run(["review", "--answers-file", "answers.toml", "--data", "budget=$900 a month, alert at 50%"]) == 0
    )
    assert "$900 a month" in capsys.readouterr().out


def test_defaults_are_complete_and_say_that_they_are_defaults(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "--defaults"]) == 0
    assert capsys.readouterr().out.count("a default, to be confirmed") == 6
    assert list(folder.iterdir()) == []


def test_dry_run_and_diff_write_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    assert run(["apply", "--answers-file", "answers.toml", "--dry-run"]) == 0
    assert "fly.toml" in capsys.readouterr().out
    assert run(["apply", "--answers-file", "answers.toml", "--diff"]) == 0
    assert "+++ b/fly.toml" in capsys.readouterr().out
    assert [f.name for f in folder.iterdir()] == ["answers.toml"]


@pytest.mark.parametrize(
    ("only", "there", "missing"), [("documents", "docs", "fly.toml"), ("code", "fly.toml", "docs")]
)
def test_only_one_part_is_written(folder: Path, only: str, there: str, missing: str) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    assert run(["apply", "--answers-file", "answers.toml", "--yes", "--only", only]) == 0
    assert (folder / there).exists()
    assert not (folder / missing).exists()


def test_a_changed_file_is_kept_unless_it_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    run(["apply", "--answers-file", "answers.toml", "--yes"])
    (folder / "fly.toml").write_text("mine = true\n")
    assert run(["apply", "--yes", "--data", "scaling=3 to 9 instances, more when CPU > 70%"]) == 1
    assert "--overwrite fly.toml" in capsys.readouterr().err
    assert (folder / "fly.toml").read_text() == "mine = true\n"
    assert run(["apply", "--yes", "--overwrite", "fly.toml"]) == 0
    assert "mine" not in (folder / "fly.toml").read_text()


def test_a_damaged_answers_file_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "groundplan.toml").write_text("[project\n")
    assert run(["check"]) == 2
    assert "GP910" in capsys.readouterr().err
    assert (folder / "groundplan.toml").read_text() == "[project\n"


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m groundplan catalog prices --json -q | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=folder, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_cannot_be_written_is_the_environments_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "answers.toml").write_text(ANSWERS)
    (folder / "docs").symlink_to(folder.parent)
    assert run(["apply", "--answers-file", "answers.toml", "--yes"]) == 4
    assert "error[GP9" in capsys.readouterr().err
    assert not (folder / "fly.toml").exists()


def test_a_fault_of_groundplan_is_loud_and_says_where_to_report(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundplan.cli.questions._page", lambda *_: 1 / 0)
    assert run(["questions"]) == 70
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "CONTRIBUTING.md" in told
    assert list(folder.iterdir()) == []


def test_ctrl_c_anywhere_is_130(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("groundplan.cli.questions._page", interrupted)
    assert run(["questions"]) == 130
    assert list(folder.iterdir()) == []


def test_doctor_finds_this_installation_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "platforms" in told
    assert list(folder.iterdir()) == []


PLANTS = "## Question 1: Which plant (required)\n\n```text\nWhich plant?\n```\n"


def test_a_stored_answer_that_no_phase_asks_for_is_told_and_those_of_another_phase_are_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plants.md").write_text(PLANTS)
    (folder / "groundplan.toml").write_text(ANSWERS + 'which_plant = "an oak"\n')
    assert run(["review"]) == 2
    assert "where: groundplan.toml:12" in capsys.readouterr().err
    (folder / "groundplan.toml").write_text(
        ANSWERS.replace("\n\n", '\nphase = "plants.md"\n\n', 1) + 'which_plant = "an oak"\n'
    )
    assert run(["read", "--question", "which_plant", "--phase", "plants.md", "an oak"]) == 0
    assert run(["questions"]) == 0
    assert run(["check"]) == 0


def test_an_apply_without_changes_does_not_call_a_person_s_words_the_answers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "groundplan.toml").write_text(ANSWERS)
    (folder / "docs/specs").mkdir(parents=True)
    (folder / "docs/specs/codebase_spec.md").write_text("## Infrastructure\n\n- **Monitoring:** the window\n")
    assert run(["apply", "--yes"]) == 0
    capsys.readouterr()
    assert run(["apply", "--yes"]) == 0
    assert "one field stays as you wrote it" in capsys.readouterr().err
