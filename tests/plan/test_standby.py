"""A standby and a single zone, whichever answer says them: the person's word wins over the quality level."""

from __future__ import annotations

import pytest
from rules.rule_world import compiled

AWS = "AWS ECS on Fargate with RDS PostgreSQL"
CASES = [
    # answers, whether the database has a standby
    ({"regions": "Frankfurt, Multi-AZ"}, True),
    ({"regions": "Frankfurt in two zones, the database with HA"}, True),
    ({"scaling": "Manual: 2 instances, multi az"}, True),
    ({"hosting": "Azure Container Apps with Azure Database for PostgreSQL Flexible Server (D2ds_v5, zone redundant)"}, True),
    ({"hosting": "Cloud Run with Cloud SQL for Postgres (db-custom-2-7680, high availability)"}, True),
    ({"hosting": "Cloud Run with Cloud SQL for Postgres (db-custom-2-7680, no high availability)"}, False),
    ({"regions": "Frankfurt, Multi-AZ later"}, False),
    ({"regions": "Frankfurt, multi-AZ is not needed"}, False),
    ({"regions": "Frankfurt, no Multi-AZ"}, False),
    ({"regions": "Frankfurt, Paris as a standby region"}, False),
    ({"scaling": "Manual: 2 instances, one on standby"}, False),
    ({"hosting": f"{AWS} and Redis on ElastiCache with HA"}, False),
    ({"regions": "Frankfurt"}, False),
    ({"regions": "Frankfurt", "quality": "secure"}, True),
    ({"regions": "Frankfurt, Single-AZ", "quality": "secure"}, False),
    ({"hosting": f"{AWS}, single-AZ to save money", "quality": "secure"}, False),
    ({"hosting": f"{AWS}, not single-AZ", "quality": "secure"}, True),
]  # fmt: skip


@pytest.mark.parametrize(("said", "standby"), CASES)
def test_a_standby_where_it_was_said(said: dict[str, str], standby: bool) -> None:
    made = compiled({"hosting": AWS, **said}).plan
    assert made is not None
    assert [c.settings["multi_az"] for c in made.role("database")] == [standby]


def test_a_database_that_is_said_again_is_planned_once() -> None:
    made = compiled({"hosting": "Cloud Run with Cloud SQL for Postgres (db-custom-2-7680)"}).plan
    assert made is not None
    assert [c.key for c in made.role("database")] == ["database.postgres"]


@pytest.mark.parametrize(("quality", "severity"), [("production", "note"), ("secure", "warning")])
def test_one_zone_is_kept_and_told_as_loudly_as_the_level_asks(quality: str, severity: str) -> None:
    found = compiled({"hosting": AWS, "regions": "Frankfurt, Single-AZ", "quality": quality}).diagnostics
    said = [(d.severity, d.message) for d in found if d.code == "GP115"]
    assert said == [
        (severity, "`Single-AZ` is what you said, so RDS PostgreSQL is planned without a standby")
    ]


def test_the_plan_names_the_words() -> None:
    made = compiled({"hosting": AWS, "regions": "Frankfurt, Multi-AZ"}).plan
    assert made is not None
    reasons = [a.reason for a in made.assumptions if a.field == "hosting.standby"]
    assert reasons == ["because of “Multi-AZ” in the regions answer"]
