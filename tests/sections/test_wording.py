"""What the sections say of answers: names and not codes, whole sentences, no comparison of what is not known."""

from __future__ import annotations

import re
from functools import cache

import pytest

from groundplan import ask, facts, pipeline
from groundplan.cli.session import phase_of
from groundplan.fill.values import lines_of
from groundplan.model.answer import Answer, Answers, Project, Quality

USUAL = {
    "hosting": "Fly.io, Postgres on Neon",
    "regions": "Ashburn, users in the US",
    "scaling": "2 instances, 512MB each, up to 4 above 50 requests per second",
    "monitoring": "UptimeRobot. Slack alerts for downtime",
    "budget": "$60 a month, alert at 75%",
    "iac": "fly.toml in the same repo",
}
ON_AWS = {
    "hosting": "AWS ECS Fargate with RDS PostgreSQL, not Heroku",
    "regions": "Frankfurt, data must stay in Germany, users in Germany",
    "budget": "$400 a month, alert at 80%",
    "iac": "Terraform, state in S3",
}
DEEPER = {
    "hosting": "Access control: Ana and Bo alone, with a second factor",
    "regions": "Recovery objectives: running again within 1 hour, 5 minutes of data lost",
    "monitoring": "Log retention: 180 days, audited",
    "budget": "Budget owner: Ana",
    "iac": "State protection: encrypted and locked",
}


@cache
def told(words: tuple[tuple[str, str], ...], quality: Quality = "production") -> dict[str, str]:
    """Label -> text, over all three documents."""
    given = {
        key: Answer(text, replies=(DEEPER[key],) if quality == "secure" and key in DEEPER else ())
        for key, text in words
    }
    answers = Answers(project=Project(name="shop", quality=quality), answers=given)
    made = pipeline.compile(ask.readable(answers), facts.load(), phase_of(None))
    return {f"{s.key}: {f.label}": "\n".join(lines_of(f)) for s in made.sections for f in s.fields}


def of(quality: Quality = "production", **words: str) -> dict[str, str]:
    return told(tuple((USUAL | words).items()), quality)


CASES = [
    ({}, "codebase_infrastructure: Provider", "Fly.io (Machines), with PostgreSQL on Neon"),
    ({}, "codebase_infrastructure: Regions/Zones", "users in the United States"),
    ({}, "codebase_infrastructure: Cost", "; 1 price is not known and comes on top"),
    ({}, "technical_observability: Alerting", "1 alarm\n"),
    ({}, "options_hosting: Considerations", "GP501: an alert at `75%` cannot be set"),
    ({}, "options_hosting: Rationale", "costs are not compared, because a price of it is not known"),
    ({}, "technical_configuration: Secrets", "`DATABASE_URL`: "),
    ({"regions": "Frankfurt and Virginia"}, "codebase_infrastructure: Regions/Zones", "fra (Frankfurt, Germany; primary)"),
    (ON_AWS, "codebase_infrastructure: Provider", "with RDS PostgreSQL (db.t4g.small); ruled out: Heroku"),
    (ON_AWS, "codebase_infrastructure: Infrastructure as Code", "Terraform, state in S3, under `infra/`"),
    (ON_AWS, "codebase_infrastructure: Backups", "RDS PostgreSQL: daily, kept 7 days"),
    (ON_AWS, "codebase_infrastructure: Where data lies", "Frankfurt, Germany (inside): "),
    (ON_AWS, "options_hosting: Rationale", "a month less at the expected load"),
    ({"regions": "Frankfurt and Ireland, with failover"} | {k: ON_AWS[k] for k in ("hosting", "iac")},
     "codebase_infrastructure: Disaster recovery", "RDS PostgreSQL runs in eu-central-1 alone"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "field", "says"), CASES, ids=[c[1] for c in CASES])
def test_a_field_says(words: dict[str, str], field: str, says: str) -> None:
    assert says in of(**words)[field]


DEEP = [
    ("codebase_infrastructure: Access control", "Ana and Bo alone, with a second factor"),
    ("codebase_infrastructure: Disaster recovery", "running again within 1 hour, 5 minutes of data lost"),
    ("codebase_infrastructure: Budget owner", "Ana"),
    ("technical_observability: Log retention", "180 days, audited; logs are kept 365 days"),
    ("technical_configuration: State", "S3; encrypted and locked"),
]


@pytest.mark.parametrize(("field", "says"), DEEP)
def test_a_deeper_reply_stands_in_its_field(field: str, says: str) -> None:
    assert of("secure", **ON_AWS)[field] == says
    assert says not in of(**ON_AWS).get(field, "")


