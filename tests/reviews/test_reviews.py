"""The reviews of eleven believable teams, read as who has to sign them reads: what they say, and what they never say."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAID = tomllib.loads((HERE / "said.toml").read_text("utf-8"))
SAYS = [(team, words) for team, lists in SAID.items() for words in lists["says"]]
NEVER = [(team, words) for team, lists in SAID.items() for words in lists["never"]]


@cache
def review(team: str) -> str:
    """With every run of spaces as one, so that the width of the terminal decides nothing."""
    answers = HERE / "teams" / f"{team}.toml"
    command = [sys.executable, "-m", "groundplan", "review", "--plain", "--answers-file", str(answers)]
    env = {**os.environ, "COLUMNS": "400", "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.stderr
    return " ".join(done.stdout.split())


def test_every_team_is_read() -> None:
    assert sorted(SAID) == sorted(p.stem for p in (HERE / "teams").glob("*.toml"))


@pytest.mark.parametrize(("team", "words"), SAYS)
def test_it_says(team: str, words: str) -> None:
    assert words in review(team)


@pytest.mark.parametrize(("team", "words"), NEVER)
def test_it_never_says(team: str, words: str) -> None:
    assert words not in review(team)


@pytest.mark.parametrize("team", sorted(SAID))
def test_no_message_is_said_twice(team: str) -> None:
    findings = review(team).partition("Findings ")[2].partition(" Cost ")[0]
    heads = [part.partition(" why ")[0] for part in findings.split(": ") if " why " in part]
    assert len(heads) == len(set(heads)), heads
