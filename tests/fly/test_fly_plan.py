"""Planning for Fly.io: what is chosen, how many, what is replaced and what is assumed."""

from decimal import Decimal

import msgspec
import pytest
from fly.fly_cases import (
    CONTINENTS,
    DRAFTS,
    FACTS,
    FIXED,
    REGIONAL,
    SEED,
    SLEEPY,
    alarm,
    draft,
    place,
    trigger,
    wish,
)
from hypothesis import given
from hypothesis import strategies as st

from groundplan.model.plan import BudgetWish, Route, ScalingWish, StoreWish
from groundplan.model.quantity import Money
from groundplan.platforms.fly.budgeting import fail_at
from groundplan.platforms.fly.plan import plan
from groundplan.platforms.fly.sizes import size

REPLACED = ["fly.scale.metric", "fly.postgres.kind", "fly.alert.none", "fly.budget.none"]


def planned(changed):
    return plan(changed, FACTS)


def component(made, key):
    return next(c for c in made.components if c.key == key)


def gaps(made, field):
    return [a for a in made.assumptions if a.field == field]


def test_the_seed_answers_find_all_four_replacements():
    made = planned(SEED)
    assert [s.id for s in made.substitutions] == REPLACED
    assert all(s.components and s.served_by and s.intent for s in made.substitutions)
    keys = {c.key for c in made.components}
    assert all(set(s.components) <= keys for s in made.substitutions)


def test_the_seed_answers_become_two_to_five_small_machines_and_an_autoscaler():
    made = planned(SEED)
    web = component(made, "web.iad")
    assert (web.sku, web.minimum, web.initial, web.maximum) == ("shared-cpu-1x-1024", 2, 2, 5)
    assert [m.price for m in web.meters] == ["fly.machine.shared-cpu-1x-1024", "fly.rootfs.stopped"]
    assert component(made, "autoscaler.iad").sku == "shared-cpu-1x-256"
    assert component(made, "database.postgres").settings["plan"] == "Basic"
    assert component(made, "cache.redis").provider == "upstash"
    assert component(made, "uptime.outside").provider == "uptimerobot"


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_every_plan_is_complete_and_the_same_each_time(name):
    made = planned(DRAFTS[name])
    assert msgspec.json.encode(made) == msgspec.json.encode(planned(DRAFTS[name]))
    keys = [c.key for c in made.components]
    assert len(keys) == len(set(keys))
    assert all(c.reason and c.because for c in made.components)
    assert all(a.served_by or gaps(made, "monitoring.alert_triggers") for a in made.alarms)
    assert {r for a in made.alarms for r in a.routes} <= {r.channel for r in made.routes}
    for c in made.components:
        assert c.minimum <= c.initial <= c.maximum
        assert all(m.quantity.expected >= 0 for m in c.meters)


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_every_price_is_known_or_belongs_to_a_named_third_party(name):
    prices = {(m.price, c.region, c.provider) for c in planned(DRAFTS[name]).components for m in c.meters}
    unknown = {(price, provider) for price, region, provider in prices if FACTS.price(price, region) is None}
    assert all(provider not in ("fly", "upstash") for _, provider in unknown)


SIZES = [
    # memory, cpu, region, chosen
    (None, None, "iad", "shared-cpu-1x-1024"),
    (256, None, "iad", "shared-cpu-1x-256"),
    (300, None, "iad", "shared-cpu-1x-512"),
    (1024, Decimal("0.5"), "iad", "shared-cpu-1x-1024"),
    (1024, Decimal(2), "iad", "shared-cpu-2x-1024"),
    (4096, None, "iad", "shared-cpu-2x-4096"),
    (512, Decimal(16), "fra", "performance-16x-32768"),
    (131072, None, "iad", "performance-16x-131072"),
    (500000, Decimal(64), "iad", "performance-16x-131072"),
]


