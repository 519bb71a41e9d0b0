"""One finder and one list of denials for what no field asks: the plan and the rules hear the same words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from groundplan.model.decision import Decisions, Hosting, Reading
from groundplan.readers._spoken import spoken

CASES = tomllib.loads((Path(__file__).parent / "spoken.toml").read_text("utf-8"))["cases"]
ABOUT = [
    ("RDS Postgres with 200 GB", "sql"),
    ("200 GB Postgres", "sql"),
    ("Postgres, Redis with 6 GB", "cache"),
    ("3 tasks, 6 GB Redis", "cache"),
    ("Postgres 100 GB Redis", "sql"),
    ("Postgres on 3 machines with 16 GB", "other"),
    ("16 GB", None),
]


def said(text: str) -> Decisions:
    return Decisions({"hosting": Reading(question="hosting", text=text, status="ok", value=Hosting())})


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_only_what_holds_for_now_is_found(case: dict) -> None:
    found = [s.hit[0] for s in spoken(said(case["text"]), re.compile("Multi-AZ"), "hosting")]
    assert found == case.get("found", [])


@pytest.mark.parametrize(("text", "part"), ABOUT)
def test_a_figure_is_said_of_the_part_beside_it(text: str, part: str | None) -> None:
    (found,) = spoken(said(text), re.compile(r"\d+ GB"), "hosting")
    assert found.about == part
