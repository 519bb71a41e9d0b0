"""The option matrix: every platform for the same capacity, and a recommendation that gives its reason."""

import pytest
from price.worlds import FACTS, PLATFORMS, compiled

from groundplan.platforms import platforms

SEED = {
    "hosting": "Fly.io for simplicity, with PostgreSQL on Fly and Redis on Upstash",
    "regions": "Single region: US East (majority of users in US, simplicity)",
    "scaling": "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%",
    "monitoring": "UptimeRobot and Sentry. Email alerts for downtime",
    "budget": "$100/month",
}


def rows(**changes):
    return {row.platform: row for row in compiled(**SEED | changes).options}


def test_every_platform_has_a_row():
    assert set(rows()) == set(PLATFORMS) == set(platforms())


def test_every_platform_but_owned_servers_has_a_price_in_us_east():
    found = rows()
    assert {k for k, r in found.items() if r.total is None} == {"onprem"}


def test_same_capacity_means_the_same_counts_and_at_least_the_same_memory():
    from price.worlds import answers

    from groundplan import plan, read
    from groundplan.phases import builtin

    said = answers(**SEED)
    decisions = read.decide(builtin(), said, FACTS)
    for key in PLATFORMS:
        made = plan.plan(plan.draft(said, decisions, FACTS, key), FACTS)
        web = made.role("web")[0]
        assert web.maximum == 5, key
        assert (web.memory_mib or 0) >= 1024, key


def test_what_is_not_known_is_named_and_a_total_that_would_mislead_is_not_shown():
    found = rows(regions="Frankfurt only")
    assert found["azure"].total is None
    assert found["azure"].like is not None
    assert found["onprem"].like is None
    assert "Servers" in found["onprem"].unknown


def test_users_far_away_wait_longer_and_never_less_than_light():
    near = rows(regions="Frankfurt, users in Germany")["aws"].latency[0]
    far = rows(regions="Frankfurt, customers in Australia")["aws"].latency[0]
    assert near.high_ms < far.least_ms
    for found in (near, far):
        assert found.least_ms <= found.low_ms <= found.expected_ms <= found.high_ms
        assert found.least_ms == int(found.km / 100)


def test_no_users_no_latency():
    assert all(not row.latency for row in rows(regions="Frankfurt").values())


RESIDENCY = [
    # answer, platform, kept
    ("EU only for GDPR", "fly", "kept"),
    ("EU only for GDPR", "heroku", "kept"),
    ("Data must stay in Switzerland", "fly", "not_kept"),
    ("Data must stay in Switzerland", "aws", "kept"),
    ("Data must stay in Switzerland", "gcp", "kept"),
    ("Frankfurt", "fly", ""),
    ("Zurich as primary, Frankfurt for disaster recovery. Data must not leave Switzerland", "aws", "partly"),
    (
        "Zurich as primary, Frankfurt for disaster recovery. Data must not leave Switzerland",
        "fly",
        "not_kept",
    ),
]


@pytest.mark.parametrize(("regions", "platform", "kept"), RESIDENCY)
def test_residency_of_each_row(regions, platform, kept):
    assert rows(regions=regions)[platform].residency == kept


@pytest.mark.parametrize(
    ("regions", "short"),
    [
        ("Mumbai, with failover to Delhi", "1 of the 2 regions that you named"),
        ("Mumbai", ""),
        ("Mumbai and Singapore", ""),
    ],
)
def test_a_row_in_fewer_regions_than_were_named_says_so(regions, short):
    assert rows(regions=regions)["fly"].short == short


def test_one_row_is_recommended_and_every_other_says_why_not():
    found = rows()
    best = [r for r in found.values() if r.recommended]
    assert len(best) == 1
    assert all(r.reason for r in found.values())


RECOMMENDED = [
    # changes, platform
    ({}, "fly"),
    ({"hosting": "AWS ECS on Fargate, not Fly.io", "budget": "$500/month"}, "aws"),
    ({"regions": "Data must stay in Switzerland", "budget": "$500/month"}, "aws"),
    ({"hosting": "AWS ECS on Fargate with RDS PostgreSQL", "budget": "$1500/month"}, "aws"),
    (
        {
            "hosting": "Azure Container Apps",
            "regions": "Mumbai, with failover to Delhi",
            "budget": "$2000/month",
        },
        "azure",
    ),
    (
        {
            "hosting": "AWS ECS on Fargate",
            "regions": "Zurich as primary, Frankfurt for disaster recovery. Data must not leave Switzerland",
        },
        "aws",
    ),
]


@pytest.mark.parametrize(("changes", "platform"), RECOMMENDED)
def test_the_recommended_platform(changes, platform):
    best = next(r for r in rows(**changes).values() if r.recommended)
    assert best.platform == platform, {k: r.reason for k, r in rows(**changes).items()}


def test_a_platform_that_was_ruled_out_is_not_recommended():
    found = rows(hosting="AWS ECS on Fargate. No Fly.io, we had bad experiences")
    assert found["fly"].rejected
    assert not found["fly"].recommended
    assert "ruled it out" in found["fly"].reason


def test_a_status_that_warns_is_told_with_its_date():
    row = rows()["heroku"]
    assert row.lifecycle.startswith("sustaining") and "2026" in row.lifecycle


@pytest.mark.parametrize(
    "hosting", ["Heroku", "Google Cloud Run", "Azure Container Apps", "Kubernetes", "our own servers"]
)
def test_a_platform_that_is_planned_and_not_written_says_so_and_writes_no_code(hosting):
    made = compiled(**SEED | {"hosting": hosting})
    assert made.plan is not None and made.estimate is not None
    assert made.files == ()
    assert [d.severity for d in made.diagnostics if d.code == "GP110"] == ["error"]
    assert not [d for d in made.diagnostics if d.code.startswith("GP90")]
    assert made.sections


@pytest.mark.parametrize(
    "iac", ["Terraform", "Pulumi in Python", "CloudFormation", "None", "app.yaml in the repository"]
)
@pytest.mark.parametrize("hosting", ["Heroku", "Google Cloud Run", "Azure App Service", "Kubernetes"])
def test_every_tool_on_a_platform_without_code_is_survived(hosting, iac):
    made = compiled(**SEED | {"hosting": hosting, "iac": iac})
    assert not [d for d in made.diagnostics if d.code.startswith("GP90")]
    assert made.files == ()
