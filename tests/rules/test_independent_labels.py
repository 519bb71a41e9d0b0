"""What the rules find in answers that were labelled apart from them: at least 98 % found, at most 3 % false.

`python -m pytest tests/rules/test_independent_labels.py -s` prints the figures and what differs.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from rules.rule_world import findings

from groundplan.model.diagnostic import Diagnostic
from groundplan.rules import rules

HERE = Path(__file__).parent
FILES = ("independent.toml", "independent2.toml", "independent3.toml")
SETS = [s for n in FILES for s in tomllib.loads((HERE / n).read_text("utf-8"))["set"]]
OWN_LIMITS = ("GP110", "GP111", "GP112", "GP119", "GP505", "GP602", "GP621")
"""What is not built or not priced yet: about this tool, and not about the answers."""
SUMS = ("GP502", "GP503", "GP507")
"""Sums against the budget. The labels were written without a price list, so they say nothing of these."""
MANY = 8


def labels(team: dict[str, Any]) -> list[dict[str, str]]:
    return [c for c in team["conflicts"] if "withdrawn" not in c]


def says(finding: Diagnostic, label: dict[str, str]) -> bool:
    """Whether `finding` is about the labelled conflict at all."""
    rule = rules().get(finding.code)
    return finding.code == label.get("by") or (rule is not None and label["id"] in rule.covers)


def points(finding: Diagnostic, label: dict[str, str]) -> bool:
    """Whether it points at the answer of the label, or at the other half of the pair."""
    where = finding.where
    return where is not None and (
        where.question == label["question"] or label.get("or") in where.quote.split(", ")
    )


def loud(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [d for d in found if d.severity != "note" and d.code not in OWN_LIMITS]


def unlabelled(team: dict[str, Any], found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    accepted = {a["code"] for a in team.get("also", ())}
    return [
        d
        for d in loud(found)
        if d.code not in accepted and d.code not in SUMS and not any(says(d, c) for c in team["conflicts"])
    ]


def test_conflicts_are_found_and_false_alarms_are_rare() -> None:
    labelled = hits = said = false = 0
    wrong = []
    for team in SETS:
        found = findings(team)
        missed = [c["id"] for c in labels(team) if not any(says(d, c) and points(d, c) for d in found)]
        extra = unlabelled(team, found)
        labelled, hits = labelled + len(labels(team)), hits + len(labels(team)) - len(missed)
        said, false = said + len(loud(found)), false + len(extra)
        if missed or extra:
            wrong.append(f"{team['name']}: missed {missed}, extra {[(d.code, d.message) for d in extra]}")
    print(f"\n{len(SETS)} sets: {hits} of {labelled} found ({100 * hits / labelled:.1f} %)", end="")
    print(f", {false} of {said} false ({100 * false / said:.1f} %)")
    print("\n".join(wrong))
    assert len(SETS) >= 60
    assert hits >= 0.98 * labelled
    assert false <= 0.03 * said


@pytest.mark.parametrize("team", SETS, ids=lambda team: team["name"])
def test_labels_name_words_of_their_answers(team: dict[str, Any]) -> None:
    for label in team["conflicts"]:
        assert label["words"] in team[label["question"]]
    assert not team.get("sound") or not team["conflicts"]


@pytest.mark.parametrize("team", [t for t in SETS if t.get("sound")], ids=lambda team: team["name"])
def test_a_sound_plan_is_not_nagged(team: dict[str, Any]) -> None:
    found = findings(team)
    assert len(loud(found)) <= MANY // 2
    assert len({d.message for d in found}) == len(found)