def test_secrets_are_listed_in_one_place() -> None:
    assert [label for label, text in of().items() if "DATABASE_URL" in text and "Store" not in label] == [
        "technical_configuration: Secrets"
    ]


def test_only_what_is_in_doubt_is_marked() -> None:
    marked = {label for label, text in of(scaling="don't know").items() if "TODO" in text}
    assert "codebase_infrastructure: Scaling" in marked
    assert not any("Provider" in label or "Cost" in label or "Monitoring" in label for label in marked)


def test_the_drawing_is_the_same_each_time_and_has_a_box_for_what_runs() -> None:
    drawn = of(**ON_AWS)["technical_scaling: Topology"]
    assert drawn.count("```") == 2 and 'store0[("RDS PostgreSQL")]' in drawn and "users --> front0" in drawn
    told.cache_clear()
    assert of(**ON_AWS)["technical_scaling: Topology"] == drawn


@pytest.mark.parametrize("words", [{}, ON_AWS], ids=["fly", "aws"])
def test_no_plural_of_one_no_country_code_and_no_escaped_code_span(words: dict[str, str]) -> None:
    for label, text in of(**words).items():
        assert not re.search(r"\b1 (?:prices|alarms|instances|regions|limits)\b", text), label
        assert "\\`" not in text and not re.search(r"\b(?:DE|US)\)", text), label


def test_a_candidate_is_one_line_with_its_money_place_fit_and_fate() -> None:
    _, *rows = of(**ON_AWS)["options_hosting: Candidates"].split("\n")
    priced = [row for row in rows if " USD" in row]
    assert len(priced) > 3
    for row in priced:
        assert re.search(r"^[\w. ]+ \([\w -]+\): .* a month.*, (?:serves|[\w, ]+served another way)", row), (
            row
        )
        assert row.endswith("selected") or "not taken" in row, row


UNPLANNED = {
    "hosting": "DigitalOcean App Platform with managed MySQL, Spaces for posters",
    "regions": "Amsterdam; audience in NL and BE",
    "monitoring": "Grafana Cloud, text me if the site is down",
}


@pytest.mark.parametrize(
    ("label", "key"), [("Provider", "hosting"), ("Regions/Zones", "regions"), ("Monitoring", "monitoring")]
)
def test_without_a_plan_every_word_of_the_answer_stands(label, key):
    assert of(**UNPLANNED)[f"codebase_infrastructure: {label}"] == UNPLANNED[key]


def test_a_budget_that_is_not_clear_is_not_called_unstated():
    text = of(**ON_AWS | {"budget": "$6,000/month hard limit $8,000"})["codebase_infrastructure: Cost"]
    assert "“$6,000/month hard limit $8,000”, which is not clear yet" in text
    assert "no budget was stated" not in text


@pytest.mark.parametrize(
    "words",
    [
        {"hosting": "Google Cloud Run, Cloud SQL Postgres, images in GCS", "regions": "Zurich",
         "budget": "CHF 250 per month", "scaling": "min 1, max 10 instances"},
        {"hosting": "AWS EKS, Aurora PostgreSQL", "regions": "eu-west-1 and eu-central-1", "budget": "$100 a month"},
        {},
    ],
)  # fmt: skip
def test_the_cost_says_each_sum_and_each_gap_once(words):
    text = of(**words)["codebase_infrastructure: Cost"]
    sums = re.findall(r"[\d,]+\.\d\d(?= USD)", text)
    assert len(sums) == len(set(sums)), text
    assert text.count("not known") <= 1, text


def test_a_store_is_not_named_twice():
    told_ = of(hosting="Google Cloud Run, images in GCS", regions="Zurich")[
        "codebase_infrastructure: Provider"
    ]
    assert "with Object storage" in told_ and "Object storage (object storage)" not in told_


def test_words_that_were_not_used_stand_with_their_clause():
    words = ON_AWS | {"regions": "Frankfurt and Ireland, RTO 30 minutes RPO 5 minutes"}
    text = of(**words)["options_open_questions: Said and not used"]
    assert "“30 minutes” in “RTO 30 minutes RPO 5 minutes”" in text


def test_the_rationale_holds_the_reason_that_was_given():
    text = of(
        **ON_AWS | {"hosting": "AWS ECS Fargate because the platform team runs it already, RDS PostgreSQL"}
    )
    assert "because the platform team runs it already" in text["options_hosting: Rationale"]


def test_an_open_answer_is_named_by_its_question_with_the_command_that_settles_it() -> None:
    text = of(iac="don't know yet")["options_open_questions: Still to decide"]
    assert text == "Infrastructure as Code (`groundplan change iac …`)"
