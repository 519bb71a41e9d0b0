"""200 random kills of an interview: every acknowledged answer is there, and the next run goes on at the same place."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import tomllib
from pathlib import Path

import pexpect
import pytest

from groundplan.store.journal import COMMITTED

ROUNDS = int(os.environ.get("GROUNDPLAN_KILLS", "200"))
STEP = r"([1-6]) of 6|leaves it open|Write it\?"
TEXTS = {
    "1": "Fly.io with Postgres",
    "2": "Single region: US East",
    "3": "2 to 5 instances of 1GB, more when CPU > 80%",
    "4": "Sentry, email alerts for downtime",
    "5": "$100 a month, alert at $80",
    "6": "fly.toml in git",
}
KEYS = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")


class Ledger:
    """What the screen acknowledged in one project, and what was typed since."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str] = {}
        self.typed: dict[str, list[str]] = {}
        self.count = 0

    def type(self, key: str, text: str) -> None:
        self.typed.setdefault(key, []).append(text)

    def acknowledge(self, key: str) -> None:
        texts = self.typed.pop(key, [])
        if texts:
            self.acknowledged[key] = texts[-1]
            self.count += 1

    def lost(self, answers: dict[str, str]) -> int:
        """Acknowledged answers that are neither there nor replaced by one that was typed after it."""
        kept = {key: {text, *self.typed.get(key, [])} for key, text in self.acknowledged.items()}
        return sum(answers.get(key) not in texts for key, texts in kept.items())

    def settle(self, answers: dict[str, str], *, decided: bool) -> None:
        """What is on disk after a kill counts as acknowledged from then on.

        Where a write was `decided` and not yet in place, the next start finishes it, so what was typed may come.
        """
        self.acknowledged = dict(answers)
        self.typed = self.typed if decided else {}


def start(project: Path) -> pexpect.spawn[str]:
    args = ["-m", "groundplan", "--project", str(project), "--plain", "--quality", "production"]
    return pexpect.spawn(sys.executable, args, encoding="utf-8", timeout=30, dimensions=(50, 100))


def stored(project: Path) -> dict[str, str] | None:
    """The answers on disk; None where the file is torn."""
    path = project / "groundplan.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8")).get("answers", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def talk(child: pexpect.spawn[str], ledger: Ledger, dice: random.Random, seconds: float) -> None:
    """Answer until the time is up, then kill."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            kind = child.expect([r"(\w+) kept", STEP], timeout=left)
        except pexpect.TIMEOUT:
            break
        if kind == 0:
            ledger.acknowledge(child.match.group(1))
        else:
            answer(child, ledger, dice)
    child.kill(signal.SIGKILL)
    child.close(force=True)


def answer(child: pexpect.spawn[str], ledger: Ledger, dice: random.Random) -> None:
    number = child.match.group(1)
    if number:
        text = f"{TEXTS[number]} ({dice.randrange(10**6)})"
        ledger.type(KEYS[int(number) - 1], text)
        child.sendline(text)
    elif child.match.group(0).startswith("Write"):
        child.sendline(f"change {dice.randrange(1, 7)}")
    else:
        child.sendline("")


def resumes(project: Path) -> str:
    """Where a new run starts: the number of a question, or what else it asks."""
    child = start(project)
    child.expect(STEP)
    place = child.match.group(1) or child.match.group(0)
    child.kill(signal.SIGKILL)
    child.close(force=True)
    return str(place)


def first_open(answers: dict[str, str]) -> str:
    return next((str(i) for i, key in enumerate(KEYS, 1) if key not in answers), "")


@pytest.mark.crash
def test_random_kills_lose_no_acknowledged_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(20)
    acknowledged = lost = torn = moved = 0
    project, ledger = tmp_path, Ledger()
    for number in range(ROUNDS):
        if number % 10 == 0:
            acknowledged += ledger.count
            project, ledger = tmp_path / f"p{number}", Ledger()
        talk(start(project), ledger, dice, dice.uniform(0.1, 0.9))
        answers = stored(project)
        if answers is None:
            torn += 1
            continue
        lost += ledger.lost(answers)
        ledger.settle(answers, decided=(project / ".groundplan" / COMMITTED).exists())
        if number % 10 == 5:
            moved += resumed_elsewhere(project)
    acknowledged += ledger.count
    counts = f"lost = {lost}, torn = {torn}, resumed elsewhere = {moved}"
    with capsys.disabled():
        print(f"\n{ROUNDS} kills of an interview, {acknowledged} answers acknowledged: {counts}")
    assert (lost, torn, moved) == (0, 0, 0)
    assert acknowledged >= ROUNDS // 4


def resumed_elsewhere(project: Path) -> bool:
    """A new run asks the first open question, unless a follow-up of an earlier answer is still open."""
    place = resumes(project)
    return place.isdigit() and place != first_open(stored(project) or {})
