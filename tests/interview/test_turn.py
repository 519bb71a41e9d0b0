"""What a line means at a step: cases first."""

from __future__ import annotations

import pytest

from groundplan.ask import (
    Ask,
    Clarify,
    Correct,
    Deepen,
    Go,
    Interview,
    Keep,
    Leave,
    Level,
    Review,
    SetLevel,
    Suggestion,
    Tell,
    Write,
    current,
    respond,
)
from groundplan.model.answer import Answer
from groundplan.model.decision import Choice, Decisions, FollowUp, Reading, Regions, Scaling
from groundplan.model.question import Option, Phase, Question

HOSTING = Question(
    key="hosting", number=1, title="Hosting", requirement="production", context="", prompt="Where?", body="",
    options=(Option("Fly.io"), Option("AWS")), reader="hosting",
)  # fmt: skip
REGIONS = Question(
    key="regions", number=2, title="Regions/Availability", requirement="production", context="", prompt="Where?",
    body="", reader="regions",
)  # fmt: skip
SCALING = Question(
    key="scaling", number=3, title="Scaling Strategy", requirement="production", context="", prompt="How?", body="",
    reader="scaling",
)  # fmt: skip
PHASE = Phase(name="p", title="P", questions=(HOSTING, REGIONS, SCALING), source="built-in")
OFFER = Suggestion("Fly.io", "because")
NIGHT = FollowUp(
    field="schedule", text="fewer at night?", choices=(Choice("yes", {"schedule": "night"}), Choice("no"))
)
SIZE = FollowUp(field="memory_mb", text="how large?")


def interview(**changes: object) -> Interview:
    return Interview(**({"phase": PHASE, "quality": "production"} | changes))  # type: ignore[arg-type]


def said(**texts: str) -> dict[str, Answer]:
    return {key: Answer(text, "answered") for key, text in texts.items()}


def unclear(*follow_ups: FollowUp) -> Decisions:
    reading = Reading(question="scaling", text="x", status="unclear", value=Scaling(), follow_ups=follow_ups)
    return Decisions({"scaling": reading})


@pytest.mark.parametrize(
    ("line", "effects"),
    [
        ("Fly.io in Frankfurt", (Keep("hosting", Answer("Fly.io in Frankfurt", "answered"), True), Go(None))),
        ("2", (Keep("hosting", Answer("AWS", "answered"), True), Go(None))),
        ("2)", (Keep("hosting", Answer("AWS", "answered"), True), Go(None))),
        ("aws", (Keep("hosting", Answer("aws", "answered"), True), Go(None))),
        ("2, 1", (Keep("hosting", Answer("AWS, Fly.io", "answered"), True), Go(None))),
        ("1 9", (Tell("number", "1 9"),)),
        ("9", (Tell("number", "9"),)),
        ("", (Keep("hosting", Answer("Fly.io", "answered"), True), Go(None))),
        ("default", (Keep("hosting", Answer("Fly.io", "answered"), True), Go(None))),
        ("don’t know yet", (Keep("hosting", Answer("Fly.io", "default"), True), Go(None))),
        ("I don't know.", (Keep("hosting", Answer("Fly.io", "default"), True), Go(None))),
        ("back", (Tell("first"),)),
        ("why", (Tell("why"),)),
        ("?", (Tell("help"),)),
        ("save and leave", (Leave(),)),
    ],
)
def test_a_line_at_a_question(line: str, effects: tuple[object, ...]) -> None:
    assert respond(interview(), Ask(HOSTING), line, OFFER) == effects


def test_enter_keeps_an_earlier_answer() -> None:
    step = Ask(HOSTING, Answer("AWS", "answered"))
    assert respond(interview(answers=said(hosting="AWS")), step, "  ", OFFER) == (Go(None),)


def test_back_goes_to_the_question_before() -> None:
    assert respond(interview(answers=said(hosting="AWS")), Ask(REGIONS), "back", OFFER) == (Go("hosting"),)


@pytest.mark.parametrize(
    ("line", "effects"),
    [
        ("1", (Correct("scaling", {"schedule": "night"}),)),
        ("yes", (Correct("scaling", {"schedule": "night"}),)),
        ("2", (Keep("scaling", Answer("x", "answered", ("no",))),)),
        ("7", (Tell("number", "7"),)),
        ("only on Sundays", (Keep("scaling", Answer("x", "answered", ("only on Sundays",))),)),
        ("don't know", (Keep("scaling", Answer("x", "answered", ("-",))),)),
        ("", (Keep("scaling", Answer("x", "answered", ("-",))),)),
        ("back", (Go("scaling"),)),
        ("save", (Leave(),)),
    ],
)
def test_a_line_at_a_follow_up(line: str, effects: tuple[object, ...]) -> None:
    asked = interview(answers=said(hosting="a", regions="b", scaling="x"), decisions=unclear(NIGHT))
    assert respond(asked, Clarify(SCALING, NIGHT, 1), line) == effects


@pytest.mark.parametrize(
    ("line", "effects"),
    [
        ("", (SetLevel("production"),)),
        ("4", (SetLevel("secure"),)),
        ("Prototype", (SetLevel("prototype"),)),
        ("huge", (Tell("level", "huge"),)),
        ("save", (Leave(),)),
    ],
)
def test_a_line_at_the_quality_level(line: str, effects: tuple[object, ...]) -> None:
    assert respond(interview(quality=None), Level(), line) == effects


