"""Services that are planned and priced when an answer names them; code is written for some of them."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from price.worlds import FACTS, compiled, draft, planned

from groundplan import price
from groundplan.platforms import platforms

CASES = tomllib.loads((Path(__file__).parent / "unwritten.toml").read_text())["service"]
EVERY = [(p.key, s) for p in platforms().values() for s in (*p.unwritten, *p.variants)]
UNWRITTEN = [case for case in CASES if not case.get("written")]


def made(case: dict):
    return compiled(hosting=case["hosting"], regions=case["regions"], scaling=case["scaling"])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["hosting"])
def test_the_named_service_is_what_is_planned_and_priced(case):
    result = made(case)
    assert f"{result.plan.platform} {result.plan.service}" == case["plan"]
    assert [m.price for m in result.estimate.missing] == []
    meters = [m.price for c in result.plan.components for m in c.meters]
    sums = dict(zip(meters, (str(line.monthly.floor) for line in result.estimate.lines), strict=True))
    assert {k: sums.get(k) for k in case["lines"]} == case["lines"]


@pytest.mark.parametrize("case", UNWRITTEN, ids=lambda c: c["hosting"])
def test_no_code_is_written_and_that_is_said_once(case):
    result = made(case)
    assert result.plan.target == "" and result.files == ()
    said = [d for d in result.diagnostics if d.code in ("GP110", "GP111")]
    assert [d.code for d in said] == ["GP110"]
    assert "planned and priced" in said[0].message
    row = next(o for o in result.options if o.chosen)
    assert not row.written and row.sla and row.scaling


def test_every_such_service_has_a_case():
    assert {case["plan"] for case in CASES} == {f"{p} {s}" for p, s in EVERY}


@pytest.mark.parametrize(("platform", "service"), EVERY)
def test_more_is_never_cheaper_and_a_second_region_never_free(platform, service):
    def total(*codes, counts=(1, 2, 4), memory=1024):
        wish = msgspec.structs.replace(draft(platform, *codes, counts=counts, memory=memory), service=service)
        return price.price(planned(wish), FACTS).judged

    one = total()
    many, large = total(counts=(3, 8, 30)), total(memory=4096)
    assert one.floor <= one.expected <= one.ceiling
    assert many.ceiling >= one.ceiling and large.ceiling >= one.ceiling
    home, far = {
        "aws": ("us-east-1", "eu-west-1"),
        "gcp": ("us-central1", "europe-west1"),
        "azure": ("eastus", "westeurope"),
    }[platform]
    assert total(home, far).floor > total(home).floor


def test_a_second_service_beside_the_planned_one_is_named():
    result = compiled(hosting="AWS ECS Fargate and a Lambda for thumbnails", scaling="2 to 4 tasks")
    assert result.plan.service == "fargate"
    assert any(
        d.code == "GP111" and "lambda" in d.message and "beside" in d.message for d in result.diagnostics
    )


def test_tasks_beside_a_planned_function_are_named():
    result = compiled(hosting="AWS Lambda, and ECS Fargate for the worker", scaling="2 to 4 instances")
    assert result.plan.service == "lambda"
    assert any(d.code == "GP111" and "fargate" in d.message for d in result.diagnostics)


def test_a_function_has_code_and_nothing_says_otherwise():
    result = compiled(hosting="AWS Lambda", scaling="minimum 1, up to 10 instances")
    assert result.plan.target == "terraform" and result.files
    assert not {"GP110", "GP111"} & {d.code for d in result.diagnostics}
    row = next(o for o in result.options if o.chosen)
    assert row.written and "concurrency" in row.scaling


def test_instances_have_code_and_name_what_is_beside_them():
    result = compiled(hosting="AWS EC2 auto scaling group", scaling="2 to 6 instances with 4 GB each")
    assert result.plan.target == "terraform" and result.files
    assert not {"GP110", "GP111"} & {d.code for d in result.diagnostics}
    beside = compiled(hosting="AWS EC2 and a Lambda for thumbnails", scaling="2 to 6 instances")
    assert beside.plan.service == "ec2"
    assert any(d.code == "GP111" and "lambda" in d.message for d in beside.diagnostics)


def test_a_cluster_has_code_with_every_tool():
    for tool in ("Terraform", "Pulumi", "CloudFormation", "by hand, no IaC"):
        result = compiled(hosting="AWS EKS", scaling="2 to 10 pods with 500m CPU and 1Gi each", iac=tool)
        assert result.plan.target and any("kubernetes/" in f.path for f in result.files), tool
        assert not {"GP110", "GP111"} & {d.code for d in result.diagnostics}


def test_nodes_that_were_counted_and_hold_too_little_are_named():
    result = compiled(
        hosting="AWS EKS with 2 m6i.large nodes", scaling="6 to 20 pods with 500m CPU and 1Gi each"
    )
    (held,) = [a for a in result.plan.assumptions if a.field == "scaling.nodes"]
    assert held.value == "2 to 2 nodes of m6i.large" and "need 11" in held.reason and held.confirm


def test_a_pod_that_fits_no_usual_node_gets_a_larger_one():
    result = compiled(hosting="AWS EKS", scaling="2 to 4 pods with 3 vCPU and 12 GB each")
    (held,) = result.plan.role("worker")
    assert held.sku == "t3.xlarge" and (held.minimum, held.maximum) == (2, 5)


def test_a_service_that_two_words_say_is_named_by_both():
    result = compiled(hosting="AWS ECS on EC2 instances", scaling="2 to 6 instances with 4 GB each")
    (found,) = [d for d in result.diagnostics if d.code == "GP110"]
    assert found.message.startswith("`ECS on EC2` on AWS is planned and priced")


def test_a_size_that_is_no_type_of_instance_is_not_started():
    for size, name in (("t4g.small", "t4g.small"), ("performance-2x", "t3.micro")):
        wish = msgspec.structs.replace(draft("aws", "us-east-1").scaling, size=size, memory_mib=1024)
        case = msgspec.structs.replace(draft("aws", "us-east-1"), service="ec2", scaling=wish)
        (web,) = planned(case).role("web")
        assert web.sku == name
        assert web.settings["architecture"] == ("arm64" if size == "t4g.small" else "amd64")


def test_a_gateway_that_only_a_database_needs_is_not_answered_with_public_tasks():
    result = compiled(
        hosting="AWS Lambda with RDS Postgres",
        regions="us-east-1",
        scaling="minimum 1, up to 5",
        budget="$60/month",
    )
    found = next(d for d in result.diagnostics if d.code == "GP507")
    assert "Neon" in found.fix.text and "tasks without" not in found.fix.text


def test_fargate_keeps_its_code():
    result = compiled(hosting="AWS ECS on Fargate")
    assert result.plan.target == "terraform" and result.files


ZERO = [
    ("AWS Lambda", False),
    ("AWS EC2 auto scaling group", True),
    ("AWS EKS", True),
    ("AWS ECS on Fargate", True),
]


@pytest.mark.parametrize(("hosting", "said"), ZERO)
def test_only_what_a_request_cannot_start_is_told_that_zero_does_not_work(hosting, said):
    result = compiled(hosting=hosting, scaling="auto-scale from 0 to 6 instances")
    assert any(d.code == "GP308" for d in result.diagnostics) is said


def test_a_function_waits_for_nothing_unless_that_was_asked_for():
    for scaling, kept in (("serverless with 16 GB memory", 0), ("2 to 6 instances with 1 GB", 2)):
        plan = compiled(hosting="AWS Lambda", regions="us-east-1", scaling=scaling).plan
        assert plan.role("web")[0].minimum == kept
        assert any(m.price == "aws.lambda.provisioned.x86" for m in plan.role("web")[0].meters) is bool(kept)


@pytest.mark.parametrize(
    ("monitoring", "free"),
    [
        ("Better Stack free plan, email for downtime", True),
        ("the free tier of Better Stack, email for downtime", True),
        ("Better Stack, email for downtime", False),
        ("Better Stack, and Sentry on its free plan, email for downtime", False),
    ],
)
def test_a_free_plan_that_was_named_costs_nothing_on_every_platform(monitoring: str, free: bool) -> None:
    for hosting in ("Fly.io", "AWS ECS on Fargate", "Heroku"):
        made = compiled(hosting=hosting, monitoring=monitoring)
        lines = [line for line in made.estimate.lines if "29" in f"{line.unit_price}" and "user" in line.unit]
        assert [line.monthly.expected == 0 for line in lines] == [free]
