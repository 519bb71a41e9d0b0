"""EC2 instances as Terraform plans them: what was answered, in every region, and nothing that the plan does not price."""

import base64
import json
import re
import subprocess

import pytest
from contracts.terraform_world import (
    INSTANCES,
    Result,
    Terraform,
    applied,
    assert_built_once,
    compiled,
    values,
    write,
)
from targets import aws_cases

from groundplan.emit import emit
from groundplan.lower import lower

pytestmark = pytest.mark.contract
each = pytest.mark.parametrize("name", INSTANCES)
BUILT = {
    "web": "aws_autoscaling_group",
    "balancer": "aws_lb",
    "network": "aws_nat_gateway",
    "database": "aws_db_instance",
    "cache": "aws_elasticache_replication_group",
    "registry": "aws_ecr_repository",
    "logs": "aws_cloudwatch_log_group",
    "budget": "aws_budgets_budget",
}
TASKS = (
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_ecs_cluster",
    "aws_lambda_function",
    "aws_appautoscaling_target",
)


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
def test_type_and_counts_are_the_answered_ones(found):
    expect, groups = found.expect, found.resources("aws_autoscaling_group")
    assert {g["region"] for g in groups} == set(expect["regions"])
    assert {(g["min_size"], g["desired_capacity"], g["max_size"]) for g in groups} == {
        tuple(expect["counts"])
    }
    assert {t["instance_type"] for t in found.resources("aws_launch_template")} == {expect["type"]}
    assert {g["health_check_type"] for g in groups} == {"ELB"}
    assert all(g["health_check_grace_period"] >= 120 for g in groups)


@each
def test_instances_are_replaced_one_after_the_other_and_go_back_by_themselves(found):
    for group in found.resources("aws_autoscaling_group"):
        (refresh,) = group["instance_refresh"]
        (how,) = refresh["preferences"]
        assert refresh["strategy"] == "Rolling" and how["auto_rollback"] is True
        assert (how["min_healthy_percentage"], how["max_healthy_percentage"]) == (100, 200)
        tags = {t["key"]: (t["value"], t["propagate_at_launch"]) for t in group["tag"]}
        assert tags["Project"] == ("orders", True) and tags["Name"] == ("orders", True)


@each
def test_an_instance_is_closed_and_encrypted(found):
    for template in found.resources("aws_launch_template"):
        (metadata,) = template["metadata_options"]
        assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)
        (disk,) = template["block_device_mappings"]
        assert disk["ebs"][0]["encrypted"] in (True, "true") and disk["ebs"][0]["volume_type"] == "gp3"
        assert template.get("key_name") is None
        (interface,) = template["network_interfaces"]
        assert interface["associate_public_ip_address"] in (
            (False, "false") if found.expect["private"] else (True, "true")
        )
    ports = {(r["from_port"], r["to_port"]) for r in found.resources("aws_vpc_security_group_ingress_rule")}
    assert (22, 22) not in ports
    rules = found.resources("aws_vpc_security_group_ingress_rule")
    assert all(r["cidr_ipv4"] is None for r in rules if r["from_port"] not in (80, 443))


@each
def test_the_image_of_the_machine_fits_its_processor(found):
    documents = found.document["prior_state"]["values"]["root_module"]["resources"]
    names = {r["values"]["name"] for r in documents if r["type"] == "aws_ssm_parameter"}
    assert len(names) == 1 and names.pop().endswith(f"-{found.expect['architecture']}")


@each
def test_it_scales_on_what_was_answered(found):
    found_policies = {}
    for policy in found.resources("aws_autoscaling_policy"):
        (how,) = policy["target_tracking_configuration"]
        found_policies[policy["name"].removeprefix("orders-")] = how["target_value"]
        assert policy["policy_type"] == "TargetTrackingScaling"
    assert found_policies == found.expect["tracked"]
    regions = len(found.expect["regions"])
    assert len(found.resources("aws_autoscaling_policy")) == regions * len(found.expect["tracked"])
    actions = found.resources("aws_autoscaling_schedule")
    assert sorted([a["min_size"], a["max_size"]] for a in actions) == found.expect["schedule"]
    assert all(a["desired_capacity"] == -1 for a in actions)


@each
def test_alarms_have_the_answered_thresholds_in_every_region(found):
    made: dict[str, list] = {}
    for alarm in found.resources("aws_cloudwatch_metric_alarm"):
        key = alarm["alarm_name"].removeprefix("orders-").replace("-", "_")
        made.setdefault(key, []).append(alarm["threshold"])
    regions = len(found.expect["regions"])
    database = {k for k in made if k == "disk_2"}
    assert made == {k: [v] * (1 if k in database else regions) for k, v in found.levels().items()}
    priced = [m.quantity.expected for c in found.plan.role("alarm") for m in c.meters]
    assert priced == [sum(map(len, made.values()))]


