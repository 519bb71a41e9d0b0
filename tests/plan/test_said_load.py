"""Figures of the load that an answer states in passing: they are priced, and no longer told as unused."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from rules.rule_world import answers, compiled, phase

from groundplan import facts, pipeline
from groundplan.model.quantity import Range

CASES = [
    # question, words, field of the load, what it is; None where the words are about something else
    ("scaling", "2 instances. About 9 million requests a month", "requests_millions", "9"),
    ("scaling", "2 instances, 400k requests per day", "requests_millions", "12"),
    ("scaling", "2 instances, 1,500,000 requests/month", "requests_millions", "1.5"),
    ("scaling", "2 instances, scale out at 1000 requests per minute", "requests_millions", None),
    ("hosting", "AWS ECS on Fargate, PostgreSQL on RDS, db.m6g.large with 200 GB", "database_gb", "200"),
    ("hosting", "AWS EKS, RDS for PostgreSQL db.r6g.xlarge Multi-AZ, 500 GB", "database_gb", "500"),
    ("hosting", "AWS ECS on Fargate, RDS MySQL with 5 GB of storage", "database_gb", "5"),
    ("hosting", "AWS ECS on Fargate, RDS MySQL with 1.5 TB", "database_gb", "1536"),
    ("hosting", "AWS ECS on Fargate, RDS MySQL with 16 GB RAM", "database_gb", None),
    ("hosting", "AWS ECS on Fargate, RDS MySQL and Redis with 20 GB", "database_gb", None),
    ("hosting", "AWS ECS on Fargate, RDS MySQL, later with 200 GB", "database_gb", None),
    ("scaling", "3 instances with 16 GB", "database_gb", None),
    ("budget", "$400 a month with 2 TB of traffic per month", "egress_gb", "2048"),
    ("monitoring", "CloudWatch, 3 GB of logs a day, email for downtime", "log_gb", "90"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "words", "field", "value"), CASES)
def test_a_figure_that_was_said_is_priced(question: str, words: str, field: str, value: str | None) -> None:
    made = compiled({"hosting": "AWS ECS on Fargate with RDS PostgreSQL", question: words}).plan
    assert made is not None
    load = made.draft.load
    assert (field in load.stated) == (value is not None)
    if value is not None:
        assert getattr(load, field).expected == Decimal(value) == getattr(load, field).ceiling


def test_what_is_priced_is_no_longer_told_as_unused() -> None:
    said = {"hosting": "Google Cloud Run", "scaling": "Serverless, max 4. About 9 million requests a month"}
    made = compiled(said)
    remarks = made.decisions.readings["scaling"].remarks
    assert [r.text for r in remarks if "9 million" in r.quote] == [
        "`9 million requests` is used for the cost"
    ]
    assert not [d for d in made.diagnostics if d.code == "GP003" and "9 million" in d.message]


def test_a_figure_that_was_set_wins_over_one_that_was_said() -> None:
    said = answers({"hosting": "AWS ECS on Fargate, RDS MySQL with 200 GB"})
    own = msgspec.structs.replace(said, assume={"database_gb": Range.flat(50)})
    made = pipeline.compile(own, facts.load(), phase()).plan
    assert made is not None and made.draft.load.database_gb == Range.flat(50)
