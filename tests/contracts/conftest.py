"""Finding the field's real tools: missing ones are skipped by name, or fail where GROUNDPLAN_REQUIRE_TOOLS=1."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

RIG = Path(__file__).parents[2] / ".rig"


@pytest.fixture
def tool():
    """A function: the path of a program, which must be there where the tools are required."""

    def find(name: str) -> str:
        return shutil.which(name) or _missing(f"`{name}` is not installed")

    return find


@pytest.fixture(scope="session")
def rig():
    """A function: a command of the Terraform rig, `terraform` or `terraform-pypi`."""

    def find(name: str = "terraform") -> Path:
        path = RIG / "bin" / name
        return path if path.exists() else _missing(f"`{name}` of the Terraform rig (`make rig` builds it)")

    return find


def _missing(what: str) -> NoReturn:
    if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{what}, and GROUNDPLAN_REQUIRE_TOOLS=1 requires it")
    pytest.skip(what)