@pytest.mark.parametrize(("memory", "cpu", "region", "chosen"), SIZES)
def test_the_cheapest_size_that_covers_the_wish_is_taken(memory, cpu, region, chosen):
    assert size(wish(memory=memory, cpu=cpu), region, FACTS).sku.id == chosen


def test_a_size_beyond_the_largest_is_told():
    found = size(wish(memory=500000), "iad", FACTS)
    assert found.assumptions[0].confirm and "500000 MB" in found.assumptions[0].reason


@given(st.integers(1, 131072), st.decimals(min_value="0.1", max_value=16, places=1))
def test_a_size_always_covers_the_wish_where_one_does(memory, cpu):
    sku = size(wish(memory=memory, cpu=cpu), "iad", FACTS).sku
    assert sku.memory_mib >= memory and sku.cpu >= cpu


STYLES = [
    # wish, style, minimum, initial, maximum
    (wish("manual", (3, 3, 3)), "fixed", 3, 3, 3),
    (wish("auto", (2, 2, 2), triggers=[trigger("cpu", "80", "%")]), "fixed", 2, 2, 2),
    (wish("auto", (1, 2, 4)), "proxy", 1, 2, 4),
    (wish("serverless", (0, 1, 4)), "proxy", 0, 1, 4),
    (wish("auto", (0, 1, 4), triggers=[trigger("memory", "75", "%")]), "autoscaler", 1, 1, 4),
    (wish("auto", (2, 2, 5), triggers=[trigger("requests", "40", "requests")]), "proxy", 2, 2, 5),
    (wish("auto", (5, 1, 2), triggers=[trigger("cpu", "30", "%", "<")]), "proxy", 2, 2, 5),
]


@pytest.mark.parametrize(("scaling", "style", "minimum", "initial", "maximum"), STYLES)
def test_triggers_decide_who_scales(scaling, style, minimum, initial, maximum):
    web = component(planned(draft(scaling=scaling)), "web.iad")
    assert (web.settings["style"], web.minimum, web.initial, web.maximum) == (
        style,
        minimum,
        initial,
        maximum,
    )


REQUESTS = [
    (trigger("requests", "50", "requests per second"), 13, True),
    (trigger("requests", "600", "rpm"), 3, True),
    (trigger("requests", "80", "concurrent requests"), 80, False),
    (trigger("requests", "0.5", "requests"), 1, False),
]


@pytest.mark.parametrize(("said", "limit", "assumed"), REQUESTS)
def test_requests_become_a_concurrency_limit(said, limit, assumed):
    made = planned(draft(scaling=wish(triggers=[said])))
    assert component(made, "web.iad").settings["soft_limit"] == limit
    assert bool(gaps(made, "scaling.triggers")) is assumed
    assert made.substitution("fly.scale.metric") is None


def test_each_region_has_its_own_group_and_autoscaler():
    made = planned(REGIONAL)
    assert [c.settings["group"] for c in made.role("web")] == ["cdg", "lhr"]
    assert [c.settings["app"] for c in made.role("autoscaler")] == [
        "ledger-autoscaler-cdg",
        "ledger-autoscaler-lhr",
    ]


def test_the_proxy_promises_a_minimum_in_the_first_region_only():
    made = planned(CONTINENTS)
    assert [(c.region, c.minimum) for c in made.role("web")] == [("fra", 1), ("iad", 0)]
    assert gaps(made, "scaling.min_instances")[0].value == "0 in iad"


DATABASES = [("cdg", "ams"), ("arn", "ams"), ("fra", "fra"), ("ewr", "iad"), ("dfw", "ord"), ("bom", "sin")]


@pytest.mark.parametrize(("home", "region"), DATABASES)
def test_the_database_goes_to_the_nearest_region_that_has_it_and_stays_in_the_eea(home, region):
    made = planned(draft(codes=(home,)))
    assert component(made, "database.postgres").region == region
    moved = [a for a in gaps(made, "hosting.addons") if a.value == f"database in {region}"]
    assert bool(moved) is (home != region)


