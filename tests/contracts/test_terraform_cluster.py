"""EKS as Terraform plans it, and what runs in the cluster: what was answered, in every region, and nothing unpriced."""

import json
import re
import subprocess

import pytest
import yaml
from contracts.terraform_world import CLUSTERS, Result, applied, assert_built_once

from groundplan.platforms.aws.cluster import NODE_PORT
from groundplan.platforms.aws.cluster_manifests import filled, manifests
from groundplan.platforms.aws.spot import spots

pytestmark = pytest.mark.contract
each = pytest.mark.parametrize("name", CLUSTERS)
BUILT = {
    "web": "aws_eks_node_group",
    "worker": "aws_eks_node_group",
    "balancer": "aws_lb",
    "database": "aws_db_instance",
    "cache": "aws_elasticache_replication_group",
    "registry": "aws_ecr_repository",
    "budget": "aws_budgets_budget",
}
NEEDED = {"vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "metrics-server",
          "amazon-cloudwatch-observability"}  # fmt: skip
SECRETS = "aws-secrets-store-csi-driver-provider"


@pytest.fixture
def found(outcome, name) -> Result:
    result = outcome(name)
    assert result.applied.code == 0, result.applied.text
    return result


def objects(found: Result, file: str = "application") -> list[dict[str, dict]]:
    """Of each region, kind -> object."""
    texts = [f.content for f in manifests(found.plan) if f.path.endswith(f"/{file}.yaml")]
    return [{o["kind"]: o for o in yaml.safe_load_all(text)} for text in texts]


@each
def test_every_component_is_built_once_and_in_its_region(found):
    assert_built_once(found, BUILT)
    assert len(found.resources("aws_nat_gateway")) == len(found.expect["regions"]) * found.expect["private"]
    assert not any(
        found.resources(k) for k in ("aws_ecs_service", "aws_autoscaling_group", "aws_lambda_function")
    )


@each
def test_counts_of_the_answer_are_pods_and_nodes_hold_them(found):
    expect = found.expect
    for group in found.resources("aws_eks_node_group"):
        (sizes,) = group["scaling_config"]
        assert [sizes["min_size"], sizes["desired_size"], sizes["max_size"]] == expect["nodes"]
        assert group["instance_types"] == [expect["type"]] and group["ami_type"] == expect["images"]
    low, start, high = expect["pods"]
    for made in objects(found):
        pod = made["Deployment"]["spec"]
        if not expect["scaled"]:
            assert pod["replicas"] == start and "HorizontalPodAutoscaler" not in made
            continue
        scaler = made["HorizontalPodAutoscaler"]["spec"]
        assert "replicas" not in pod, "an apply would take back what the autoscaler has done"
        assert (scaler["minReplicas"], scaler["maxReplicas"]) == (low, high)
        assert {
            m["resource"]["name"]: m["resource"]["target"]["averageUtilization"] for m in scaler["metrics"]
        } == (expect["scaled"])


@each
def test_nodes_are_added_where_their_number_changes(found):
    low, _, high = found.expect["nodes"]
    files = objects(found, "autoscaler")
    identities = {i["service_account"] for i in found.resources("aws_eks_pod_identity_association")}
    assert len(files) == (len(found.expect["regions"]) if low < high else 0)
    assert identities == ({"web", "cluster-autoscaler"} if low < high else {"web"})
    for made in files:
        (container,) = made["Deployment"]["spec"]["template"]["spec"]["containers"]
        assert container["image"].endswith(f":v{found.expect['version']}.0")
        assert any("k8s.io/cluster-autoscaler/orders" in word for word in container["command"])


