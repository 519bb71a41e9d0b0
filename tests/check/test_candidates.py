"""A rule that is not imported, because no field is said that it needs, would have had nothing to say.

Platforms and words are part of what a rule says itself, so they are not looked at here.
"""

from __future__ import annotations

import os
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from rules.rule_world import QUESTIONS, answers, blocks, phase

from groundplan import facts, pipeline
from groundplan.model.case import Case
from groundplan.rules import SHOWN, About, about, entries, page, rules, speaks

RULES = Path(__file__).parents[1] / "rules"
MIXED = int(os.environ.get("GROUNDPLAN_CASES", "300"))


def told() -> Iterator[dict[str, str]]:
    """Every set of answers that the tests of rules hold."""
    for name, table in (("teams", "team"), ("independent", "set")):
        yield from tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))[table]
    cases = tomllib.loads((RULES / "cases.toml").read_text("utf-8"))
    for code in rules():
        (example, *_) = blocks(page(code) or "", "Example")
        yield example
        yield from ({**example, **over} for over in cases[code]["silent"])
        yield from cases[code].get("fires", [])


SETS = [{q: s[q] for q in (*QUESTIONS, "quality") if q in s} for s in told()]


def mixed(seed: int) -> dict[str, str]:
    """One answer to each question, each from another set."""
    chance = random.Random(seed)
    pick = {q: chance.choice(SETS).get(q, "") for q in (*QUESTIONS, "quality")}
    return {q: text for q, text in pick.items() if text}


def silent_although_left_out(texts: dict[str, str]) -> list[str]:
    made = pipeline.compile(answers(texts), facts.load(), phase())
    case = Case(
        answers=made.answers, decisions=made.decisions, facts=facts.load(), plan=made.plan,
        estimate=made.estimate, options=made.options,
    )  # fmt: skip
    known = about(case)
    open_ = About(known.platforms, known.text)
    left_out = (r for r in rules().values() if speaks(r, open_) and not speaks(r, known))
    return [r.code for r in left_out if tuple(r.check(case))]


def test_a_rule_that_is_left_out_would_have_said_nothing() -> None:
    assert len(SETS) > 400
    assert [(found, texts) for texts in SETS if (found := silent_although_left_out(texts))] == []


@pytest.mark.parametrize("seed", range(MIXED))
def test_that_holds_for_answers_of_different_teams_too(seed: int) -> None:
    assert silent_although_left_out(mixed(seed)) == []


def test_needs_leave_rules_out() -> None:
    made = pipeline.compile(answers(SETS[0]), facts.load(), phase())
    known = about(Case(answers=made.answers, decisions=made.decisions, facts=facts.load(), plan=made.plan))
    chosen = [sum(speaks(e, a) for e in entries()) for a in (known, About(known.platforms, known.text))]
    assert chosen[0] < 0.65 * chosen[1]


def test_what_a_rule_needs_is_a_field_that_can_be_said() -> None:
    fields = {
        f"{key}.{field}"
        for key, reading in pipeline.compile(answers({}), facts.load(), phase()).decisions.readings.items()
        for field in reading.value.__struct_fields__
    }
    needs = {need for r in rules().values() for need in r.needs}
    assert {n for n in needs if n not in SHOWN and n.partition("=")[0] not in {*fields, *SHOWN}} == set()
