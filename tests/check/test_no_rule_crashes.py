"""Whatever people write, no rule crashes: answers of the readers' cases, put together at random with a fixed seed."""

from __future__ import annotations

import json
import random
from pathlib import Path

from rules.rule_world import QUESTIONS, findings

CASES = Path(__file__).parents[1] / "readers" / "cases.jsonl"
ROUNDS = 150


def test_no_rule_crashes_on_any_mixture_of_answers() -> None:
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines() if line.strip()]
    texts = {q: [r["text"] for r in rows if r["question"] == q] for q in QUESTIONS}
    assert all(texts.values())
    chance = random.Random(4)
    for _ in range(ROUNDS):
        team = {q: chance.choice(texts[q]) for q in QUESTIONS}
        team["quality"] = chance.choice(["prototype", "production", "secure"])
        crashed = [d.message for d in findings(team) if d.code == "GP903"]
        assert not crashed, (team, crashed)
