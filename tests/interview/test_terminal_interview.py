"""The real interview in a real pseudo-terminal, with line editing and with plain lines."""

from __future__ import annotations

import os
import signal
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

HOSTING = "Fly.io for simplicity, with PostgreSQL on Fly and Redis on Upstash"
ANSWERS = (
    HOSTING,
    "Single region: US East (most users are in US)",
    "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%",
    "Fly.io built-in metrics for CPU/memory, Sentry for error tracking, email alerts for downtime",
    "Budget: $100/month, set alert at $80",
    "Use fly.toml for Fly.io configuration, store in git repo",
)
QUESTION = r"([1-6]) of 6"
REVIEW = r"Write it\?"


def listen_to_interrupts() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and the tests may run there; a terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Person:
    """Types into one interview and reads what it says."""

    def __init__(self, project: Path, *flags: str, plain: bool = True) -> None:
        env = os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "100"}
        env.pop("NO_COLOR", None)
        mode = ("--plain",) if plain else ()
        args = ["-m", "groundplan", "--project", str(project), *mode, *flags]
        self.child = pexpect.spawn(
            sys.executable, args, env=env, encoding="utf-8", timeout=20, dimensions=(50, 100),
            preexec_fn=listen_to_interrupts,
        )  # fmt: skip

    def waits(self, *texts: str) -> str:
        """Wait for each text in turn; return what was said before the last."""
        for text in texts:
            self.child.expect_exact(text)
        return str(self.child.before)

    def types(self, line: str) -> None:
        self.child.sendline(line)

    def step(self) -> str:
        """Wait for what is asked next: the number of a question, `?` for a follow-up, `review`."""
        found = self.child.expect([QUESTION, r"leaves it open", REVIEW])
        return ("?", "review")[found - 1] if found else str(self.child.match.group(1))

    def ends(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return (
            self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus or 0)
        )


@pytest.fixture(params=[True, False], ids=["plain", "edited"])
def person(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Person]:
    typing = Person(tmp_path / "orders", "--quality", "production", plain=request.param)
    yield typing
    typing.child.close(force=True)


def stored(tmp_path: Path) -> dict[str, object]:
    content: dict[str, object] = tomllib.loads((tmp_path / "orders/groundplan.toml").read_text("utf-8"))
    return content


def answer_until(person: Person, wanted: str, step: str = "") -> None:
    """Answer each question, leave every follow-up open, until `wanted` is asked."""
    step = step or person.step()
    while step != wanted:
        person.types("" if step == "?" else ANSWERS[int(step) - 1])
        step = person.step()


def test_six_answers_lead_to_written_files(person: Person, tmp_path: Path) -> None:
    answer_until(person, "review")
    answers = stored(tmp_path)["answers"]
    assert list(answers.values()) == list(ANSWERS)
    person.types("write")
    assert person.ends() == 0
    written = {
        str(f.relative_to(tmp_path / "orders")) for f in (tmp_path / "orders").rglob("*") if f.is_file()
    }
    assert {"docs/specs/codebase_spec.md", "fly.toml", "groundplan.lock", "groundplan.toml"} <= written


def test_the_reading_is_echoed_with_the_words_that_caused_it(person: Person) -> None:
    answer_until(person, "3")
    person.types(ANSWERS[2])
    said = person.waits("scaling kept")
    assert "5 instances" in said
    assert "said" in said


def test_why_and_help_explain_without_moving_on(person: Person, tmp_path: Path) -> None:
    assert person.step() == "1"
    person.types("why")
    person.waits("it fills", "docs/specs/codebase_spec.md")
    person.types("?")
    person.waits("save and leave")
    person.types(HOSTING)
    person.waits("hosting kept")
    assert list(stored(tmp_path)["answers"]) == ["hosting"]


def test_back_asks_the_question_before_and_enter_keeps_its_answer(person: Person, tmp_path: Path) -> None:
    answer_until(person, "2")
    person.types("back")
    assert person.step() == "1"
    person.waits("you said", "Enter keeps it")
    person.types("")
    assert person.step() == "2"
    assert stored(tmp_path)["answers"] == {"hosting": HOSTING}


def test_an_option_is_chosen_by_its_number(person: Person, tmp_path: Path) -> None:
    assert person.step() == "1"
    person.types("1")
    person.waits("hosting kept")
    assert stored(tmp_path)["answers"] == {"hosting": "Fly.io"}


def test_default_is_taken_as_an_answer(person: Person, tmp_path: Path) -> None:
    answer_until(person, "2")
    person.types("default")
    person.waits("regions kept")
    assert stored(tmp_path)["origins"] == {"hosting": "answered", "regions": "answered"}


