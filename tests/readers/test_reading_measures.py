"""The readers keep the measures on answers that were written before anyone looked at how they are read."""

from __future__ import annotations

import importlib.util
import statistics
import time
from pathlib import Path

import pytest

from groundplan import facts, read
from groundplan.model.answer import Answer
from groundplan.phases import builtin

_spec = importlib.util.spec_from_file_location(
    "score_readings", Path(__file__).parents[2] / "tools" / "score_readings.py"
)
assert _spec is not None
assert _spec.loader is not None
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)

CASES = score.cases()


def test_there_are_enough_answers_of_every_question_and_kind() -> None:
    assert len(CASES) >= 600
    for question in score.MAIN:
        assert sum(c["question"] == question for c in CASES) >= 90


def test_all_answers_together_keep_the_measures() -> None:
    counts = [score.judge(c, r) for c, r in zip(CASES, score.readings(CASES), strict=True)]
    found = score.measures(counts)
    assert score.within(found), found


def test_the_labels_agree_with_themselves() -> None:
    for case in [*CASES, *score.cases("unseen.jsonl")]:
        ideal = {
            "value": case["gold"],
            "unclear": case["meta"].get("ask", []),
            "status": case["gold"]["status"],
        }
        count = score.judge(case, ideal)
        assert not any(count[k] for k in ("wrong", "silent", "left", "needless", "unasked")), case["text"]


SPOILT = [("platforms", ["nowhere"]), ("primary", "nowhere"), ("topology", "odd"), ("max_instances", 77777),
          ("tools", ["nothing"]), ("amount", 77777), ("tool", "odd"), ("mode", "odd")]  # fmt: skip


@pytest.mark.parametrize(("field", "bad"), SPOILT, ids=[f for f, _ in SPOILT])
def test_a_wrong_value_that_nobody_flagged_is_counted_as_silent(field, bad) -> None:
    spoilt = [
        c for c in CASES if field in c["gold"] and c["gold"]["status"] == "ok" and not c["meta"].get("ask")
    ]
    assert spoilt
    for case in spoilt:
        value = case["gold"] | {field: bad}
        reading = {"value": value, "unclear": [], "status": "ok"}
        assert score.judge(case, reading)["silent_answers"] == 1, case["text"]
        flagged = score.judge(case, reading | {"unclear": [field]})
        assert flagged["silent_answers"] == 0


def test_one_reading_takes_less_than_a_millisecond() -> None:
    known, phase = facts.load(), builtin()
    taken = []
    for case in CASES:
        question = phase.question(case["question"])
        assert question is not None
        started = time.perf_counter()
        read.read(question, Answer(case["text"]), {}, known)
        taken.append(time.perf_counter() - started)
    assert statistics.median(taken) < 0.001
