"""The load that a bill depends on and no question asks for: usual figures, and a person's own. Knows no prices."""

from __future__ import annotations

import msgspec

from groundplan.model.answer import Answers
from groundplan.model.decision import Decisions
from groundplan.model.plan import Assumption, Load
from groundplan.model.quantity import Range
from groundplan.plan.said_load import because, figures

FIELDS = {
    "egress_gb": "GB a month to the internet, in all regions together",
    "log_gb": "GB of logs a month, in all regions together",
    "requests_millions": "million requests a month",
    "busy_percent": "% of its time that an instance works on requests",
    "database_gb": "GB in each database",
    "responders": "people who are paged or who use a paid monitoring tool",
}
"""What `--assume` and `[assume]` may set, each with its unit."""
RATE = "usd_per_"
"""And `usd_per_eur = 1.10`: a rate of one's own."""


def load(answers: Answers, decisions: Decisions) -> tuple[Load, tuple[Assumption, ...]]:
    """The usual load with what was set or said in its place, each recorded with where it comes from."""
    own = {name: value for name, value in answers.assume.items() if name in FIELDS}
    spoken = {name: f for name, f in figures(decisions).items() if name not in own}
    rates = {
        name.removeprefix(RATE).upper(): value.expected
        for name, value in answers.assume.items()
        if name.startswith(RATE)
    }
    made = msgspec.structs.replace(
        Load(),
        **{n: Range.flat(f.value) for n, f in spoken.items()},
        **own,
        rates=rates,
        stated=tuple(sorted((*own, *spoken))),
    )
    gaps = tuple(
        Assumption(field=f"budget.{name}", value=f"{words(value)} {FIELDS[name]}", reason="set by you")
        for name, value in sorted(own.items())
    )
    gaps += tuple(
        Assumption(
            field=f"budget.{name}",
            value=f"{f.value.normalize():f} {FIELDS[name]}",
            reason=because(f.words, f.question),
        )
        for name, f in sorted(spoken.items())
    )
    return made, gaps


def words(value: Range) -> str:
    """`10, 50 and 200`, or one figure where all three are the same."""
    if value.floor == value.expected == value.ceiling:
        return f"{value.expected:f}"
    return f"{value.floor:f}, {value.expected:f} and {value.ceiling:f}"