@each
def test_the_cluster_is_closed_encrypted_and_logged(found):
    for cluster in applied(found, "aws_eks_cluster"):
        (network,), (access,), (policy,) = (
            cluster[k] for k in ("vpc_config", "access_config", "upgrade_policy")
        )
        assert network["endpoint_private_access"] and network["public_access_cidrs"] == ["198.51.100.7/32"]
        assert (
            access["authentication_mode"] == "API"
            and not access["bootstrap_cluster_creator_admin_permissions"]
        )
        assert cluster["encryption_config"][0]["resources"] == ["secrets"]
        assert (
            cluster["version"] == found.expect["version"]
            and policy["support_type"] == found.expect["support"]
        )
        assert len(cluster["enabled_cluster_log_types"]) == 5 and cluster["deletion_protection"] is True
    groups = found.resources("aws_cloudwatch_log_group")
    assert {g["retention_in_days"] for g in groups} == {found.expect["retention"]}
    assert {g["name"] for g in groups} == {
        "/aws/eks/orders/cluster",
        *(f"/aws/containerinsights/orders/{g}" for g in ("application", "dataplane", "host", "performance")),
    }
    assert len(found.resources("aws_kms_key")) == len(found.expect["regions"])
    (entry,) = {e["principal_arn"] for e in found.resources("aws_eks_access_entry")}
    assert entry == "arn:aws:iam::123456789012:role/deploy"


@each
def test_a_node_is_closed_and_encrypted(found):
    for template in found.resources("aws_launch_template"):
        (metadata,) = template["metadata_options"]
        assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)
        (disk,) = template["block_device_mappings"]
        assert disk["ebs"][0]["encrypted"] in (True, "true") and disk["ebs"][0]["volume_type"] == "gp3"
        assert template.get("key_name") is None
    rules = found.resources("aws_vpc_security_group_ingress_rule")
    ports = {r["from_port"] for r in rules if r["cidr_ipv4"] is None}
    assert NODE_PORT in ports and 22 not in ports
    given = [s for s in found.resources("aws_subnet") if s.get("map_public_ip_on_launch")]
    assert bool(given) is not found.expect["private"]


@each
def test_add_ons_are_those_that_the_cluster_needs(found):
    wanted = NEEDED | ({SECRETS} if found.expect["secrets"] else set())
    regions = len(found.expect["regions"])
    for addon in (made := found.resources("aws_eks_addon")):
        assert addon["addon_name"] in wanted
        if addon["addon_name"] == "amazon-cloudwatch-observability":
            values = json.loads(addon["configuration_values"])["agent"]["config"]["logs"]["metrics_collected"]
            assert values == {"kubernetes": {"enhanced_container_insights": True}}
    names = {(a["region"], a["addon_name"]) for a in made}
    assert len({n for _, n in names}) == len(wanted)
    assert len(made) >= regions * len(NEEDED)


@each
def test_requests_reach_the_pods_without_a_controller(found):
    for target in found.resources("aws_lb_target_group"):
        assert (target["target_type"], target["port"]) == ("instance", NODE_PORT)
    assert len(found.resources("aws_autoscaling_attachment")) == len(found.expect["regions"])
    for made in objects(found):
        spec, (container,) = (
            made["Service"]["spec"],
            made["Deployment"]["spec"]["template"]["spec"]["containers"],
        )
        (port,) = spec["ports"]
        assert (spec["type"], port["nodePort"]) == ("NodePort", NODE_PORT)
        assert port["targetPort"] == container["ports"][0]["name"]
        assert (
            spec["selector"].items() <= made["Deployment"]["spec"]["template"]["metadata"]["labels"].items()
        )


