"""The front page: complete, and as cheap as Python itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import groundplan
from groundplan.cli.commandline import Command
from groundplan.cli.group import find
from groundplan.cli.menu import COMMANDS, command_first, front_page
from groundplan.version import __version__

HEAVY = ("argparse", "msgspec", "decimal", "inspect", "prompt_toolkit", "tomlkit", "markdown_it", "json")

SOURCE = Path(groundplan.__file__).parents[1]
ON_HELP = (
    "__future__", "groundplan", "groundplan.__main__", "groundplan.cli", "groundplan.cli.menu", "groundplan.version",
)  # fmt: skip


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


def test_help_imports_five_modules_of_ours_and_one_of_python() -> None:
    """What keeps it within 4.5 times bare Python, which `make bench` measures; -I -S leaves out what a machine adds."""
    paths = f"sys.path.insert(0, {str(SOURCE)!r})"
    code = f"import sys\n{paths}\nbefore = set(sys.modules)\nfrom groundplan.__main__ import run\nrun(['--help'])\n"
    done = python("-I", "-S", "-c", code + "print(sorted(set(sys.modules) - before))")
    assert done.stdout.splitlines()[-1] == str(sorted(ON_HELP))


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
