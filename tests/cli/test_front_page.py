"""The front page: complete, and as cheap as Python itself."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from groundplan.cli.commandline import Command
from groundplan.cli.group import find
from groundplan.cli.menu import COMMANDS, command_first, front_page
from groundplan.version import __version__

HEAVY = ("argparse", "msgspec", "decimal", "inspect", "prompt_toolkit", "tomlkit", "markdown_it", "json")


def python(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_on_the_front_page_exists(name: str) -> None:
    command = find(name)
    assert isinstance(command, Command)
    assert command.name == name
    assert f"  {name} " in front_page()


def test_help_names_the_exit_codes() -> None:
    done = python("-m", "groundplan", "--help")
    assert done.returncode == 0
    assert "0 clean, 1 findings, 2 usage, 3 unanswered, 4 environment" in done.stdout


def test_version_is_printed() -> None:
    assert python("-m", "groundplan", "--version").stdout == f"groundplan {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    look = f"print([m for m in {HEAVY} if m in sys.modules])"
    code = f"import sys\nfrom groundplan.__main__ import run\nrun(['--help'])\n{look}"
    assert python("-c", code).stdout.splitlines()[-1] == "[]"


def test_help_takes_at_most_four_and_a_half_times_bare_python() -> None:
    """The best of several runs, alternating, so that other work on the machine hits both alike."""
    best = {"bare": 9.0, "help": 9.0}
    commands = {"bare": ("-c", "pass"), "help": ("-m", "groundplan", "--help")}
    for _ in range(12):
        for name, args in commands.items():
            start = time.perf_counter()
            python(*args)
            best[name] = min(best[name], time.perf_counter() - start)
    assert best["help"] <= 4.5 * best["bare"], best


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["interview"]),
        (["review"], ["review"]),
        (["--project", "x"], ["interview", "--project", "x"]),
        (["--project", "review"], ["interview", "--project", "review"]),
        (["-C", "x", "review", "--json"], ["review", "-C", "x", "--json"]),
        (["--plain", "check"], ["check", "--plain"]),
        (["--data=a=b", "check"], ["check", "--data=a=b"]),
    ],
)
def test_a_command_may_stand_behind_options(typed: list[str], meant: list[str]) -> None:
    assert command_first(typed) == meant
