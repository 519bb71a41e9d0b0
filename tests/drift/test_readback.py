"""A document that a person edited is read as an answer: taken where it is understood, never guessed."""

from __future__ import annotations

import json
import shlex
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan import facts, read
from groundplan.drift.readback import Offer, Reader, offer, quoted
from groundplan.drift.wording import answer_words
from groundplan.phases import builtin
from groundplan.store import parse_answers

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(p.parent for p in (ROOT / "examples").glob("*/groundplan.toml"))
OFFERS = tomllib.loads((Path(__file__).parent / "offers.toml").read_text())["offer"]


def reader(example: Path) -> Reader:
    answers, _ = parse_answers((example / "groundplan.toml").read_text())
    assert answers
    known = facts.load()
    return Reader(phase=builtin(), decisions=read.decide(builtin(), answers, known), facts=known)


def written(example: Path) -> dict[tuple[str, str], str]:
    documents = json.loads((example / "groundplan.lock").read_text())["documents"]
    return {
        (section, label): text
        for sections in documents.values()
        for section, labels in sections.items()
        for label, text in labels.items()
    }


SEED = reader(ROOT / "examples" / "seed")
OURS = written(ROOT / "examples" / "seed")


@pytest.mark.parametrize("case", OFFERS, ids=lambda c: f"{c['field']}-{c['kind']}")
def test_an_edit_is_offered_kept_or_reported(case):
    place = (case.get("section", "codebase_infrastructure"), case["field"])
    theirs = case["theirs"] if "theirs" in case else OURS[place].replace(*case["swap"])
    assert theirs != OURS[place]
    made = offer(SEED, *place, OURS[place], theirs)
    assert (made.kind, list(made.commands), list(made.drops)) == (
        case["kind"],
        [c.strip() for c in case.get("commands", [])],
        case.get("drops", []),
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_our_own_words_are_never_taken_for_another_answer(example: Path):
    mine = reader(example)
    for (section, label), text in written(example).items():
        for theirs in (text, f"{text} indeed", f"{text}. Agreed with Anna."):
            assert offer(mine, section, label, text, theirs).kind in ("wording", "computed"), (label, theirs)


def test_a_count_over_several_regions_is_not_taken_for_one_of_each():
    example = ROOT / "examples" / "photo-share"
    place = ("technical_scaling", "Scaling strategy")
    text = written(example)[place]
    assert "to 8 instances" in text
    assert offer(reader(example), *place, text, text.replace("to 8", "to 6")).kind == "unclear"


@given(st.sampled_from(sorted(OURS)), st.text(max_size=60))
def test_no_words_raise_and_every_command_can_be_typed(place, theirs):
    made = offer(SEED, *place, OURS[place], theirs)
    assert isinstance(made, Offer) and bool(made.commands) == (made.kind == "answer")
    for command in made.commands:
        words = shlex.split(command)
        assert words[:2] == ["groundplan", "change"] and len(words) == 4
        assert made.answer is None or words[3] == made.answer


@given(st.text(alphabet=st.characters(exclude_characters="\0\n\r"), min_size=1))
def test_quoting_survives_a_shell(words):
    assert shlex.split(quoted(words)) == [words]


WORDS = [
    ("regions", "single region: iad (Ashburn, Virginia, US). Users: US", "single region: iad. users in US"),
    ("scaling", "auto: 2 to 6 instances of fargate-512-1024, 0.5 vCPU", "auto: 2 to 6 instances, 0.5 vCPU"),
    ("budget", "budget 400.00 USD a month, alert at 80 %; estimate 1 to 2 USD", "budget 400 USD a month, alert at 80 %"),
    ("hosting", "AWS <!-- TODO: Confirm with developer -->", "AWS"),
    ("monitoring", "2 alarms\nCPU \\> 80 %\n`x`", "2 alarms; CPU > 80 %; x"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text", "words"), WORDS)
def test_a_field_as_a_person_would_say_it(question, text, words):
    assert answer_words(question, text) == words