@pytest.mark.parametrize(
    ("line", "effects"),
    [
        ("change 2", (Go("regions"),)),
        ("2", (Go("regions"),)),
        ("change Scaling", (Go("scaling"),)),
        ("change availability", (Go("regions"),)),
        ("change 9", (Tell("review", "change 9"),)),
        ("", (Tell("review", ""),)),
        ("write", (Write(),)),
        ("yes", (Write(),)),
        ("no", (Leave(),)),
        ("diff", (Tell("diff"),)),
        ("back", (Go("scaling"),)),
    ],
)
def test_a_line_at_the_review(line: str, effects: tuple[object, ...]) -> None:
    assert respond(interview(), Review(), line) == effects


def test_the_first_open_question_is_asked() -> None:
    assert current(interview(quality=None)) == Level()
    assert current(interview()) == Ask(HOSTING)
    assert current(interview(answers=said(hosting="a", scaling="c"))) == Ask(REGIONS)
    assert current(interview(answers=said(hosting="a", regions="b", scaling="c"))) == Review()


def test_a_pending_follow_up_comes_before_the_next_question() -> None:
    answers = said(hosting="a", scaling="x")
    asked = interview(answers=answers, decisions=unclear(NIGHT, SIZE))
    assert current(asked) == Ask(REGIONS)
    asked = interview(answers=answers | said(regions="b"), decisions=unclear(NIGHT, SIZE))
    assert current(asked) == Clarify(SCALING, NIGHT, 1)


@pytest.mark.parametrize(
    ("replies", "corrections", "left", "expected"),
    [
        ((), (), (NIGHT, SIZE), NIGHT),
        (("-",), (), (NIGHT, SIZE), SIZE),
        ((), ("scaling.schedule",), (SIZE,), SIZE),
        (("-",), ("scaling.memory_mb",), (NIGHT,), None),
        (("a", "b"), (), (NIGHT,), None),
        (("State protection: S3",), (), (NIGHT,), NIGHT),
    ],
)
def test_at_most_two_follow_ups(
    replies: tuple[str, ...],
    corrections: tuple[str, ...],
    left: tuple[FollowUp, ...],
    expected: FollowUp | None,
) -> None:
    answers = said(hosting="a", regions="b") | {"scaling": Answer("x", "answered", replies)}
    step = current(interview(answers=answers, corrections=corrections, decisions=unclear(*left)))
    assert (step.follow_up if isinstance(step, Clarify) else None) == expected


def test_a_default_is_not_asked_back() -> None:
    answers = said(hosting="a", regions="b") | {"scaling": Answer("x", "default")}
    assert current(interview(answers=answers, decisions=unclear(NIGHT))) == Review()


@pytest.mark.parametrize(
    ("quality", "keys"),
    [("experiment", []), ("prototype", ["hosting"]), ("production", ["hosting", "regions", "scaling"])],
)
def test_depth_follows_the_quality_level(quality: str, keys: list[str]) -> None:
    assert [q.key for q in interview(quality=quality).questions] == keys


def test_secure_asks_deeper_and_stores_labelled_replies() -> None:
    secure = interview(quality="secure", answers=said(hosting="AWS"))
    step = current(secure)
    assert isinstance(step, Deepen)
    (effect,) = respond(secure, step, "two admins with hardware keys")
    assert effect == Keep(
        "hosting", Answer("AWS", "answered", ("Access control: two admins with hardware keys",))
    )
    assert isinstance(effect, Keep)
    assert current(interview(quality="secure", answers={"hosting": effect.answer})) == Ask(REGIONS)


def test_secure_writes_down_what_is_not_decided() -> None:
    secure = interview(quality="secure", answers=said(hosting="AWS"))
    (effect,) = respond(secure, current(secure), "don't know")
    assert isinstance(effect, Keep)
    assert effect.answer.replies == ("Access control: not decided yet",)


def test_going_back_asks_the_earlier_question_with_its_answer() -> None:
    step = current(interview(answers=said(hosting="AWS"), cursor="hosting"))
    assert step == Ask(HOSTING, Answer("AWS", "answered"))


def test_what_was_said_out_of_turn_is_offered() -> None:
    from groundplan.ask import Known, default_for
    from groundplan.model.decision import Hosting, Remark

    remark = Remark(kind="out_of_turn", text="", quote="Frankfurt", question="regions")
    reading = Reading(question="hosting", text="Fly in Frankfurt", status="ok", value=Hosting(primary="fly"),
                      remarks=(remark,))  # fmt: skip
    offer = default_for(REGIONS, Known(decisions=Decisions({"hosting": reading})))
    assert offer.text == "Frankfurt"
    assert "hosting" in offer.reason


def test_the_budget_default_leaves_room_over_the_plan() -> None:
    from decimal import Decimal

    from groundplan.ask import Known, default_for

    budget = Question(key="budget", number=5, title="Cost", requirement="", context="", prompt="", body="",
                      reader="budget")  # fmt: skip
    assert default_for(budget, Known(ceiling=Decimal("71.60"))).text.startswith("$80 a month")
    assert default_for(budget, Known(ceiling=Decimal("300"))).text.startswith("$350 a month")


def test_unread_regions_keep_their_type() -> None:
    assert Decisions({}).regions == Regions()
