"""The commands that we tell people to run on AWS, run: the real AWS CLI against a simulated AWS."""

import base64
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, draft, planned
from targets.template import parse

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster import NODE_PORT
from groundplan.platforms.aws.instances import IMAGE
from groundplan.platforms.aws.plan import TRACKED
from groundplan.platforms.aws.watching import buildable, where

pytestmark = pytest.mark.contract
ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".rig/aws/bin/python"
CASES = {
    **DRAFTS,
    **FUNCTIONS,
    **INSTANCES,
    **CLUSTERS,
    "hostile": HOSTILE,
    "no_store": draft("bare", stores=()),
}
SHIMS = {
    "aws": """#!/bin/bash
words=()
for word in "$@"; do
  [ "$word" = file:///dev/stdin ] && word="$(cat)"
  words+=("$word")
done
exec 3<>"/dev/tcp/127.0.0.1/$RIG_PORT"
printf '%s\\0' "${AWS_REGION-}" "${words[@]}" $'\\x01' >&3
read -r code <&3
cat <&3
exit "$code"
""",
    "kubectl": """#!/bin/bash
case "$*" in *"apply -f -") echo --- >>objects.yaml; cat >>objects.yaml ;; esac
echo "$*" >>kubectl.log
""",
    "docker": '#!/bin/bash\n[ "$1" = login ] && cat >/dev/null\nexit 0\n',
    "fill": """#!/usr/bin/env python3
import json, os, subprocess, sys
name = os.path.basename(sys.argv[1]).split(".")[0]
region = "eu-central-1" if name == "service" else name
listed = ["aws", "acm", "list-certificates", "--query", "CertificateSummaryList[0].CertificateArn", "--output", "text"]
own = subprocess.run(listed, env={**os.environ, "AWS_REGION": region}, capture_output=True, text=True).stdout.strip()
rows = json.load(open(sys.argv[1]))
split = [row.partition("=") for row in rows]
unknown = {**VALUES, "CertificateArn": own, "ZoneId": os.environ["ZONE"]}
rows = [f"{name}={value or unknown.get(name, 'arn:aws:x:y:1:z')}" for name, _, value in split]
json.dump(rows, open(sys.argv[1], "w"))
""",
}
VALUES = {
    "PublicName": "app.example.com",
    "Image": "registry.example/app:1",
    "ImageTag": "1.0.0",
    "AlertEmail": "ops@example.com", "BudgetEmail": "money@example.com", "AlertPhone": "+4915112345678",
    "PagerdutyEndpoint": "https://events.pagerduty.com/integration/x/enqueue", "HealthPath": "/",
}  # fmt: skip
TYPED = {
    "BUDGET_LIMIT_USD": "95.00",
    "TAG": "1.0.0",
    "DOMAIN": "app.example.com",
    "BUDGET_EMAIL": "money@example.com",
    "REVISION": "1",
    "RANGE": "198.51.100.7/32",
    "ADMIN": "arn:aws:iam::123456789012:role/deploy",
    "VALUE": "s3cret",
}


