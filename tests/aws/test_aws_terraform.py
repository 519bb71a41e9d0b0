"""Plan to Terraform graph and files, without Terraform: names, numbers, references and texts."""

from decimal import Decimal

import pytest
from aws.aws_cases import alarm, planned, trigger, wish

from groundplan.model.graph import Block, Ref, Resource
from groundplan.model.plan import BudgetWish, CodeWish, Plan, Route, Secret, StoreWish
from groundplan.model.quantity import Money
from groundplan.platforms.aws.terraform import lower
from groundplan.platforms.aws.terraform_site import slug
from groundplan.targets.terraform import emit

POSTGRES = StoreWish(kind="postgres", provider=None)
PLANS = {
    "usual": {},
    "secure": {"quality": "secure", "stores": (POSTGRES, StoreWish(kind="redis", provider="aws"))},
    "outside": {"stores": (StoreWish(kind="postgres", provider="neon"),)},
    "regions": {"codes": ("us-east-1", "eu-west-1", "ap-southeast-1"), "quality": "secure"},
    "chats": {
        "alarms": (alarm("cpu", "80", "%", "slack", "discord"),),
        "routes": (Route(channel="slack"), Route(channel="discord")),
    },
    "hours": {"scaling": wish("manual", (2, 2, 2), schedule="off at night")},
}
SLUGS = [("orders", "orders"), ("a--b", "a-b"), ("a-", "a"), ("a---", "a"), ("x1-y2", "x1-y2")]
BACKENDS = [
    ("s3", 'backend "s3"'), ("gcs", 'backend "gcs"'), ("azurerm", 'backend "azurerm"'), ("terraform_cloud", "cloud {"),
    ("gitlab", 'backend "http"'), ("consul", 'backend "consul"'), ("postgres", 'backend "pg"'), ("r2", 'backend "s3"'),
    ("scalr", 'backend "remote"'), ("local", None), ("spacelift", None), (None, None),
]  # fmt: skip
TARGETS = [
    (trigger("cpu", "60"), Decimal(60)),
    (trigger("memory", "75"), Decimal(75)),
    (trigger("requests", "100", "rps"), Decimal(6000)),
    (trigger("requests", "100", "requests per second"), Decimal(6000)),
    (trigger("requests", "1000", "rpm"), Decimal(1000)),
]
LEVELS = [
    (alarm("latency", "800", "ms"), Decimal("0.8")),
    (alarm("latency", "2", "s"), Decimal(2)),
    (alarm("error_rate", "1", "%"), Decimal(1)),
    (alarm("memory", "90", "%"), Decimal(90)),
    (alarm("downtime"), 1),
    (alarm("disk", "75", "%"), 5 * 1024**3),
]
each = pytest.mark.parametrize("plan", [planned(**p) for p in PLANS.values()], ids=PLANS)


def of(plan: Plan, kind: str) -> list[Resource]:
    return [r for r in lower(plan).resources if r.kind == kind]


def references(value) -> set[tuple[str, str]]:
    match value:
        case Ref():
            return {(value.kind, value.name)} if value.name else set()
        case Block():
            return references(value.arguments)
        case dict():
            return {r for v in value.values() for r in references(v)}
        case tuple():
            return {r for v in value for r in references(v)}
    return references(value.value) if hasattr(value, "value") else references(getattr(value, "parts", ()))


@each
def test_every_reference_leads_to_a_resource_and_every_address_is_unique(plan):
    graph = lower(plan)
    known = [(r.kind, r.name) for r in graph.resources]
    assert len(known) == len(set(known))
    for resource in graph.resources:
        assert references(resource.arguments) <= set(known), resource.kind
    for output in graph.outputs:
        assert references(output.value) <= set(known)


@each
def test_every_variable_is_used_and_described(plan):
    files = {f.path: f.content for f in emit(plan, lower(plan))}
    used = "".join(t for p, t in files.items() if p.endswith(".tf") and not p.endswith("variables.tf"))
    for variable in lower(plan).variables:
        assert f"var.{variable.name}" in used, variable.name
        assert variable.description and not variable.description.endswith(".")
        assert variable.name in files["infra/aws/terraform.tfvars.example"]


@each
def test_regions_share_no_network_and_no_global_name(plan):
    networks = [v.arguments["cidr_block"] for v in of(plan, "aws_vpc")]
    roles = [r.arguments["name"] for r in of(plan, "aws_iam_role")]
    assert len(set(networks)) == len(networks)
    assert len(set(roles)) == len(roles)
    assert all(len(str(name)) <= 64 for name in roles)


@each
def test_the_guide_names_what_the_plan_holds(plan):
    (guide,) = [f for f in emit(plan, lower(plan)) if f.path.endswith("README.md")]
    assert ("TF_CLOUD" in guide.content) is (plan.draft.code.state_backend == "terraform_cloud")
    assert guide.content.count("request-certificate") == len(plan.places)
    assert all(s.name.lower() in guide.content for s in plan.secrets if isinstance(s, Secret))


@pytest.mark.parametrize(("project", "name"), SLUGS)
def test_names_are_those_that_registries_take(project, name):
    assert slug(project) == name


@pytest.mark.parametrize(("stated", "written"), BACKENDS)
def test_the_state_lies_where_it_was_stated(stated, written):
    plan = planned(code=CodeWish(tool="terraform", state_backend=stated))
    (versions,) = [f.content for f in emit(plan, lower(plan)) if f.path.endswith("versions.tf")]
    assert (written in versions) if written else ("backend" not in versions and "cloud" not in versions)


@pytest.mark.parametrize(("wanted", "value"), TARGETS)
def test_tracking_takes_the_stated_value_in_the_unit_of_the_metric(wanted, value):
    (policy,) = of(planned(scaling=wish(triggers=[wanted])), "aws_appautoscaling_policy")
    tracking = policy.arguments["target_tracking_scaling_policy_configuration"]
    assert isinstance(tracking, Block)
    assert tracking.arguments["target_value"] == value


@pytest.mark.parametrize(("wanted", "level"), LEVELS)
def test_alarms_take_the_stated_level_in_the_unit_of_the_metric(wanted, level):
    plan = planned(alarms=(wanted,), stores=(POSTGRES,))
    (made,) = of(plan, "aws_cloudwatch_metric_alarm")
    assert made.arguments["threshold"] == level


def test_a_sum_stays_a_sum_in_the_budget():
    sums = BudgetWish(
        limit=Money(Decimal(900)), thresholds_percent=(Decimal("77.8"),), threshold_amounts=(Money(Decimal(700)),)
    )  # fmt: skip
    (budget,) = of(planned(budget=sums), "aws_budgets_budget")
    notes = budget.arguments["notification"]
    assert isinstance(notes, tuple)
    first = notes[0]
    assert isinstance(first, Block)
    assert (first.arguments["threshold"], first.arguments["threshold_type"]) == (
        Decimal(700),
        "ABSOLUTE_VALUE",
    )


def test_manual_capacity_is_terraform_s_own_unless_hours_change_it():
    fixed = planned(scaling=wish("manual", (3, 3, 3)))
    assert "lifecycle" not in of(fixed, "aws_ecs_service")[0].arguments
    assert of(fixed, "aws_appautoscaling_target") == []
    nightly = planned(**PLANS["hours"])
    assert "lifecycle" in of(nightly, "aws_ecs_service")[0].arguments
    assert len(of(nightly, "aws_appautoscaling_scheduled_action")) == 2
    assert of(nightly, "aws_appautoscaling_policy") == []
