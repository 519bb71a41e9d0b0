"""Finding the field's real tools: missing ones are skipped by name, or fail where GROUNDPLAN_REQUIRE_TOOLS=1."""

import os
import shutil

import pytest


@pytest.fixture
def tool():
    """A function: the path of a program, which must be there where the tools are required."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path:
            return path
        if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
            pytest.fail(f"`{name}` is not installed, and GROUNDPLAN_REQUIRE_TOOLS=1 requires it")
        pytest.skip(f"`{name}` is not installed")

    return find