@pytest.fixture
def cloud(tmp_path, monkeypatch):
    """A function: run a script against an empty AWS and return what the words after it print."""
    if not (PYTHON.parent / "aws").exists():
        if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
            pytest.fail("the simulated AWS is not installed: `make aws-rig`")
        pytest.skip("the simulated AWS and the AWS CLI (`make aws-rig`) are not installed")
    shims = tmp_path / "shims"
    shims.mkdir()
    for name, text in SHIMS.items():
        (shims / name).write_text(text.replace("VALUES", repr(VALUES)))
        (shims / name).chmod(0o755)
    log = (tmp_path / "log").open("w+")
    rig = subprocess.Popen(
        [PYTHON, Path(__file__).with_name("aws_rig.py")],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        cwd=tmp_path,
    )
    port = rig.stdout.readline().strip()
    env = {"PATH": f"{shims}:{os.environ['PATH']}", "HOME": str(tmp_path), "RIG_PORT": port, "EDITOR": "fill"}

    def run(script: str, typed: str = "") -> None:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            input=typed, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=500,
        )  # fmt: skip
        log.seek(0)
        assert done.returncode == 0, f"{done.stderr}\n{log.read()[-3000:]}"

    def ask(region: str, *words: str):
        done = subprocess.run(
            ["aws", *words, "--output", "json"], env={**env, "AWS_REGION": region}, executable=shims / "aws",
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    zone = ask("", "route53", "create-hosted-zone", "--name", "example.com", "--caller-reference", "1")
    env["ZONE"] = zone["HostedZone"]["Id"].rpartition("/")[2]
    monkeypatch.setitem(TYPED, "ZONE", env["ZONE"])
    yield run, ask
    rig.kill()
    rig.wait()
    assert not (tmp_path / "broken").exists(), "a value of an answer became a command"


def script_of(text: str, last: str = "") -> str:
    """Every command of a runbook up to the step whose title begins with `last`."""
    kept = text.split(f". {last}")[0] if last else text
    return "\n".join(re.findall(r"^```bash\n(.*?)\n```$", kept, re.M | re.S))


def answers(script: str) -> str:
    """One line for each prompt, in order."""
    lines = []
    for prompt, name in re.findall(r"^read -r (?:-s )?-p '([^']*)'(?: (\w+))?$", script, re.M):
        receiver = (
            "+4915112345678"
            if "Phone" in prompt
            else "ops@example.com"
            if "mail" in prompt
            else "https://x.example"
        )
        lines.append(TYPED.get(name, receiver if name == "RECEIVER" else "secret"))
    return "".join(f"{line}\n" for line in lines)


def follow_runbook(name: str, run: Callable[..., None], folder: Path = Path()) -> Plan:
    """Run every command of the runbook, and give back what it was written for."""
    made = planned(CASES[name], "none")
    book, *objects = sorted(emit(made, lower(made)), key=lambda f: "kubernetes" in f.path)
    for file in objects:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_text(file.content)
    script = script_of(book.content)
    run(script, answers(script))
    return made


def follow_readme(
    name: str,
    run: Callable[..., None],
    ask: Callable[..., Any],
    folder: Path,
    edited: Callable[[str], str] = str,
) -> Plan:
    """Write the stacks, the templates of services `edited`, and run the README up to its first change."""
    made = planned(CASES[name], "cloudformation")
    for file in emit(made, lower(made)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.suffix == ".yaml" and "registry" not in path.name and "kubernetes" not in file.path
        path.write_text(edited(file.content) if own else file.content)
    last = "Put the application" if made.service == "eks" else "Change something"
    script = script_of((folder / "infra/aws/README.md").read_text(), last=last)
    run(script, answers(script))
    for place in made.places:
        stacks = ask(place.code, "cloudformation", "describe-stacks")["Stacks"]
        assert {s["StackStatus"] for s in stacks} == {"CREATE_COMPLETE"}
    return made


def check_cloud(made, ask, *, whole: bool) -> None:
    """What the simulated AWS holds is what the plan holds; not `whole` is what its CloudFormation can make."""
    for place in made.places:
        label, web = made.draft.project, next(c for c in made.role("web") if c.region == place.code)
        (service,) = ask(place.code, "ecs", "describe-services", "--cluster", label, "--services", label)[
            "services"
        ]
        if whole:
            assert service["launchType"] == "FARGATE"
        task = ask(
            place.code, "ecs", "describe-task-definition", "--task-definition", service["taskDefinition"]
        )
        task = task["taskDefinition"]
        if whole:
            assert (task["cpu"], task["memory"]) == (str(int(web.cpu * 1024)), str(web.memory_mib))
        assert task["containerDefinitions"][0]["portMappings"][0]["containerPort"] == made.draft.app.port
        if made.draft.app.image and "\n" not in made.draft.app.image:
            assert task["containerDefinitions"][0]["image"] == made.draft.app.image
        (balancer,) = ask(place.code, "elbv2", "describe-load-balancers")["LoadBalancers"]
        assert balancer["LoadBalancerName"] == label
        gateways = ask(place.code, "ec2", "describe-nat-gateways")["NatGateways"]
        assert len(gateways) == sum(1 for c in made.role("network") if c.region == place.code)
        topics = ask(place.code, "sns", "list-topics")["Topics"]
        assert len(topics) == len(made.routes)
        groups = ask(place.code, "logs", "describe-log-groups")["logGroups"]
        assert [g["retentionInDays"] for g in groups] == [made.log_retention_days]
        if whole:
            check_scaling(made, web, place, ask)
    databases = ask(made.places[0].code, "rds", "describe-db-instances")["DBInstances"]
    assert [d["MultiAZ"] for d in databases] == [c.settings["multi_az"] for c in made.role("database", "aws")]
    check_name(made, ask)


def check_name(made, ask) -> None:
    """One record for each balancer under the one name, with the turn or the region that the plan says."""
    zone = TYPED["ZONE"]
    sets = ask("", "route53", "list-resource-record-sets", "--hosted-zone-id", zone)["ResourceRecordSets"]
    records = {r["SetIdentifier"]: r for r in sets if r["Type"] == "A"}
    if not made.role("dns"):
        assert not records
        return
    assert set(records) == {p.code for p in made.places}
    for index, place in enumerate(made.places):
        record = records[place.code]
        target = record["AliasTarget"]
        check_target(made, place, record, target, ask)
        turn = "SECONDARY" if index else "PRIMARY"
        failing = made.draft.failover and len(made.places) == 2
        assert record.get("Failover") == (turn if failing else None)
        assert record.get("Region") == (None if failing else place.code)


def check_target(made, place, record, target, ask) -> None:
    """Where the alias goes, and whose health it follows."""
    if made.service != "lambda":
        (balancer,) = ask(place.code, "elbv2", "describe-load-balancers")["LoadBalancers"]
        assert target["EvaluateTargetHealth"] and target["DNSName"].rstrip(".") == balancer["DNSName"]
        return
    (api,) = ask(place.code, "apigatewayv2", "get-apis")["Items"]
    (mapped,) = ask(place.code, "apigatewayv2", "get-api-mappings", "--domain-name", TYPED["DOMAIN"])["Items"]
    assert (mapped["ApiId"], mapped["Stage"]) == (api["ApiId"], "$default")
    assert target["DNSName"].rstrip(".") == f"d-{TYPED['DOMAIN']}" and not target["EvaluateTargetHealth"]
    check = ask("", "route53", "get-health-check", "--health-check-id", record["HealthCheckId"])[
        "HealthCheck"
    ]
    assert check["HealthCheckConfig"]["FullyQualifiedDomainName"].startswith(f"{api['ApiId']}.execute-api")
    assert check["HealthCheckConfig"]["ResourcePath"] == made.draft.app.health_path


def check_functions(made, ask) -> None:
    """Functions, aliases and APIs of the simulated AWS against the plan."""
    for place in made.places:
        label, web = made.draft.project, next(c for c in made.role("web") if c.region == place.code)
        function = ask(place.code, "lambda", "get-function", "--function-name", label)
        settings = function["Configuration"]
        assert (settings["MemorySize"], settings["Timeout"]) == (web.memory_mib, 30)
        assert settings["PackageType"] == "Image"
        assert function["Concurrency"]["ReservedConcurrentExecutions"] == web.maximum
        assert settings["Environment"]["Variables"]["AWS_LWA_PORT"] == str(made.draft.app.port)
        inside = [c for c in made.role("network") if c.region == place.code]
        assert bool(settings.get("VpcConfig", {}).get("SubnetIds")) == bool(inside)
        alias = ask(place.code, "lambda", "get-alias", "--function-name", label, "--name", "live")
        assert alias["FunctionVersion"] == "1"
        (api,) = ask(place.code, "apigatewayv2", "get-apis")["Items"]
        assert (api["Name"], api["ProtocolType"]) == (label, "HTTP")
        (route,) = ask(place.code, "apigatewayv2", "get-routes", "--api-id", api["ApiId"])["Items"]
        assert route["RouteKey"] == "$default"
        alarms = ask(place.code, "cloudwatch", "describe-alarms")["MetricAlarms"]
        primary = place == made.places[0]
        wanted = [a for a in made.alarms if buildable(a) and (primary or a.condition != "disk")]
        assert len(alarms) == len(wanted)
    databases = ask(made.places[0].code, "rds", "describe-db-instances")["DBInstances"]
    assert len(databases) == len(made.role("database", "aws"))
    check_name(made, ask)


@pytest.mark.parametrize("name", ["fn_ready", "fn_secure", "fn_two_regions", "fn_nightly", "fn_hostile"])
def test_the_runbook_builds_the_function(name, cloud):
    run, ask = cloud
    made = follow_runbook(name, run)
    check_functions(made, ask)


def check_instances(made, ask, *, whole: bool) -> None:
    """Groups, templates, profiles and alarms of the simulated AWS against the plan."""
    for place in made.places:
        label, web = made.draft.project, next(c for c in made.role("web") if c.region == place.code)
        (group,) = ask(place.code, "autoscaling", "describe-auto-scaling-groups")["AutoScalingGroups"]
        assert group["AutoScalingGroupName"] == label
        assert (group["MinSize"], group["MaxSize"]) == (web.minimum, web.maximum)
        if whole:
            assert group["DesiredCapacity"] == web.initial
        assert group["HealthCheckType"] == "ELB" and len(group["TargetGroupARNs"]) == 1
        assert {t["Key"] for t in group["Tags"] if t["PropagateAtLaunch"]} >= {"Name", "Project"}
        described = (
            "ec2",
            "describe-launch-template-versions",
            "--launch-template-name",
            label,
            "--versions",
            "1",
        )
        (version,) = ask(place.code, *described)["LaunchTemplateVersions"]
        check_template(made, web, version["LaunchTemplateData"])
        instances = [
            i for r in ask(place.code, "ec2", "describe-instances")["Reservations"] for i in r["Instances"]
        ]
        assert {i["InstanceType"] for i in instances} == {web.sku}
        if whole:
            check_around(made, place, ask)


def check_template(made, web, template) -> None:
    assert template["InstanceType"] == web.sku and "KeyName" not in template
    metadata = template["MetadataOptions"]
    assert (metadata["HttpTokens"], int(metadata["HttpPutResponseHopLimit"])) == ("required", 1)
    (disk,) = template["BlockDeviceMappings"]
    assert disk["Ebs"]["Encrypted"] in (True, "true") and disk["Ebs"]["VolumeType"] == "gp3"
    assert template["ImageId"].startswith("ami-")
    text = base64.b64decode(template["UserData"]).decode()
    assert text.startswith("#!/bin/bash\n") and "@" not in re.sub(r"['\w]@[\w.]", "", text)
    read = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True)
    assert (read.returncode, read.stderr) == (0, "")
    assert f"export PORT='{made.draft.app.port}'" in text


def check_around(made, place, ask) -> None:
    wish, name = made.draft.scaling, ("--auto-scaling-group-name", made.draft.project)
    policies = ask(place.code, "autoscaling", "describe-policies", *name)["ScalingPolicies"]
    tracked = {t.metric for t in wish.triggers if t.metric in TRACKED} or {"cpu"}
    wanted = set() if wish.mode == "manual" else {f"{made.draft.project}-{m}" for m in tracked}
    assert {p["PolicyName"] for p in policies} == wanted
    actions = ask(place.code, "autoscaling", "describe-scheduled-actions", *name)[
        "ScheduledUpdateGroupActions"
    ]
    assert len(actions) == (2 if wish.schedule else 0)
    alarms = ask(place.code, "cloudwatch", "describe-alarms")["MetricAlarms"]
    own = [a for a in alarms if a["AlarmName"].startswith(f"{made.draft.project}-")]
    expected = [a for a in made.alarms if buildable(a) and place.code in where(a, made.draft)]
    assert len(own) == len(expected)
    profiles = ask(place.code, "iam", "list-instance-profiles")["InstanceProfiles"]
    assert len(profiles) == len(made.places)


@pytest.mark.parametrize(
    "name", ["vm_secure", "vm_two_regions", "vm_graviton", "vm_nightly", "vm_manual", "vm_hostile"]
)
def test_the_runbook_builds_the_instances(name, cloud):
    run, ask = cloud
    made = follow_runbook(name, run)
    check_instances(made, ask, whole=True)


@pytest.mark.parametrize("name", ["vm_usual", "vm_public", "vm_weekends"])
def test_the_commands_of_the_readme_deploy_the_instances(name, cloud, tmp_path):
    run, ask = cloud
    made = follow_readme(name, run, ask, tmp_path)
    check_instances(made, ask, whole=False)


def check_clusters(made, ask, folder: Path) -> None:
    """Clusters, nodes, templates and roles of the simulated AWS against the plan, and what went into the clusters."""
    for place in made.places:
        label = made.draft.project
        cluster = ask(place.code, "eks", "describe-cluster", "--name", label)["cluster"]
        network = cluster["resourcesVpcConfig"]
        assert len(network["subnetIds"]) == 2 and network["endpointPrivateAccess"]
        assert cluster["logging"]["clusterLogging"][0]["enabled"] and len(cluster["encryptionConfig"]) == 1
        (held,) = (c for c in made.role("worker") if c.region == place.code)
        named = ("--cluster-name", label, "--nodegroup-name", label)
        nodes = ask(place.code, "eks", "describe-nodegroup", *named)["nodegroup"]
        assert nodes["scalingConfig"] == {
            "minSize": held.minimum, "maxSize": held.maximum, "desiredSize": held.initial,
        }  # fmt: skip
        assert nodes["instanceTypes"] == [held.sku] and nodes["launchTemplate"]["version"] == "1"
        (targets,) = ask(place.code, "elbv2", "describe-target-groups")["TargetGroups"]
        assert (targets["TargetType"], targets["Port"]) == ("instance", NODE_PORT)
        groups = ask(place.code, "logs", "describe-log-groups")["logGroups"]
        assert {g.get("retentionInDays") for g in groups} == {made.log_retention_days} and len(groups) == 5
        assert {g["kmsKeyId"] for g in groups} == {cluster["encryptionConfig"][0]["provider"]["keyArn"]}
        alarms = ask(place.code, "cloudwatch", "describe-alarms")["MetricAlarms"]
        expected = [a for a in made.alarms if buildable(a) and place.code in where(a, made.draft)]
        assert len(alarms) == len(expected)
        check_objects(made, place, folder)


def check_objects(made, place, folder: Path) -> None:
    said = (folder / "kubectl.log").read_text()
    context = f"--context {made.draft.project}-{place.code}"
    assert f"{context} -n {made.draft.project} rollout status deployment/web" in said
    put = [o for o in yaml.safe_load_all((folder / "objects.yaml").read_text()) if o["kind"] == "Deployment"]
    images = {o["spec"]["template"]["spec"]["containers"][0]["image"] for o in put}
    image = made.draft.app.image if re.fullmatch(IMAGE, made.draft.app.image or "") else None
    assert images == {
        image or f"123456789012.dkr.ecr.{made.places[0].code}.amazonaws.com/{made.draft.project}:1.0.0"
    }
    assert not re.search(r"\$\{[A-Z_]+\}", (folder / "objects.yaml").read_text()) or image


@pytest.mark.parametrize("name", ["k8s_two_regions", "k8s_hostile"])
def test_the_runbook_builds_the_cluster(name, cloud, tmp_path):
    """Add-ons, access and identities are checked by AWS's own model of the commands alone."""
    run, ask = cloud
    check_clusters(follow_runbook(name, run, tmp_path), ask, tmp_path)


@pytest.mark.parametrize("name", ["k8s_usual"])
def test_the_commands_of_the_readme_deploy_what_is_around_the_cluster(name, cloud, tmp_path):
    """Without the cluster and what refers to it, which the simulator's CloudFormation does not know."""
    run, ask = cloud
    made = follow_readme(name, run, ask, tmp_path, without_cluster)
    (targets,) = ask(made.places[0].code, "elbv2", "describe-target-groups")["TargetGroups"]
    assert (targets["TargetType"], targets["Port"]) == ("instance", NODE_PORT)
    groups = ask(made.places[0].code, "logs", "describe-log-groups")["logGroups"]
    assert {g["retentionInDays"] for g in groups} == {made.log_retention_days} and len(groups) == 5
    roles = {r["RoleName"] for r in ask("", "iam", "list-roles")["Roles"]}
    wanted = ("ClusterRole", "NodeRole", "NetworkRole", "InsightsRole", "AutoscalerRole", "PodRole")
    assert all(any(name in role for role in roles) for name in wanted)


def without_api(text: str) -> str:
    return without(text, "AWS::ApiGatewayV2::")


def without_cluster(text: str) -> str:
    """Its CloudFormation stops at tags of a key, too."""
    head, mark, rest = text.partition("Type: AWS::KMS::Key\n")
    kept = re.sub(r"^      Tags:\n(?: {8}.*\n)+", "", rest, count=1, flags=re.M)
    return without(head + mark + kept, "AWS::EKS::")


def without(text: str, kinds: str) -> str:
    """The template without what the simulator's CloudFormation has no resource for, and what refers to it."""
    made = parse(text)
    kept = made["Resources"]
    gone = {name for name, r in kept.items() if r["Type"].startswith(kinds)}
    while names := {n for n, r in kept.items() if n in gone or any(refers(r, other) for other in gone)}:
        gone |= names
        for name in names:
            del kept[name]
    made["Outputs"] = {k: v for k, v in made["Outputs"].items() if not any(refers(v, g) for g in gone)}
    made["Outputs"]["Function"] = {"Value": "there"}
    return json.dumps(made)


def refers(value, name: str) -> bool:
    text = json.dumps(value)
    return any(mark in text for mark in (f'"Ref": "{name}"', f'["{name}", ', f"${{{name}}}", f"${{{name}."))


@pytest.mark.parametrize("name", ["fn_from_zero", "fn_two_plain"])
def test_the_commands_of_the_readme_deploy_the_function(name, cloud, tmp_path):
    """Without the API and its alarms, which the simulator's CloudFormation does not know."""
    run, ask = cloud
    made = follow_readme(name, run, ask, tmp_path, without_api)
    for place in made.places:
        settings = ask(place.code, "lambda", "get-function", "--function-name", made.draft.project)
        web = next(c for c in made.role("web") if c.region == place.code)
        assert settings["Configuration"]["MemorySize"] == web.memory_mib
        assert settings["Code"]["ImageUri"].endswith(
            f".{place.code}.amazonaws.com/{made.draft.project}:1.0.0"
        )


def check_scaling(made, web, place, ask) -> None:
    """What CloudFormation of the simulator leaves out: bounds, alarms and the budget."""
    found = ask(
        place.code, "application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs"
    )
    bounds = [(t["MinCapacity"], t["MaxCapacity"]) for t in found["ScalableTargets"]]
    assert bounds == ([] if made.draft.scaling.mode == "manual" else [(web.minimum, web.maximum)])
    # the simulator makes two alarms of its own for each policy of target tracking
    alarms = [
        a for a in ask(place.code, "cloudwatch", "describe-alarms")["MetricAlarms"]
        if a["AlarmName"].startswith(f"{made.draft.project}-")
    ]  # fmt: skip
    primary = place == made.places[0]
    wanted = [a for a in made.alarms if buildable(a) and (primary or a.condition != "disk")]
    assert len(alarms) == len(wanted)
    levels = sorted(a["Threshold"] for a in alarms if a.get("Namespace") == "AWS/ECS")
    assert levels == sorted(float(a.threshold) for a in wanted if a.condition in ("cpu", "memory"))
    budgets = ask(place.code, "budgets", "describe-budgets", "--account-id", "123456789012").get(
        "Budgets", []
    )
    limits = [b["BudgetLimit"]["Amount"] for b in budgets]
    stated = made.budget.limit
    amount = (
        TYPED["BUDGET_LIMIT_USD"] if stated and stated.currency != "USD" else stated and str(stated.amount)
    )
    assert limits == ([amount] if stated else [])


@pytest.mark.parametrize("name", ["secure", "two_regions", "outside_stores", "hostile"])
def test_the_runbook_builds_the_plan(name, cloud):
    run, ask = cloud
    made = follow_runbook(name, run)
    check_cloud(made, ask, whole=True)


@pytest.mark.parametrize("name", ["no_store", "three_regions", "public"])
def test_the_commands_of_the_readme_deploy_the_stacks(name, cloud, tmp_path):
    """Without databases: the simulator's CloudFormation does not know the secret that RDS makes."""
    run, ask = cloud
    made = follow_readme(name, run, ask, tmp_path)
    check_cloud(made, ask, whole=False)
