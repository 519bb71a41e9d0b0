"""Every researched id is covered by a rule, or a reason says where it is seen to instead."""

from __future__ import annotations

import tomllib
from pathlib import Path

from groundplan.rules import rules

HERE = Path(__file__).parent
KNOWN = set((HERE / "researched_ids.txt").read_text("utf-8").split())
ELSEWHERE = tomllib.loads((HERE / "researched.toml").read_text("utf-8"))["elsewhere"]
COVERED = {id for rule in rules().values() for id in rule.covers}


def test_what_rules_cover_is_known() -> None:
    assert not COVERED - KNOWN


def test_every_known_id_is_covered_or_has_a_reason() -> None:
    assert set(ELSEWHERE) == KNOWN - COVERED
    assert all(ELSEWHERE.values())


def test_nearly_all_are_covered_by_rules() -> None:
    assert len(COVERED) >= 120
