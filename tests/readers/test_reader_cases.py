"""Answers as people write them, each with the whole reading that a careful person would give."""

import json
from pathlib import Path

import msgspec
import pytest

from groundplan.readers import readers

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]


def plain(value) -> dict:
    fields = json.loads(msgspec.json.Encoder(decimal_format="number").encode(value))
    for trigger in fields.get("alert_triggers", ()):
        if trigger["for_s"] is None:
            del trigger["for_s"]
    return {k: v for k, v in fields.items() if v not in (None, [], {}, {"backend": None})}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['question']}: {c['text'][:50]}")
def test_an_answer_is_read_as_a_careful_person_would(case, catalogue) -> None:
    reading = readers()[case["question"]].read(None, case["text"], catalogue)
    assert plain(reading.value) == case["value"]
    assert (reading.status, sorted(reading.unclear)) == (case["status"], case["unclear"])


def test_there_are_enough_cases_of_every_question() -> None:
    for question in ("hosting", "regions", "scaling", "monitoring", "budget", "iac"):
        assert sum(c["question"] == question for c in CASES) >= 50
