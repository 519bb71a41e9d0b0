"""Sizes by their vendors' names: planned as named, with their price where one is known, and never with none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rules.rule_world import compiled

EC2, APP = "AWS EC2", "Azure App Service plan"
SIZES = [
    # hosting, scaling, sku of what runs, a month at the expected load in the vendor's first region
    (EC2, "Manual: 2 m5.large instances", "m5.large", "140.16"),
    (EC2, "Manual: 2 m7g.xlarge instances", "m7g.xlarge", "238.27"),
    (EC2, "Manual: 1 c6i.2xlarge instance", "c6i.2xlarge", "248.20"),
    (EC2, "Manual: 1 r6g.large instance", "r6g.large", "73.58"),
    (EC2, "Manual: 2 t4g.medium instances", "t4g.medium", "49.06"),
    (f"{APP} B3", "Manual: 2 instances", "B3", "97.82"),
    (f"{APP} S2", "Manual: 2 instances", "S2", "277.40"),
    (f"{APP} S3", "2 to 4 instances when CPU > 60%", "S3", "554.80"),
    (f"{APP} P2v3", "2 to 4 instances when CPU > 60%", "P2v3", "452.60"),
    (f"{APP} P3v3", "Manual: 1 instance", "P3v3", "452.60"),
    ("Heroku", "Manual: 2 performance-xl dynos", "performance-xl", "1500.00"),
    ("Heroku", "Manual: 1 performance-2xl dyno", "performance-2xl", "1500.00"),
    ("Heroku", "Manual: 1 performance-l-ram dyno", "performance-l-ram", "500.00"),
    (EC2, "Manual: 2 x2iezn.2xlarge instances", "x2iezn.2xlarge", None),
]
HOME = {EC2: "us-east-1", APP: "East US", "Heroku": "US"}


@pytest.mark.parametrize(("hosting", "scaling", "sku", "monthly"), SIZES)
def test_a_named_size_is_planned_and_priced(
    hosting: str, scaling: str, sku: str, monthly: str | None
) -> None:
    regions = next(r for name, r in HOME.items() if hosting.startswith(name))
    made = compiled({"hosting": hosting, "scaling": scaling, "regions": regions})
    assert made.plan is not None and made.estimate is not None
    assert [c.sku for c in made.plan.role("web")] == [sku]
    beside = ("Volumes", "Metrics")
    lines = [x for x in made.estimate.lines if x.role == "web" and not x.meter.startswith(beside)]
    unknown = [m for m in made.estimate.missing if sku in m.price]
    if monthly is None:
        assert unknown and not lines
    else:
        assert [line.monthly.expected for line in lines] == [Decimal(monthly)] and not unknown


PODS = "6 to 20 pods with 500m CPU and 1Gi each at 65% CPU"
NODES = [
    # hosting, scaling, sku of a node, nodes at minimum and maximum
    ("EKS with 3 m6i.large nodes", f"{PODS}, node pool 3 to 6 nodes", "m6i.large", 3, 6),
    ("EKS on m6i.xlarge", PODS, "m6i.xlarge", 2, 4),
    ("EKS", PODS, "t3.large", 3, 11),
    ("GKE with 5 nodes", "2 pods with 500m CPU and 1Gi each", "e2-standard-2", 5, 5),
    ("GKE with 4 e2-standard-4 nodes", PODS, "e2-standard-4", 4, 4),
    ("GKE on e2-highmem-2", "2 pods with 500m CPU and 1Gi each", "e2-highmem-2", 2, 2),
    ("AKS with 3 Standard_D4s_v5 nodes", "2 pods with 500m CPU and 1Gi each", "D4s_v5", 3, 3),
    ("AKS with 4 nodes", "2 pods with 500m CPU and 1Gi each", "D2s_v5", 4, 4),
]  # fmt: skip


@pytest.mark.parametrize(("hosting", "scaling", "sku", "least", "most"), NODES)
def test_nodes_are_of_the_stated_type_and_as_many_as_stated(
    hosting: str, scaling: str, sku: str, least: int, most: int
) -> None:
    made = compiled({"hosting": hosting, "scaling": scaling}).plan
    assert made is not None
    found = [(c.sku, c.minimum, c.maximum) for c in made.role("worker")]
    assert found == [(sku, least, most)]


def test_a_larger_machine_of_a_cluster_costs_what_it_holds() -> None:
    sums = []
    for machine in ("e2-standard-2", "e2-standard-4"):
        made = compiled({"hosting": f"GKE with 4 {machine} nodes", "scaling": PODS, "regions": "us-central1"})
        assert made.estimate is not None
        lines = [x for x in made.estimate.lines if x.role == "worker" and x.meter != "Node disks"]
        sums.append(sum(x.monthly.floor for x in lines))
    assert abs(sums[1] - 2 * sums[0]) < Decimal("0.03")


def test_a_machine_whose_family_has_no_price_is_missing_by_name() -> None:
    made = compiled({"hosting": "GKE with 4 n2-standard-4 nodes", "scaling": PODS, "regions": "us-central1"})
    assert made.estimate is not None
    assert "gcp.gce.n2.vcpu" in {m.price for m in made.estimate.missing}


def test_a_standby_without_a_price_of_its_own_costs_twice_one_zone() -> None:
    made = compiled(
        {"hosting": "AWS ECS on Fargate, RDS PostgreSQL db.m6g.large Multi-AZ", "regions": "us-east-1"}
    )
    assert made.estimate is not None
    lines = [line.monthly.expected for line in made.estimate.lines if line.role == "database"]
    assert lines[0] == Decimal("232.14")
