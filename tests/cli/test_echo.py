"""The echo: the person's words with numbers, our words, the machine's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from groundplan.cli.terminal import Terminal, measure
from groundplan.cli.views.echo import echo
from groundplan.model.decision import Choice, FollowUp, Reading, Remark, Scaling, Span, Trigger
from groundplan.model.diagnostic import Diagnostic, Where
from groundplan.model.plan import Assumption

TEXT = "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%, and quieter at night?"


def span(field: str, words: str) -> Span:
    start = TEXT.index(words)
    return Span(field=field, start=start, end=start + len(words), text=words)


READING = Reading(
    question="scaling",
    text=TEXT,
    status="unclear",
    value=Scaling(
        mode="auto",
        initial_instances=2,
        max_instances=5,
        memory_mb=1024,
        triggers=(Trigger("cpu", ">", Decimal(80), "percent"),),
    ),
    spans=(
        span("initial_instances", "2 instances"),
        span("memory_mb", "1GB RAM each"),
        span("mode", "auto-scale"),
        span("max_instances", "up to 5 instances"),
        span("triggers.0", "CPU > 80%"),
    ),
    unclear=("schedule",),
    follow_ups=(
        FollowUp(
            field="schedule",
            text="“quieter at night” was not used yet: should fewer instances run at night?",
            choices=(Choice("yes, 1 from 22:00 to 06:00", {"schedule": "night"}), Choice("no, leave it out")),
        ),
    ),
    remarks=(Remark(kind="unused", text="not used", quote="quieter at night", start=88, end=104),),
)
FINDING = Diagnostic(
    code="GP301",
    name="fly-scales-on-concurrency",
    severity="warning",
    message="Fly.io cannot scale on `CPU > 80%` by itself",
    served_by="the autoscaler app",
    where=Where(question="scaling", start=TEXT.index("CPU"), end=TEXT.index("CPU") + 9),
)
ASSUMED = Assumption(field="scaling.min_instances", value="2 instances", reason="as at the start")

WANTED = """\
  “Start with 2 instances¹ (1GB RAM each²), auto-scale³ up to 5 instances⁴ when CPU > 80%⁵, and quieter at
   night?”
   1 start with    2 instances       said
   2 size          1 GB memory each  said
   3 mode          automatic         said
   4 at most       5 instances       said
   5 add one when  CPU above 80 %    said
     ↳ GP301: Fly.io cannot scale on `CPU > 80%` by itself; served by the autoscaler app
   – at least      2 instances       assumed, as at the start
   ? “quieter at night” was not used yet: should fewer instances run at night?
     1) yes, 1 from 22:00 to 06:00
     2) no, leave it out"""


def test_the_echo_of_the_design() -> None:
    assert echo(READING, Terminal(width=110), (FINDING,), (ASSUMED,)) == WANTED


@pytest.mark.parametrize("width", [40, 60, 80, 110])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, unicode: bool) -> None:
    shown = echo(READING, Terminal(width=width, unicode=unicode), (FINDING,), (ASSUMED,))
    assert max(measure(line) for line in shown.splitlines()) <= width


def test_plain_and_coloured_say_the_same() -> None:
    import re

    coloured = echo(READING, Terminal(width=80, colour=True), (FINDING,), (ASSUMED,))
    bare = re.sub(r"\x1b\[[0-9]+m", "", coloured)
    assert "\x1b[" in coloured
    assert bare == echo(READING, Terminal(width=80), (FINDING,), (ASSUMED,))


def test_without_unicode_the_numbers_stand_in_brackets() -> None:
    shown = echo(READING, Terminal(width=110, unicode=False))
    assert '"Start with 2 instances[1] (1GB RAM each[2])' in shown


def test_a_field_set_by_a_person_says_so() -> None:
    import msgspec

    corrected = msgspec.structs.replace(READING, corrected=("max_instances",), spans=())
    assert "at most       5 instances       set by you" in echo(corrected, Terminal(width=110))


def test_an_escape_sequence_in_an_answer_is_shown_not_sent() -> None:
    hostile = Reading(question="scaling", text="\x1b[2J5 instances", status="ok", value=Scaling())
    assert "\x1b" not in echo(hostile, Terminal(width=80))