@each
def test_alarms_have_the_answered_thresholds_in_every_region(found):
    made: dict[str, list] = {}
    for alarm in applied(found, "aws_cloudwatch_metric_alarm"):
        key = alarm["alarm_name"].removeprefix("orders-").replace("-", "_")
        made.setdefault(key, []).append(alarm["threshold"])
        if key in ("cpu", "memory"):
            assert alarm["metric_name"] == f"pod_{key}_utilization_over_pod_limit"
            assert alarm["dimensions"] == {"ClusterName": "orders", "Namespace": "orders", "PodName": "web"}
        if key == "disk":
            assert (alarm["metric_name"], alarm["statistic"]) == ("node_filesystem_utilization", "Maximum")
            assert alarm["dimensions"] == {"ClusterName": "orders"}
    regions = len(found.expect["regions"])
    assert made == {k: [v] * (1 if k == "disk_2" else regions) for k, v in found.levels().items()}
    topics = {t["name"].removeprefix("orders-") for t in found.resources("aws_sns_topic")}
    relays = {r["name"].removeprefix("orders-") for r in found.resources("aws_cloudwatch_event_rule")}
    assert topics | relays == set(found.expect["routes"])


@each
def test_roles_are_for_one_account_each_and_may_little(found):
    trusted = {}
    for role in found.resources("aws_iam_role"):
        (statement,) = json.loads(role["assume_role_policy"])["Statement"]
        trusted[role["name"].rpartition("-")[2]] = statement["Principal"]["Service"]
    low, _, high = found.expect["nodes"]
    pods = {"network", "insights", "pod", *(("autoscaler",) if low < high else ())}
    assert {k for k, v in trusted.items() if v == "pods.eks.amazonaws.com"} == pods
    assert trusted["cluster"] == "eks.amazonaws.com" and trusted["node"] == "ec2.amazonaws.com"
    for policy in applied(found, "aws_iam_role_policy"):
        if policy["name"] not in ("change-nodes", "read-secrets"):
            continue
        for statement in json.loads(policy["policy"])["Statement"]:
            acting = [a for a in statement["Action"] if not re.match(r"\w+:(Describe|Get)", a)]
            assert not acting or statement["Condition"]["StringEquals"] == {
                "aws:ResourceTag/k8s.io/cluster-autoscaler/orders": "owned"
            }
            assert statement["Resource"] != "*" or "secretsmanager:GetSecretValue" not in statement["Action"]


@each
def test_secrets_are_references_that_become_variables(found):
    plain = {"PORT", "DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME"}
    for number, made in enumerate(objects(found)):
        (container,) = made["Deployment"]["spec"]["template"]["spec"]["containers"]
        hidden = {e["name"]: e["valueFrom"]["secretKeyRef"] for e in container["env"] if "valueFrom" in e}
        wanted = [] if number and found.expect["stores"] else found.expect["secrets"]
        assert sorted(hidden) == wanted
        assert {e["name"] for e in container["env"]} - set(hidden) <= plain | {"REDIS_URL"}
        if not wanted:
            assert "SecretProviderClass" not in made
            continue
        source = made["SecretProviderClass"]["spec"]
        kept = {d["key"]: d["objectName"] for d in source["secretObjects"][0]["data"]}
        aliases = {a["objectAlias"] for o in yaml.safe_load(source["parameters"]["objects"])
                   for a in o.get("jmesPath", [o])}  # fmt: skip
        assert sorted(kept) == wanted and set(kept.values()) == aliases
        assert source["secretObjects"][0]["secretName"] == next(iter(hidden.values()))["name"]


@each
def test_what_is_put_in_is_what_terraform_gives(found, tool):
    outputs = set(found.state["values"]["outputs"])
    for spot, file in zip(
        spots(found.plan), (f for f in manifests(found.plan) if "application" in f.path), strict=True
    ):
        names = filled(spot)
        assert {n.lower() for n in names[1:]} <= outputs
        assert set(re.findall(r"\$\{(\w+)\}", file.content)) == set(names)
        values = {n: f"value-of-{n.lower()}" for n in names}
        words = " ".join(f"${{{n}}}" for n in names)
        done = subprocess.run(
            [tool("envsubst"), words], input=file.content, env=values, capture_output=True, text=True
        )
        assert done.returncode == 0 and "${" not in done.stdout
        assert 'image: "value-of-image_uri"' in done.stdout