def test_dont_know_takes_the_default_and_marks_it(person: Person, tmp_path: Path) -> None:
    answer_until(person, "2")
    person.types("don't know")
    person.waits("regions kept as the default, marked to be confirmed")
    assert stored(tmp_path)["origins"] == {"hosting": "answered", "regions": "default"}


def test_not_knowing_in_other_words_is_the_same(person: Person, tmp_path: Path) -> None:
    answer_until(person, "5")
    person.types("we have not decided yet, no idea")
    person.waits("budget kept as the default, marked to be confirmed")
    assert stored(tmp_path)["origins"]["budget"] == "default"  # type: ignore[index]  # a table


def test_save_and_leave_says_how_to_go_on(person: Person, tmp_path: Path) -> None:
    answer_until(person, "3")
    person.types("save and leave")
    person.waits("groundplan --project")
    assert person.ends() == 3
    assert len(stored(tmp_path)["answers"]) == 2  # type: ignore[arg-type]  # a table


def test_ctrl_c_keeps_everything(person: Person, tmp_path: Path) -> None:
    answer_until(person, "4")
    person.waits("Monitoring")
    person.child.send("half an ans")
    person.child.sendintr()
    person.waits("Go on with: groundplan --project")
    assert person.ends() == 130
    assert list(stored(tmp_path)["answers"].values()) == list(ANSWERS[:3])  # type: ignore[attr-defined]  # a table


def test_end_of_input_keeps_everything(person: Person, tmp_path: Path) -> None:
    answer_until(person, "2")
    person.waits("Regions:")
    person.child.sendeof()
    person.waits("Go on with: groundplan --project")
    assert person.ends() == 130
    assert list(stored(tmp_path)["answers"]) == ["hosting"]


def test_a_secret_is_refused_before_anything_is_stored(person: Person, tmp_path: Path) -> None:
    assert person.step() == "1"
    person.types("Fly.io, DATABASE_URL=postgres://app:Zk83hfQ2pp@db.example.com/app")
    person.waits("GP966")
    person.types(HOSTING)
    person.waits("hosting kept")
    assert "Zk83hfQ2pp" not in (tmp_path / "orders/groundplan.toml").read_text("utf-8")


def test_a_change_from_the_review_asks_one_question_again(person: Person, tmp_path: Path) -> None:
    answer_until(person, "review")
    person.types("change 5")
    person.waits("5 of 6")
    person.types("$250 a month, alert at 90%")
    answer_until(person, "review")
    assert stored(tmp_path)["answers"]["budget"] == "$250 a month, alert at 90%"  # type: ignore[index]  # a table


@pytest.mark.parametrize("at", ["2", "3", "review"])
def test_a_kill_resumes_at_the_same_place(tmp_path: Path, at: str) -> None:
    first = Person(tmp_path / "orders", "--quality", "production")
    answer_until(first, at)
    first.child.kill(signal.SIGKILL)
    first.child.close(force=True)
    again = Person(tmp_path / "orders")
    assert again.step() == at
    again.child.close(force=True)


def test_the_level_is_asked_first_where_nobody_stated_one(tmp_path: Path) -> None:
    person = Person(tmp_path / "orders")
    person.waits("Quality level:")
    person.types("prototype")
    person.waits("1 of 1")
    person.types("Fly.io")
    person.waits("Write it?")
    person.child.close(force=True)
    assert stored(tmp_path)["project"]["quality"] == "prototype"  # type: ignore[index]  # a table


def test_the_level_is_read_from_an_existing_specification(tmp_path: Path) -> None:
    spec = tmp_path / "orders/docs/specs/codebase_spec.md"
    spec.parent.mkdir(parents=True)
    spec.write_text("# Codebase\n\n- **Quality level:** secure\n", "utf-8")
    person = Person(tmp_path / "orders")
    person.waits("1 of 6")
    person.types("AWS, ECS on Fargate")
    person.waits("Access control")
    person.child.close(force=True)


def test_an_experiment_is_asked_nothing(tmp_path: Path) -> None:
    person = Person(tmp_path / "orders", "--quality", "experiment")
    person.waits("nothing is asked")
    assert person.ends() == 0


def test_a_dumb_terminal_gets_plain_lines(tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "groundplan", "--project", str(tmp_path), "--quality", "production"],
        env=os.environ | {"TERM": "dumb"},
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact("1 of 6")
    child.expect_exact(": ")
    assert "\x1b" not in child.before
    child.close(force=True)


def test_a_deeper_reply_is_echoed_in_its_own_words(tmp_path: Path) -> None:
    person = Person(tmp_path / "orders", "--quality", "secure")
    person.waits("1 of 6")
    person.types("Fly.io")
    person.waits("Access control:")
    person.types("single sign-on, deploys by CI alone")
    said = person.waits("hosting kept")
    person.child.close(force=True)
    assert "Access control: single sign-on, deploys by CI alone" in said
    assert "deploy to" not in said
