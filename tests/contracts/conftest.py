"""Finding the field's real tools: missing ones are skipped by name, or fail where GROUNDPLAN_REQUIRE_TOOLS=1."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest
from contracts.terraform_world import CASES, CLUSTERS, FUNCTIONS, INSTANCES, run

RIG = Path(__file__).parents[2] / ".rig"


@pytest.fixture
def tool():
    """A function: the path of a program, which must be there where the tools are required."""

    def find(name: str) -> str:
        return shutil.which(name) or missing(f"`{name}` is not installed")

    return find


@pytest.fixture(scope="session")
def rig():
    """A function: a command of the Terraform rig, `terraform` or `terraform-pypi`."""

    def find(name: str = "terraform") -> Path:
        path = RIG / "bin" / name
        return path if path.exists() else missing(f"`{name}` of the Terraform rig (`make rig` builds it)")

    return find


@pytest.fixture(scope="session")
def outcome(rig, request, tmp_path_factory):
    """A function: what Terraform said of a case. The cases that this run needs are worked off on every core."""
    binary = rig()
    needed = {i.callspec.params.get("name") for i in request.session.items if hasattr(i, "callspec")}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = {
            name: pool.submit(run, binary, case, tmp_path_factory.mktemp("terraform"))
            for name, case in {**CASES, **FUNCTIONS, **INSTANCES, **CLUSTERS}.items()
            if name in needed
        }
        yield lambda name: futures[name].result()
        pool.shutdown(cancel_futures=True)


def missing(what: str) -> NoReturn:
    if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{what}, and GROUNDPLAN_REQUIRE_TOOLS=1 requires it")
    pytest.skip(what)
