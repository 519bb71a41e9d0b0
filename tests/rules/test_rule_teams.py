"""What the rules find in answers of invented teams, against labels: at least 98 % found, at most 3 % false.

`python -m pytest tests/rules/test_rule_teams.py -s` prints the figures.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from rules.rule_world import findings

TEAMS = tomllib.loads((Path(__file__).parent / "teams.toml").read_text("utf-8"))["team"]
UNLABELLED = ("GP0", "GP110", "GP111", "GP505")
"""Findings about the reading, about what is not built yet, and about prices that are not known."""


def found(team: dict[str, str]) -> set[str]:
    return {d.code for d in findings(team) if not d.code.startswith(UNLABELLED)}


def test_conflicts_are_found_and_false_alarms_are_rare() -> None:
    labelled = hits = said = false = 0
    wrong = []
    for team in TEAMS:
        expected, actual = set(team["expect"]), found(team)
        labelled, hits = labelled + len(expected), hits + len(expected & actual)
        said, false = said + len(actual), false + len(actual - expected)
        if expected != actual:
            missed, extra = sorted(expected - actual), sorted(actual - expected)
            wrong.append(f"{team['hosting']} | {team['scaling']}: missed {missed}, extra {extra}")
    print(f"\n{len(TEAMS)} teams: {hits} of {labelled} found ({100 * hits / labelled:.1f} %)", end="")
    print(f", {false} of {said} false ({100 * false / said:.1f} %)")
    print("\n".join(wrong))
    assert len(TEAMS) >= 60
    assert hits >= 0.98 * labelled
    assert false <= 0.03 * said
