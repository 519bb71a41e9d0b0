"""A standby and a size that were stated: in the plan, the price, the documents and every kind of code."""

from decimal import Decimal

import pytest
from price.worlds import compiled

BASE = {
    "regions": "us-east-1",
    "scaling": "Manual: 2 instances with 1 GB and 0.5 vCPU each",
    "monitoring": "CloudWatch, email to ops@example.com on downtime",
    "budget": "900 USD a month, alert at 80%",
}
CODE = [
    # tool, what the code of RDS says with a standby and without one
    ("Terraform", "multi_az = true", "multi_az = false"),
    ("Pulumi in Python", "multi_az=True", "multi_az=False"),
    ("CloudFormation", "MultiAZ: true", "MultiAZ: false"),
    ("None, by hand in the console", "--multi-az", "--no-multi-az"),
]
SIZES = [
    # hosting, scaling, role, SKU, price of one at the expected load
    ("Heroku", "Manual: 1 performance-l dyno", "web", "performance-l", "500"),
    ("Heroku", "Manual: 1 basic dyno", "web", "basic", "7"),
    ("Heroku with Heroku Postgres standard-2", "Manual: 1 dyno", "database", "standard-2", "200"),
    ("Azure App Service plan P1v3", "Manual: 1 instance", "web", "P1v3", "113.15"),
    ("AWS EC2", "Manual: 1 t3.medium instance", "web", "t3.medium", "30.37"),
    ("AWS ECS on Fargate with RDS PostgreSQL db.t4g.medium", "Manual: 1 instance", "database", "db.t4g.medium", "47.45"),
    ("Cloud Run with Cloud SQL PostgreSQL db-f1-micro", "Manual: 1 instance", "database", "db-f1-micro", "7.67"),
    ("Fly.io", "Manual: 1 performance-1x machine", "web", "performance-1x-2048", None),
]  # fmt: skip
HOMES = {"Heroku": "US", "Azure": "eastus", "Cloud": "us-central1", "Fly.io": "iad", "AWS": "us-east-1"}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("tool", "doubled", "single"), CODE, ids=[c[0] for c in CODE])
def test_the_code_holds_a_standby_where_one_was_said(tool, doubled, single):
    for words, expected, other in ((" Multi-AZ", doubled, single), ("", single, doubled)):
        made = compiled(**BASE, hosting=f"AWS ECS on Fargate with RDS PostgreSQL{words}", iac=tool)
        text = squeezed("\n".join(f.content for f in made.files))
        assert expected in text
        assert other not in text


@pytest.mark.parametrize("region", ["us-east-1", "us-east-2", "eu-central-1"])
def test_a_standby_doubles_instance_and_storage(region):
    said = {**BASE, "regions": region, "iac": "Terraform"}
    one = compiled(**said, hosting="AWS ECS on Fargate with RDS PostgreSQL")
    two = compiled(**said, hosting="AWS ECS on Fargate with RDS PostgreSQL Multi-AZ")
    costs = [
        sum(line.monthly.expected for line in m.estimate.lines if line.role == "database") for m in (one, two)
    ]
    assert abs(costs[1] - 2 * costs[0]) <= Decimal("0.05") * costs[0]


@pytest.mark.parametrize(
    ("hosting", "sku"),
    [
        ("Cloud Run with highly available Cloud SQL PostgreSQL", "db-custom-1-3840, regional"),
        ("Azure Container Apps, zone-redundant Azure Database for PostgreSQL", "D2ds_v5, zone-redundant"),
        ("Heroku with Heroku Postgres and high availability", "premium-0"),
    ],
)
def test_a_standby_is_planned_on_every_platform_and_no_longer_warned_about(hosting, sku):
    made = compiled(hosting=hosting, scaling="Manual: 2 instances")
    assert [c.sku for c in made.plan.role("database")] == [sku]
    assert not [d for d in made.diagnostics if d.code == "GP115"]


def test_a_cache_with_a_standby_has_two_nodes_in_the_code():
    made = compiled(
        **BASE, hosting="AWS ECS on Fargate with highly available ElastiCache Redis", iac="Terraform"
    )
    text = squeezed("\n".join(f.content for f in made.files))
    assert "num_cache_clusters = 2" in text
    assert "automatic_failover_enabled = true" in text


@pytest.mark.parametrize(("hosting", "scaling", "role", "sku", "cost"), SIZES, ids=[s[3] for s in SIZES])
def test_a_stated_size_is_planned_and_priced(hosting, scaling, role, sku, cost):
    made = compiled(hosting=hosting, scaling=scaling, regions=HOMES[hosting.split()[0]])
    assert [c.sku for c in made.plan.role(role)] == [sku]
    lines = [line for line in made.estimate.lines if line.role == role]
    assert lines
    assert cost is None or lines[0].monthly.expected == Decimal(cost)
    assert not [d for d in made.diagnostics if d.code in ("GP003", "GP344")]
