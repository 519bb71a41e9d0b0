"""`groundplan catalog`: every kind, with sources, dates and what is old."""

import pytest
from cli_world import groundplan

from groundplan.cli.views.catalogue import KINDS

SOURCED = (
    "regions",
    "prices",
    "sizes",
    "sites",
    "countries",
    "rates",
    "slas",
    "lifecycles",
    "alternatives",
    "claims",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_rows_for_people_and_programs(kind):
    done = groundplan("catalog", kind, "--json", "-q")
    assert done.code == 0 and done.json["format_version"] == 1
    assert len(done.json[kind]) > 1
    assert groundplan("catalog", kind, "-q").out.count("\n") > 1


@pytest.mark.parametrize("kind", SOURCED)
def test_every_fact_has_a_source_a_date_and_a_certainty(kind):
    for row in groundplan("catalog", kind, "--json", "-q", "--today", "2026-11-24").json[kind]:
        assert row["date"] and row["certainty"] and row["date"] in row["source"]
        assert row["stale"] is (row["age_days"] > 180)


def test_what_is_old_is_listed_and_counted():
    old = groundplan("catalog", "prices", "--platform", "fly", "--stale", "--json", "--today", "2026-11-24")
    assert old.json["prices"] and all(row["age_days"] > 180 for row in old.json["prices"])
    new = groundplan("catalog", "prices", "--platform", "fly", "--today", "2026-11-24")
    assert "rows are older than 180 days" in new.out


def test_nothing_is_old_on_the_day_of_its_source():
    done = groundplan("catalog", "prices", "--stale", "--json", "--today", "2018-01-01")
    assert done.json["prices"] == []


def test_rows_can_be_narrowed_to_a_platform_and_a_region():
    done = groundplan("catalog", "prices", "--platform", "aws", "--region", "eu-central-1", "--json", "-q")
    assert {row["region"] for row in done.json["prices"]} == {"eu-central-1"}
    assert all(row["id"].startswith("aws.") for row in done.json["prices"])


AREAS = [
    ("fly", "fra", "EU"),
    ("fly", "lhr", "adequacy"),
    ("fly", "iad", "adequacy in part"),
    ("azure", "norwayeast", "EEA"),
    ("fly", "gru", "other"),
]


@pytest.mark.parametrize(("platform", "code", "area"), AREAS)
def test_the_legal_area_of_a_region_is_stated(platform, code, area):
    rows = groundplan("catalog", "regions", "--platform", platform, "--json", "-q").json["regions"]
    assert next(row["area"] for row in rows if row["code"] == code) == area


def test_a_platform_says_whether_it_is_planned_and_written():
    rows = {row["key"]: row for row in groundplan("catalog", "platforms", "--json").json["platforms"]}
    assert rows["fly"]["written"] and rows["aws"]["written"]
    assert rows["gcp"]["planned"] and not rows["gcp"]["written"]
    assert rows["heroku"]["lifecycle"] == "sustaining"


SLIPS = [
    # arguments, what is refused, what is offered instead
    (("regions", "--platform", "fyl"), "`fyl`", "--platform fly"),
    (("prices", "--platform", "FLY"), "`FLY`", "--platform fly"),
    (("services", "--platform", "datdog"), "`datdog`", "--platform datadog"),
    (("regions", "--platform", "aws", "--region", "eu-wst-2"), "`eu-wst-2` of aws", "--region eu-west-2"),
    (("regions", "--platform", "fly", "--region", "eu-west-2"), "`eu-west-2` of fly", ""),
    (("prices", "--region", "us-eats-1"), "`us-eats-1`", "--region us-east-1"),
    (("sizes", "--region", "fra"), "`catalog sizes` has no regions", "catalog sizes"),
    (("regoins",), "'regoins'", "`regions`"),
]


@pytest.mark.parametrize(("arguments", "refused", "offered"), SLIPS)
def test_a_name_that_is_not_known_is_refused_with_the_nearest(arguments, refused, offered):
    done = groundplan("catalog", *arguments)
    assert done.code == 2
    assert done.out == ""
    assert "GP960" in done.err and refused in done.err and offered in done.err


def test_a_known_platform_without_rows_of_a_kind_is_no_slip():
    assert groundplan("catalog", "slas", "--platform", "onprem").code == 0


def test_services_that_are_planned_without_code_are_listed_as_such():
    rows = {row["key"]: row for row in groundplan("catalog", "platforms", "--json").json["platforms"]}
    assert {"ecs_ec2"} == set(rows["aws"]["unwritten"]) <= set(rows["aws"]["services"])
    assert rows["azure"]["unwritten"] == ["aks"] and rows["fly"]["unwritten"] == []