@each
def test_the_metrics_of_alarms_and_triggers_are_those_that_the_agent_sends(found):
    group = found.resources("aws_autoscaling_group")[0]["name"]
    wanted = {"cpu": ("AWS/EC2", "CPUUtilization", {}), "memory": ("CWAgent", "mem_used_percent", {}),
              "disk": ("CWAgent", "disk_used_percent", {"path": "/", "fstype": "xfs"})}  # fmt: skip
    for alarm in applied(found, "aws_cloudwatch_metric_alarm"):
        key = alarm["alarm_name"].removeprefix("orders-")
        if key in wanted:
            namespace, metric, more = wanted[key]
            assert (alarm["namespace"], alarm["metric_name"]) == (namespace, metric)
            assert alarm["dimensions"] == {"AutoScalingGroupName": group, **more}
    for script in scripts(found):
        agent = json.loads(script.split("<<'AGENT'\n")[1].split("\nAGENT\n")[0])
        metrics = agent["metrics"]
        assert metrics["namespace"] == "CWAgent"
        assert metrics["append_dimensions"] == {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"}
        assert set(metrics["metrics_collected"]) == {"mem", "disk"}


def scripts(found: Result) -> list[str]:
    return [base64.b64decode(t["user_data"]).decode() for t in applied(found, "aws_launch_template")]


@each
def test_the_script_is_one_that_bash_reads_and_names_every_secret(found):
    for script, place in zip(scripts(found), found.plan.places, strict=True):
        assert script.startswith("#!/bin/bash\n") and "\nset -euo pipefail\n" in script
        starter = script.split("<<'WEB'\n")[1].split("\nWEB\n")[0]
        for text in (script, starter):
            read = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True)
            assert read.returncode == 0, read.stderr
        assert f"awslogs-region={place.code}" in starter
        for secret in found.plan.secrets:
            assert f"{secret.name}=$(secret 'arn:" in starter and f"--env {secret.name}" in starter
        database = place == found.plan.places[0] and bool(found.plan.role("database", "aws"))
        assert ("DATABASE_PASSWORD=$(secret 'arn:" in starter) is database


@each
def test_every_route_log_and_store_is_built(found):
    built = {t["name"].removeprefix("orders-") for t in found.resources("aws_sns_topic")}
    relays = {r["name"].removeprefix("orders-") for r in found.resources("aws_cloudwatch_event_rule")}
    assert built | relays == set(found.expect["routes"])
    groups = found.resources("aws_cloudwatch_log_group")
    assert {g["retention_in_days"] for g in groups} == {found.expect["retention"]}
    stores = [d["engine"] for d in found.resources("aws_db_instance")]
    stores += [c["engine"] for c in found.resources("aws_elasticache_replication_group")]
    assert stores == found.expect["stores"]


@each
def test_the_role_may_do_what_the_script_does_and_nothing_else(found):
    allowed: dict[str, object] = {}
    for policy in applied(found, "aws_iam_role_policy"):
        for statement in json.loads(policy["policy"])["Statement"]:
            assert statement["Effect"] == "Allow"
            for action in statement["Action"]:
                allowed[action] = statement["Resource"]
    everywhere = {a for a, resource in allowed.items() if resource == "*"}
    assert everywhere == {
        "ecr:GetAuthorizationToken", "cloudwatch:PutMetricData", "ec2:DescribeTags", "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    }  # fmt: skip
    stored = found.plan.secrets or found.plan.role("database", "aws")
    assert ("secretsmanager:GetSecretValue" in allowed) is bool(stored)
    assert not any("*" in action for action in allowed)
    assert found.resources("aws_iam_role_policy_attachment") == []


@pytest.mark.parametrize("name", ["vm_hostile", "vm_secure"])
def test_a_command_of_the_answers_reaches_bash_as_it_was(rig, tmp_path, name):
    made = aws_cases.planned(aws_cases.INSTANCES[name], "terraform")
    root = write(emit(made, lower(made)), tmp_path)
    (root / "terraform.tfvars.json").write_text(
        json.dumps({**values(made), "image": "registry.example/app:1"})
    )
    terraform = Terraform(rig(), root)
    assert terraform("fmt", "-check").code == 0
    assert terraform("init", "-input=false").code == 0
    applied = terraform("apply", "-auto-approve", "-no-color")
    assert applied.code == 0, applied.text
    state = json.loads(terraform("show", "-json").text)["values"]["root_module"]["resources"]
    (template,) = (r["values"] for r in state if r["type"] == "aws_launch_template")
    starter = base64.b64decode(template["user_data"]).decode().split("<<'WEB'\n")[1].split("\nWEB\n")[0]
    words = "IMAGE=image; printf '%s\\0' " + starter.splitlines()[-1]
    read = subprocess.run(["bash", "-c", words], capture_output=True, text=True, cwd=tmp_path)
    assert read.stdout.split("\0")[:-1] == ["image", *made.draft.app.command]
    assert not (tmp_path / "broken").exists()


def test_an_image_that_a_shell_would_read_is_refused(rig, tmp_path):
    made = aws_cases.planned(aws_cases.INSTANCES["vm_usual"], "terraform")
    root = write(emit(made, lower(made)), tmp_path)
    (root / "terraform.tfvars.json").write_text(json.dumps({**values(made), "image": "x'; touch broken #"}))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false").code == 0
    refused = terraform("plan", "-no-color")
    assert refused.code != 0 and "A name of an image is letters" in " ".join(refused.text.split())


def test_the_registry_can_be_made_before_there_is_an_image(rig, tmp_path):
    made = compiled(INSTANCES["instances: two to six"])
    root = write(made.files, tmp_path)
    (root / "terraform.tfvars.json").write_text(json.dumps({**values(made.plan), "image": ""}))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false").code == 0
    text = (root / "README.md").read_text()
    (command,) = re.findall(r"^terraform (apply -target=\S+.*)$", text, re.M)
    first = terraform(*command.split(), "-auto-approve", "-no-color")
    assert first.code == 0, first.text
