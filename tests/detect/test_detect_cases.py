"""What is seen in small repositories: each case is a folder of files and what must be found in it, and where."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from groundplan.detect import FIELDS, detect
from groundplan.detect.findings import findings
from groundplan.model.answer import Answers, Project
from groundplan.model.application import command_text

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_a_repository_shows_what_its_files_say(name):
    case = CASES[name]
    found = detect(case["files"].get)
    seen = {
        s.field: [command_text(s.value) if isinstance(s.value, tuple) else s.value, str(s.source)]
        for s in found.signs
    }
    assert seen == {field: case[field] for field in FIELDS if field in case}
    told = [d.message for d in findings(Answers(project=Project(name="a"), detected=found))]
    wanted = case.get("other", [])
    assert all(any(words in message for message in told) for words in wanted), told
    assert bool(told) == bool(wanted), told


def test_the_same_files_give_the_same_result_in_any_order():
    for case in CASES.values():
        turned = dict(reversed(case["files"].items()))
        assert detect(turned.get) == detect(case["files"].get)
