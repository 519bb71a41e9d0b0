"""Plan and code hold the same: every component, alarm, route and number, and nothing that the plan does not price."""

import json
import re
from decimal import Decimal

import pytest
from contracts.terraform_world import CASES, Result

from groundplan.pipeline import code

pytestmark = pytest.mark.contract

BUILT = {
    "web": "aws_ecs_service",
    "balancer": "aws_lb",
    "network": "aws_nat_gateway",
    "database": "aws_db_instance",
    "cache": "aws_elasticache_replication_group",
    "registry": "aws_ecr_repository",
    "logs": "aws_cloudwatch_log_group",
    "budget": "aws_budgets_budget",
}
"""The resource behind each role; traffic is billed and not built, and alarms are counted by themselves."""
each = pytest.mark.parametrize("name", CASES)


@pytest.fixture
def found(outcome, name) -> Result:
    result = outcome(name)
    assert result.planned.code == 0, result.planned.text
    return result


def built_here(component) -> bool:
    """A database or a cache of another provider is planned and priced, and built by nobody here."""
    return component.role not in ("database", "cache") or component.provider == "aws"


@each
def test_every_component_is_built_once_and_in_its_region(found):
    for role, kind in BUILT.items():
        wanted = sorted(c.region or found.plan.places[0].code for c in found.plan.role(role) if built_here(c))
        made = sorted(r.get("region") or found.plan.places[0].code for r in found.resources(kind))
        assert made == wanted, f"{role}: {kind}"


@each
def test_services_run_where_and_as_often_as_was_answered(found):
    expect = found.expect
    low, start, high = expect["counts"]
    services = found.resources("aws_ecs_service")
    assert [s["region"] for s in services] == sorted(expect["regions"]) or len(services) == len(
        expect["regions"]
    )
    assert {s["region"] for s in services} == set(expect["regions"])
    assert {s["desired_count"] for s in services} == {start}
    tasks = found.resources("aws_ecs_task_definition")
    assert {(int(t["cpu"]), int(t["memory"])) for t in tasks} == {tuple(expect["size"])}
    limits = {(t["min_capacity"], t["max_capacity"]) for t in found.resources("aws_appautoscaling_target")}
    assert limits == ({(low, high)} if high > low or expect["policies"] else set())


@each
def test_policies_track_the_answered_values(found):
    policies = {}
    for policy in found.resources("aws_appautoscaling_policy"):
        (tracking,) = policy["target_tracking_scaling_policy_configuration"]
        policies[policy["name"].rsplit("-", 1)[1]] = tracking["target_value"]
    assert policies == found.expect["policies"]


@each
def test_alarms_have_the_answered_thresholds_in_every_region(found):
    made: dict[str, list] = {}
    for alarm in found.resources("aws_cloudwatch_metric_alarm"):
        key = alarm["alarm_name"].removeprefix("orders-").replace("-", "_")
        made.setdefault(key, []).append(alarm)
    expect = found.levels()
    assert {key: {a["threshold"] for a in alarms} for key, alarms in made.items()} == {
        key: {value} for key, value in expect.items()
    }
    for key, alarms in made.items():
        assert len(alarms) == (1 if key == "disk" else len(found.expect["regions"]))
    priced = [m.quantity.expected for c in found.plan.role("alarm") for m in c.meters]
    assert priced == [sum(map(len, made.values()))]


@each
def test_every_alarm_tells_somebody_and_every_route_is_built(found):
    alarms = configured(found, "aws_cloudwatch_metric_alarm")
    built = {t["name"].removeprefix("orders-") for t in found.resources("aws_sns_topic")}
    relays = {r["name"].removeprefix("orders-"): r for r in found.resources("aws_cloudwatch_event_rule")}
    assert built | set(relays) == set(found.expect["routes"])
    relayed = {n for r in relays.values() for n in json.loads(r["event_pattern"])["detail"]["alarmName"]}
    for alarm in alarms:
        name = alarm["expressions"]["alarm_name"]["constant_value"]
        assert alarm["expressions"]["alarm_actions"].get("references") or name in relayed
    told = {
        ref
        for a in alarms
        for ref in a["expressions"]["alarm_actions"].get("references", [])
        if ref.endswith(".arn")
    }
    served = set()
    for kind in ("aws_sns_topic_subscription", "aws_chatbot_slack_channel_configuration",
                 "aws_chatbot_teams_channel_configuration"):  # fmt: skip
        for resource in configured(found, kind):
            key = "topic_arn" if kind.endswith("subscription") else "sns_topic_arns"
            served |= {r for r in resource["expressions"][key]["references"] if r.endswith(".arn")}
    assert told <= served


def configured(found: Result, kind: str) -> list[dict]:
    return [r for r in found.document["configuration"]["root_module"]["resources"] if r["type"] == kind]


@each
def test_the_budget_is_the_stated_one(found):
    budgets = found.resources("aws_budgets_budget")
    if not found.expect["budget"]:
        assert budgets == []
        return
    (budget,) = budgets
    assert Decimal(budget["limit_amount"]) == Decimal(found.expect["budget"])
    actual = [n["threshold"] for n in budget["notification"] if n["notification_type"] == "ACTUAL"]
    assert sorted(actual) == found.expect["alerts"]
    assert any(n["notification_type"] == "FORECASTED" for n in budget["notification"])


@each
def test_logs_are_kept_as_long_as_planned(found):
    kept = {g["retention_in_days"] for g in found.resources("aws_cloudwatch_log_group")}
    assert kept == {found.expect["retention"]}


@each
def test_the_night_is_scheduled_as_stated(found):
    actions = found.resources("aws_appautoscaling_scheduled_action")
    counts = {int(a["scalable_target_action"][0]["min_capacity"]) for a in actions}
    assert counts == set(found.expect.get("schedule", []))


@each
def test_the_state_lies_where_it_was_answered(found):
    versions = next(f.content for f in code(found.plan) if f.path.endswith("versions.tf"))
    kept = re.findall(r'^  (?:backend "(\w+)"|(cloud)) \{', versions, re.M)
    wanted = found.expect.get("backend")
    assert ["".join(words) for words in kept] == ([wanted] if wanted else [])


@each
def test_the_databases_are_the_named_ones_and_nobody_outside_reaches_them(found):
    databases = found.resources("aws_db_instance")
    made = [d["engine"] for d in databases] + [
        c["engine"] for c in found.resources("aws_elasticache_replication_group")
    ]
    assert made == found.expect["stores"]
    assert not any(d["publicly_accessible"] for d in databases)
    assert all(d["storage_encrypted"] and d["deletion_protection"] for d in databases)