def test_a_store_elsewhere_has_a_price_that_is_unknown_and_not_zero():
    made = planned(
        draft(stores=(StoreWish(kind="postgres", provider="neon"), StoreWish(kind="mysql", provider=None)))
    )
    prices = {c.provider: c.meters[0].price for c in made.role("database")}
    assert prices == {"neon": "neon.postgres", "undecided": "undecided.mysql"}
    assert not any(FACTS.price(p, None) for p in prices.values())
    assert made.substitution("fly.postgres.kind") is None


def test_a_channel_that_cannot_be_reached_goes_by_email():
    made = planned(draft(alarms=(alarm("cpu", "85", "%", "sms"),), routes=(Route(channel="sms"),)))
    assert made.alarms[0].routes == ("email",)
    assert [r.channel for r in made.routes] == ["email"]
    assert "sms" in gaps(made, "monitoring.alert_channels")[0].reason


def test_an_alarm_without_any_route_gets_one():
    made = planned(draft(alarms=(alarm("downtime"),), routes=()))
    assert [(r.channel, r.assumed) for r in made.routes] == [("email", True)]


def test_an_application_that_sleeps_is_watched_from_outside_alone():
    made = planned(SLEEPY)
    assert made.role("alarm") == ()
    assert made.alarms[0].served_by == "UptimeRobot from outside"
    assert any("starts a Machine" in a.reason for a in gaps(made, "monitoring.tools"))


def test_a_condition_that_no_metric_states_is_told():
    made = planned(draft(alarms=(alarm("certificate"),)))
    assert made.alarms[0].served_by == "" and made.role("alarm") == ()
    assert gaps(made, "monitoring.alert_triggers")[0].value == "certificate is not watched"


def test_without_a_budget_there_is_no_check():
    made = planned(FIXED)
    assert made.role("budget") == () and made.substitution("fly.budget.none") is None


THRESHOLDS = [([80], 80), ([50, 80, 100], 80), ([50], 50), ([50, 75], 75), ([], 100), ([120], 120)]


@pytest.mark.parametrize(("percents", "expected"), THRESHOLDS)
def test_the_threshold_that_fails_the_check(percents, expected):
    assert (
        fail_at(BudgetWish(limit=Money(Decimal(9)), thresholds_percent=tuple(map(Decimal, percents))))
        == expected
    )


def test_a_budget_in_another_currency_is_never_compared_in_silence():
    assert "90.00 EUR" in gaps(planned(REGIONAL), "budget.currency")[0].reason


def test_a_draft_without_a_place_is_planned_in_the_cheapest_region():
    made = planned(msgspec.structs.replace(SEED, places=()))
    assert [p.code for p in made.places] == ["iad"]
    assert gaps(made, "regions.regions")[0].confirm


@given(
    st.integers(0, 30), st.integers(0, 30), st.integers(0, 30),
    st.sampled_from(["manual", "auto", "serverless"]),
    st.lists(st.sampled_from(["cpu", "memory", "p95_latency", "requests", "queue"]), max_size=3),
    st.lists(st.sampled_from(["iad", "fra", "syd", "jnb"]), min_size=1, max_size=4, unique=True),
)  # fmt: skip
def test_loads_are_always_in_order_for_what_grows(low, start, high, mode, metrics, codes):
    scaling = ScalingWish(
        mode=mode, minimum=low, initial=start, maximum=high, memory_mib=512, cpu=None,
        triggers=tuple(trigger(m, "80", "%") for m in metrics),
    )  # fmt: skip
    made = planned(msgspec.structs.replace(SEED, scaling=scaling, places=tuple(place(c) for c in codes)))
    for web in made.role("web"):
        counts = web.meters[0].quantity
        assert counts.floor <= counts.expected <= counts.ceiling and counts.ceiling >= 1
        idle = [m.quantity for m in web.meters[1:]]
        assert all(i.floor + counts.floor == i.ceiling + counts.ceiling for i in idle)
