"""A function as Terraform plans it: what was answered, in every region, and nothing that the plan does not price."""

import json

import pytest
from contracts.terraform_world import FUNCTIONS, Result, assert_built_once

pytestmark = pytest.mark.contract
each = pytest.mark.parametrize("name", FUNCTIONS)
BUILT = {
    "web": "aws_lambda_function",
    "balancer": "aws_apigatewayv2_api",
    "network": "aws_nat_gateway",
    "database": "aws_db_instance",
    "cache": "aws_elasticache_replication_group",
    "registry": "aws_ecr_repository",
    "logs": "aws_cloudwatch_log_group",
    "budget": "aws_budgets_budget",
}
TASKS = ("aws_ecs_service", "aws_ecs_task_definition", "aws_lb", "aws_lb_target_group", "aws_lb_listener")


@pytest.fixture
def found(outcome, name) -> Result:
    result = outcome(name)
    assert result.planned.code == 0, result.planned.text
    return result


@each
def test_every_component_is_built_once_and_in_its_region(found):
    assert_built_once(found, BUILT)
    assert not any(found.resources(kind) for kind in TASKS)


@each
def test_memory_and_concurrency_are_the_answered_ones(found):
    expect, functions = found.expect, found.resources("aws_lambda_function")
    assert {f["region"] for f in functions} == set(expect["regions"])
    assert {f["memory_size"] for f in functions} == {expect["memory"]}
    assert {f["reserved_concurrent_executions"] for f in functions} == {expect["reserved"]}
    assert {f["timeout"] for f in functions} == {30}
    ready = [
        c["provisioned_concurrent_executions"]
        for c in found.resources("aws_lambda_provisioned_concurrency_config")
    ]
    assert ready == ([expect["ready"]] * len(expect["regions"]) if expect["ready"] else [])


@each
def test_a_function_is_in_a_network_only_where_a_database_of_its_own_is(found):
    assert len(found.resources("aws_vpc")) == len(found.resources("aws_nat_gateway")) == found.expect["nat"]
    inside = [f for f in found.resources("aws_lambda_function") if f["vpc_config"]]
    assert len(inside) == found.expect["nat"]
    assert all(f["region"] == found.expect["regions"][0] for f in inside)


@each
def test_callers_reach_the_alias_and_nothing_else_may_call(found):
    aliases = found.resources("aws_lambda_alias")
    assert [a["name"] for a in aliases] == ["live"] * len(found.expect["regions"])
    for permission in found.resources("aws_lambda_permission"):
        assert permission["principal"] == "apigateway.amazonaws.com"
        assert permission["qualifier"] == "live"


@each
def test_alarms_have_the_answered_thresholds_in_every_region(found):
    made: dict[str, list] = {}
    for alarm in found.resources("aws_cloudwatch_metric_alarm"):
        key = alarm["alarm_name"].removeprefix("orders-").replace("-", "_")
        made.setdefault(key, []).append(alarm["threshold"])
    regions = len(found.expect["regions"])
    assert made == {k: [v] * (1 if k == "disk" else regions) for k, v in found.levels().items()}
    priced = [m.quantity.expected for c in found.plan.role("alarm") for m in c.meters]
    assert priced == [sum(map(len, made.values()))]


@each
def test_every_route_is_built(found):
    built = {t["name"].removeprefix("orders-") for t in found.resources("aws_sns_topic")}
    relays = {r["name"].removeprefix("orders-") for r in found.resources("aws_cloudwatch_event_rule")}
    assert built | relays == set(found.expect["routes"])


@each
def test_regions_share_a_name_that_follows_a_check_of_each_api(found):
    regions = found.expect["regions"] if found.plan.role("dns") else []
    assert (len(found.expect["regions"]) > 1) == bool(regions)
    records = found.resources("aws_route53_record")
    assert [r["set_identifier"] for r in records] == regions
    turns = [p["type"] for r in records for p in r["failover_routing_policy"]]
    assert turns == (["PRIMARY", "SECONDARY"] if found.plan.draft.failover and regions else [])
    checks = found.resources("aws_route53_health_check")
    assert [(c["type"], c["resource_path"]) for c in checks] == [("HTTPS", "/")] * len(regions)
    assert len(found.resources("aws_apigatewayv2_domain_name")) == len(regions)
    state = found.state["values"]["root_module"]["resources"]
    made = {r["values"]["id"] for r in state if r["type"] == "aws_route53_health_check"}
    assert {r["values"]["health_check_id"] for r in state if r["type"] == "aws_route53_record"} == made


@each
def test_logs_stores_and_hours_are_the_planned_ones(found):
    assert {g["retention_in_days"] for g in found.resources("aws_cloudwatch_log_group")} == {
        found.expect["retention"]
    }
    stores = [d["engine"] for d in found.resources("aws_db_instance")]
    stores += [c["engine"] for c in found.resources("aws_elasticache_replication_group")]
    assert stores == found.expect["stores"]
    actions = found.resources("aws_appautoscaling_scheduled_action")
    counts = [int(a["scalable_target_action"][0]["max_capacity"]) for a in actions]
    assert sorted(counts) == found.expect["schedule"]


@each
def test_the_role_may_write_its_logs_and_read_its_secrets_and_nothing_else(found):
    actions = set()
    for policy in found.document["configuration"]["root_module"]["resources"]:
        if policy["type"] == "aws_iam_role_policy":
            actions |= set(policy["expressions"]["policy"].get("references", ()))
    assert "aws_iam_role" not in actions
    environment = [f["environment"][0]["variables"] for f in found.resources("aws_lambda_function")]
    assert not any("PASSWORD" in name for variables in environment for name in variables)
    for secret in found.plan.secrets:
        assert all(f"{secret.name}_SECRET_ARN" in json.dumps(v) for v in environment)
