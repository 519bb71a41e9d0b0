"""Any sequence of lines: the interview never raises, never loses an answer, and always comes to the review."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from groundplan.ask import (
    Ask,
    Clarify,
    Correct,
    Go,
    Interview,
    Keep,
    Review,
    SetLevel,
    Suggestion,
    current,
    respond,
)
from groundplan.ask.depth import TOPICS
from groundplan.model.answer import Answer, Quality
from groundplan.model.decision import Choice, Decisions, FollowUp, Reading, Scaling
from groundplan.model.question import Option, Phase, Question

KEYS = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")
PHASE = Phase(
    name="p",
    title="P",
    source="built-in",
    questions=tuple(
        Question(
            key=key,
            number=i,
            title=key.title(),
            requirement="",
            context="",
            prompt="",
            body="",
            options=(Option("One"), Option("Two")),
            reader=key,
        )
        for i, key in enumerate(KEYS, 1)
    ),
)
LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "2",
            "9",
            "back",
            "why",
            "?",
            "default",
            "don't know",
            "change 3",
            "write",
            "vague",
            "vaguer",
        ]
    ),
    st.text(max_size=12),
)


class Disk:
    """The store, as a dictionary."""

    def __init__(self) -> None:
        self.quality: Quality | None = None
        self.answers: dict[str, Answer] = {}
        self.corrections: dict[str, object] = {}

    def interview(self, cursor: str | None) -> Interview:
        return Interview(
            phase=PHASE,
            quality=self.quality,
            answers=dict(self.answers),
            corrections=tuple(self.corrections),
            decisions=Decisions({k: self._read(k, a) for k, a in self.answers.items()}),
            cursor=cursor,
        )

    def _read(self, key: str, answer: Answer) -> Reading:
        """Asks back about two fields where an answer is vague, until they are corrected."""
        wanted = ("a", "b") if "vague" in answer.text else ()
        open_fields = [f for f in wanted if f"{key}.{f}" not in self.corrections]
        asked = tuple(
            FollowUp(field=f, text=f, choices=(Choice("one", {f: 1}), Choice("leave"))) for f in open_fields
        )
        status = "unclear" if asked else "ok"
        return Reading(question=key, text=answer.text, status=status, value=Scaling(), follow_ups=asked)  # type: ignore[arg-type]


class AnyInput(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.disk = Disk()
        self.cursor: str | None = None
        self.follow_ups: dict[str, int] = {}

    @rule(line=LINES)
    def type(self, line: str) -> None:
        interview = self.disk.interview(self.cursor)
        step = current(interview)
        known = set(self.disk.answers)
        for effect in respond(interview, step, line, Suggestion("vague default", "r")):
            self._carry_out(effect, step)
        assert known <= set(self.disk.answers)

    def _carry_out(self, effect: object, step: object) -> None:
        match effect:
            case SetLevel():
                self.disk.quality = effect.quality
            case Keep():
                self._keep(effect, step)
            case Correct():
                self._count(step)
                self.disk.corrections |= {f"{effect.question}.{f}": v for f, v in effect.sets.items()}
            case Go():
                self.cursor = effect.cursor

    def _keep(self, effect: Keep, step: object) -> None:
        if effect.fresh:
            self.follow_ups[effect.question] = 0
            for path in [p for p in self.disk.corrections if p.startswith(effect.question + ".")]:
                del self.disk.corrections[path]
        self._count(step)
        self.disk.answers[effect.question] = effect.answer

    def _count(self, step: object) -> None:
        if isinstance(step, Clarify):
            key = step.question.key
            self.follow_ups[key] = self.follow_ups.get(key, 0) + 1

    @rule()
    def die_and_start_again(self) -> None:
        """Without a cursor the place is where it was, or the first that is open."""
        before = current(self.disk.interview(self.cursor))
        self.cursor, again_at_cursor = None, self.cursor
        if again_at_cursor is None:
            assert current(self.disk.interview(None)) == before

    @rule()
    def answer_everything(self) -> None:
        """Enter is always an answer: the review is at most 1 + 6 x 3 lines and the deeper topics away."""
        for _ in range(1 + len(KEYS) * 3 + len(TOPICS)):
            self.type("")
        assert isinstance(current(self.disk.interview(self.cursor)), Review)

    @invariant()
    def at_most_two_follow_ups_an_answer(self) -> None:
        assert all(count <= 2 for count in self.follow_ups.values())

    @invariant()
    def nothing_is_asked_after_it_was_answered(self) -> None:
        step = current(self.disk.interview(None))
        assert not isinstance(step, Ask) or step.question.key not in self.disk.answers


TestAnyInput = AnyInput.TestCase
TestAnyInput.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
