"""Draft to Plan on Fargate: sizes, counts, what is built and what is left to a person."""

from decimal import Decimal

import pytest
from aws.aws_cases import FACTS, alarm, draft, planned, trigger, wish

from groundplan.model.plan import Alarm, BudgetWish, Route, StoreWish
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.watching import BROKEN

OWN_DATABASE = StoreWish(kind="postgres", provider=None)
SIZES = [
    # stated memory and CPU -> MiB and CPU of the task
    (None, None, 1024, "0.5"),
    (512, "0.25", 512, "0.25"),
    (1024, "0.5", 1024, "0.5"),
    (2048, "1", 2048, "1"),
    (3000, None, 3072, "0.5"),
    (4096, "2", 4096, "2"),
    (256, None, 1024, "0.5"),
]
COUNTS = [
    ((2, 2, 6), (2, 2, 6)),
    ((0, 2, 3), (1, 2, 3)),
    ((0, 0, 0), (1, 1, 1)),
    ((4, 2, 3), (4, 4, 4)),
]
NIGHTS = [
    # words of the answer -> count, from when, until when; None where a person must say more
    ("scale down to 1 at night", (1, "0 20 *", "0 6 *")),
    ("Scale back to two overnight 10pm-6am", (2, "0 22 *", "0 6 *")),
    ("one task only at night, two by day", None),
    ("off at night and on weekends", (0, "0 20 MON-FRI", "0 6 MON-FRI")),
    ("stopped on weekends", (0, "0 20 FRI", "0 6 MON")),
    ("1 instance outside business hours", (1, "0 20 *", "0 6 *")),
    ("nachts aus", (0, "0 20 *", "0 6 *")),
    ("1 at night from 22:00 to 6:00", (1, "0 22 *", "0 6 *")),
    ("off from 10pm to 6am Europe/Berlin", (0, "0 22 *", "0 6 *")),
    ("off at night and weekends, 19:00 to 7:00", (0, "0 19 MON-FRI", "0 7 MON-FRI")),
    ("only weekdays 8-18", (0, "0 18 MON-FRI", "0 8 MON-FRI")),
    ("running Mon-Fri 07:30-19:00", (0, "0 19 MON-FRI", "30 7 MON-FRI")),
    ("only on weekdays", (0, "0 0 SAT", "0 0 MON")),
    ("4 tasks during business hours (9am-6pm", (4, "0 9 MON-FRI", "0 18 MON-FRI")),
    ("1 outside business hours 9-17", (1, "0 17 MON-FRI", "0 9 MON-FRI")),
    ("minimum 4 on weekdays", (4, "0 0 MON", "0 0 SAT")),
    ("scale to 10 on Mondays", (10, "0 0 MON", "0 0 TUE")),
    ("off on sundays", (0, "0 0 SUN", "0 0 MON")),
    ("4 on tuesdays from 9-5pm", (4, "0 9 TUE", "0 17 TUE")),
    ("6 from 9:00 to 17:00", (6, "0 9 *", "0 17 *")),
    ("weekdays 8:00 to 18:00", None),
    ("weekdays 2-12 instances", None),
    ("2-4 on weekdays", None),
    ("4 on weekdays from 22:00 to 6:00", None),
    ("2 on mondays and fridays", None),
    ("scale down to 1 at weekends and after 8pm", None),
    ("off at night 25:00-26:00", None),
    ("4 during business hours", None),
    ("at night", None),
    (":00 on weekdays", None),
    ("from 2 to 4 at night", None),
    ("1 from 8 pm at night", None),
    ("10 on black friday", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("memory", "cpu", "mib", "cores"), SIZES)
def test_the_task_is_the_smallest_that_covers_what_was_stated(memory, cpu, mib, cores):
    (web,) = planned(scaling=wish(memory=memory, cpu=cpu)).role("web")
    assert (web.memory_mib, web.cpu) == (mib, Decimal(cores))


@pytest.mark.parametrize(("stated", "built"), COUNTS)
def test_a_service_never_starts_with_fewer_than_one_task(stated, built):
    (web,) = planned(scaling=wish(counts=stated)).role("web")
    assert (web.minimum, web.initial, web.maximum) == built


@pytest.mark.parametrize(("said", "found"), NIGHTS)
def test_hours_are_understood_or_left_alone(said, found):
    hours = nights(said)
    crons = [
        f"cron({when[: -len(day) - 1]} ? * {day} *)" for when in (found or ())[1:] for day in when.split()[2:]
    ]
    assert (hours and [hours.count, hours.evening, hours.morning]) == (found and [found[0], *crons])


ROUTES = [
    # channels -> who is told of each that fails
    (("email",), {}),
    (("email", "telegram"), {}),
    (("email", "slack"), {"email": ("slack",), "slack": ("email",)}),
    (("email", "sms", "discord"), {"email": ("sms", "discord"), "sms": ("email", "discord"),
                                   "discord": ("email", "sms")}),
]  # fmt: skip


def _routes(*channels: str) -> tuple[Route, ...]:
    return tuple(Route(channel=c, receiver=f"alert_{c}") for c in channels)


def _down(*channels: str) -> Alarm:
    return Alarm(condition="downtime", threshold=None, unit=None, window_s=300, routes=channels)


@pytest.mark.parametrize(("channels", "told"), ROUTES)
def test_a_route_that_fails_is_told_by_the_others(channels, told):
    made = planned(routes=_routes(*channels), alarms=(_down(*channels),))
    broken = {
        a.condition.removeprefix("unreachable_"): a.routes for a in made.alarms if a.served_by == BROKEN
    }
    assert broken == told
    assert [m.quantity.expected for c in made.role("alarm") for m in c.meters] == [1 + len(told)]


def test_nobody_watches_routes_that_no_alarm_uses():
    assert not planned(routes=_routes("email", "slack"), alarms=()).alarms


def test_a_stated_time_zone_is_that_of_the_schedule():
    assert nights("off from 10pm to 6am Europe/Berlin").zone == "Europe/Berlin"
    assert nights("off at night").zone == "UTC"


@pytest.mark.parametrize("said", [s for s, found in NIGHTS if s and found is None])
def test_hours_that_are_not_understood_are_told(said):
    gaps = planned(scaling=wish(schedule=said)).assumptions
    assert any(g.field == "scaling.schedule" and "by hand" in g.value and g.confirm for g in gaps)


@pytest.mark.parametrize("channel", ["telegram", "phone", "jira"])
def test_a_channel_that_aws_cannot_reach_is_told(channel):
    made = planned(alarms=(alarm("downtime", None, None, channel),), routes=(Route(channel=channel),))
    assert any(g.field == "monitoring.alert_channels" and channel in g.value for g in made.assumptions)


@pytest.mark.parametrize("channel", ["email", "sms", "slack", "teams", "pagerduty", "webhook", "discord"])
def test_a_channel_that_is_built_is_no_assumption(channel):
    made = planned(alarms=(alarm("downtime", None, None, channel),), routes=(Route(channel=channel),))
    assert not any(g.field == "monitoring.alert_channels" for g in made.assumptions)


@pytest.mark.parametrize(
    ("quality", "nat", "keys", "days"),
    [("experiment", 0, 0, 30), ("prototype", 0, 0, 30), ("production", 1, 0, 30), ("secure", 1, 1, 365)],
)
def test_the_quality_level_decides_network_keys_and_retention(quality, nat, keys, days):
    made = planned(quality=quality)
    assert (len(made.role("network")), len(made.role("secrets")), made.log_retention_days) == (
        nat,
        keys,
        days,
    )


def test_a_plan_without_a_budget_holds_none():
    assert planned(budget=BudgetWish(limit=None)).role("budget") == ()


def test_the_disk_is_watched_once_and_the_rest_in_every_region():
    made = planned(
        codes=("eu-central-1", "eu-west-1"), stores=(OWN_DATABASE,), alarms=(alarm("cpu", "80"), alarm("disk", "80"))
    )  # fmt: skip
    assert [m.quantity.expected for c in made.role("alarm") for m in c.meters] == [3]


def test_what_several_regions_need_by_hand_is_told():
    fields = {
        g.field for g in planned(codes=("eu-central-1", "eu-west-1"), stores=(OWN_DATABASE,)).assumptions
    }
    assert {"regions.dns", "hosting.addons"} <= fields


def test_every_price_of_a_plan_is_known_or_said_to_be_unknown():
    made = planned(quality="secure", stores=(OWN_DATABASE, StoreWish(kind="redis", provider=None)))
    for component in made.components:
        for meter in component.meters:
            assert meter.price in FACTS.prices, meter.price


def test_a_metric_that_ecs_cannot_track_is_a_substitution():
    made = planned(scaling=wish(triggers=[trigger("queue", "100", "messages")]))
    assert made.substitution("aws.fargate.metric")
    assert planned(scaling=wish(triggers=[trigger("memory", "70")])).substitutions == ()


def test_the_same_draft_gives_the_same_plan():
    assert planned() == planned()
    assert draft() == draft()
