"""What must hold of money on every platform, whatever is asked for."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from price.worlds import FACTS, PLATFORMS, draft, planned

from groundplan import price
from groundplan.model.quantity import Range

REGIONS = {
    "fly": ("iad", "ams", "fra", "nrt", "gru"),
    "aws": ("us-east-1", "us-east-2", "us-west-2", "eu-central-1", "eu-west-1"),
    "gcp": ("us-central1", "europe-west1", "europe-west3"),
    "azure": ("eastus", "westus2", "japaneast"),
    "heroku": ("us", "eu"),
    "kubernetes": ("berlin", "paris"),
    "onprem": ("berlin", "paris"),
}
WISHES = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["manual", "auto", "serverless"]),
        "counts": st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)).map(
            lambda c: (c[0], max(c[0], 1) + c[1], max(c[0], 1) + c[1] + c[2])
        ),
        "memory": st.sampled_from([None, 256, 512, 1024, 3000, 8192]),
        "metric": st.sampled_from(["cpu", "memory", "requests", "p95_latency", "queue"]),
        "quality": st.sampled_from(["experiment", "prototype", "production", "secure"]),
        "stores": st.sets(st.sampled_from(["postgres", "redis", "mysql", "queue", "object_storage"])).map(sorted).map(tuple),
        "tools": st.sets(st.sampled_from(["datadog", "sentry", "new_relic", "pagerduty"])).map(sorted).map(tuple),
    }
)  # fmt: skip
PLACED = st.sampled_from([(p, r) for p in PLATFORMS for r in REGIONS[p]])


def cost(platform: str, *codes: str, **wishes):
    return price.price(planned(draft(platform, *codes, **wishes)), FACTS)


@settings(max_examples=150, deadline=None)
@given(placed=PLACED, wishes=WISHES)
def test_floor_is_at_most_expected_is_at_most_ceiling(placed, wishes):
    total = cost(*placed, **wishes).total
    assert Decimal(0) <= total.floor <= total.expected <= total.ceiling


@settings(max_examples=100, deadline=None)
@given(placed=PLACED, wishes=WISHES, more=st.integers(1, 8))
def test_a_higher_maximum_never_costs_less(placed, wishes, more):
    low, start, high = wishes["counts"]
    few = cost(*placed, **wishes | {"counts": (low, start, high)}).total
    many = cost(*placed, **wishes | {"counts": (low, start, high + more)}).total
    assert many.ceiling >= few.ceiling
    assert many.floor >= few.floor


@settings(max_examples=100, deadline=None)
@given(placed=PLACED, wishes=WISHES, more=st.integers(1, 8))
def test_more_instances_at_every_load_never_cost_less(placed, wishes, more):
    low, start, high = wishes["counts"]
    few = cost(*placed, **wishes | {"counts": (low, start, high)}).total
    many = cost(*placed, **wishes | {"counts": (low + more, start + more, high + more)}).total
    assert (many.floor, many.expected, many.ceiling) >= (few.floor, few.expected, few.ceiling)
    assert many.ceiling >= few.ceiling


@settings(max_examples=100, deadline=None)
@given(data=st.data(), platform=st.sampled_from(PLATFORMS), wishes=WISHES)
def test_two_regions_never_cost_less_than_one(data, platform, wishes):
    """Without traffic: the same traffic from a second region can be billed at a lower price, and rightly so."""
    one, two = data.draw(st.permutations(REGIONS[platform]))[:2]
    still = {"egress_gb": Range.flat(0), "log_gb": Range.flat(0)}
    single = cost(platform, one, **wishes, **still)
    both = cost(platform, one, two, **wishes, **still)
    assert both.total.floor >= single.total.floor
    assert both.total.ceiling >= single.total.ceiling


@settings(max_examples=60, deadline=None)
@given(placed=PLACED, wishes=WISHES, more=st.integers(1, 500))
def test_more_traffic_never_costs_less(placed, wishes, more):
    less = cost(*placed, **wishes, egress_gb=Range.flat(50)).total
    much = cost(*placed, **wishes, egress_gb=Range.flat(50 + more)).total
    assert much.expected >= less.expected


@settings(max_examples=60, deadline=None)
@given(placed=PLACED, wishes=WISHES)
def test_what_has_no_price_is_missing_and_never_zero(placed, wishes):
    plan = planned(draft(*placed, **wishes))
    estimate = price.price(plan, FACTS)
    meters = sum(len(c.meters) for c in plan.components)
    assert meters == len(estimate.lines) + len(estimate.missing)
    assert all(FACTS.price(m.price, None) is None for m in estimate.missing)


@settings(max_examples=60, deadline=None)
@given(placed=PLACED, wishes=WISHES)
def test_totals_are_the_sum_of_their_lines(placed, wishes):
    estimate = cost(*placed, **wishes)
    assert estimate.total.expected == sum((line.monthly.expected for line in estimate.lines), Decimal(0))
    assert all(line.source.rstrip(")")[-10:][4] == "-" for line in estimate.lines)
