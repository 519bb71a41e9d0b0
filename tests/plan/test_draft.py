"""Gap filling: what is assumed, why, and what is never assumed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan import facts
from groundplan.model.decision import (
    AlertTrigger,
    Budget,
    Decisions,
    Monitoring,
    Reading,
    Scaling,
    Trigger,
    Value,
)
from groundplan.plan.budget import budget
from groundplan.plan.scaling import scaling
from groundplan.plan.watch import watch

FACTS = facts.load()


def decided(question: str, value: Value) -> Decisions:
    return Decisions({question: Reading(question=question, text="as said", status="ok", value=value)})


SCALING = [
    # said, quality, mode, minimum, initial, maximum
    (Scaling(), "production", "manual", 2, 2, 2),
    (Scaling(), "prototype", "manual", 1, 1, 1),
    (Scaling(mode="auto", initial_instances=2, max_instances=5), "production", "auto", 2, 2, 5),
    (Scaling(mode="auto", min_instances=1, max_instances=4), "production", "auto", 1, 1, 4),
    (Scaling(mode="auto", max_instances=10), "production", "auto", 2, 2, 10),
    (Scaling(mode="auto", max_instances=1), "production", "auto", 1, 1, 1),
    (Scaling(mode="auto", initial_instances=3), "production", "auto", 3, 3, 6),
    (Scaling(mode="serverless", scale_to_zero=True, max_instances=8), "production", "serverless", 0, 2, 8),
    (Scaling(mode="manual", initial_instances=3), "secure", "manual", 3, 3, 3),
    (Scaling(triggers=(Trigger("cpu", ">", Decimal(80), "%"),)), "production", "auto", 2, 2, 4),
]


@pytest.mark.parametrize(("said", "quality", "mode", "minimum", "initial", "maximum"), SCALING)
def test_counts_are_completed(said, quality, mode, minimum, initial, maximum):
    wish, _ = scaling(quality, decided("scaling", said), FACTS, "aws")
    assert (wish.mode, wish.minimum, wish.initial, wish.maximum) == (mode, minimum, initial, maximum)


def test_what_was_stated_is_never_an_assumption():
    said = Scaling(mode="auto", initial_instances=2, min_instances=2, max_instances=5)
    _, gaps = scaling("production", decided("scaling", said), FACTS, "aws")
    assert gaps == ()


def test_a_trigger_without_a_value_takes_a_usual_one_and_asks_to_confirm():
    wish, gaps = scaling(
        "production", decided("scaling", Scaling(mode="auto", triggers=(Trigger("cpu"),))), FACTS, "aws"
    )
    assert (wish.triggers[0].value, wish.triggers[0].assumed) == (Decimal(70), True)
    assert any(g.field == "scaling.triggers" and g.confirm for g in gaps)


@given(
    st.none() | st.integers(1, 20),
    st.none() | st.integers(0, 20),
    st.none() | st.integers(1, 40),
    st.booleans(),
)
def test_assumed_counts_never_break_the_order(initial, minimum, extra, auto):
    maximum = None if extra is None else max(initial or 1, minimum or 1) + extra
    said = Scaling(
        mode="auto" if auto else None, initial_instances=initial, min_instances=minimum, max_instances=maximum
    )
    wish, _ = scaling("production", decided("scaling", said), FACTS, "aws")
    if initial is None or minimum is None or minimum <= initial:
        assert wish.minimum <= wish.initial <= wish.maximum


def test_every_stated_trigger_has_a_receiver():
    said = Monitoring(
        alert_channels=("email",),
        alert_triggers=(AlertTrigger("downtime", channel="pagerduty"), AlertTrigger("cpu")),
    )
    seen, gaps = watch(decided("monitoring", said))
    assert [(a.condition, a.routes) for a in seen.alarms] == [
        ("downtime", ("pagerduty",)),
        ("cpu", ("email", "pagerduty")),
    ]
    assert [r.channel for r in seen.routes] == ["email", "pagerduty"]
    assert [g.value for g in gaps] == ["cpu 85 %"]


def test_without_triggers_downtime_and_errors_are_watched():
    seen, gaps = watch(decided("monitoring", Monitoring(tools=("datadog",))))
    assert [a.condition for a in seen.alarms] == ["downtime", "error_rate"]
    assert all(a.assumed for a in seen.alarms) and all(g.confirm for g in gaps)


BUDGETS = [
    (Budget(amount=Decimal(100), currency="USD", period="month"), "100.00", ["50", "80", "100"]),
    (
        Budget(amount=Decimal(100), currency="USD", period="month", alert_threshold_amount=Decimal(80)),
        "100.00",
        ["80"],
    ),
    (
        Budget(amount=Decimal(1200), currency="EUR", period="year", alert_threshold_percent=Decimal(90)),
        "100.00",
        ["90"],
    ),
    (
        Budget(amount=Decimal(900), currency="USD", period="month", alert_threshold_amount=Decimal(700)),
        "900.00",
        ["77.8"],
    ),
]


@pytest.mark.parametrize(("said", "limit", "percents"), BUDGETS)
def test_budget_becomes_a_monthly_limit_with_thresholds(said, limit, percents):
    wish, _ = budget(decided("budget", said))
    assert wish.limit is not None and wish.limit.amount == Decimal(limit)
    assert [f"{p:f}" for p in wish.thresholds_percent] == percents


def test_no_budget_stays_no_budget():
    wish, gaps = budget(decided("budget", Budget(tracking=("billing_alerts",))))
    assert wish.limit is None and wish.thresholds_percent == () and gaps == ()
