"""Kubernetes cluster, its nodes, add-ons and roles, in one region. What runs in it is written beside."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.graph import Block, Join, Json, Ref, Resource, Value, Var
from groundplan.platforms.aws import cluster as it
from groundplan.platforms.aws.cluster import Addon
from groundplan.platforms.aws.instance_size import DISK_GB
from groundplan.platforms.aws.instances import DEVICE
from groundplan.platforms.aws.terraform_key import key_of
from groundplan.platforms.aws.terraform_network import ZONES, task_subnets
from groundplan.platforms.aws.terraform_service import balancer, secret_arns
from groundplan.platforms.aws.terraform_site import Site

PODS = "pods.eks.amazonaws.com"


def cluster(site: Site) -> list[Resource]:
    return [
        *balancer(site),
        *_logs(site),
        *_roles(site),
        _cluster(site),
        *_admin(site),
        *(_addon(site, a) for a in it.addons(site.spot)),
        _template(site),
        _nodes(site),
        _entry(site),
        *_identities(site),
    ]


def _logs(site: Site) -> list[Resource]:
    """Made before anything writes to them, so that they end and are encrypted."""
    names = {"control": f"/aws/eks/{site.label}/cluster"}
    names |= {group: f"/aws/containerinsights/{site.label}/{group}" for group in it.GROUPS}
    return [
        site.resource(
            "aws_cloudwatch_log_group",
            {
                "name": name,
                "retention_in_days": site.plan.log_retention_days,
                "kms_key_id": key_of(site),
            },
            file="monitoring",
            suffix=suffix,
        )
        for suffix, name in names.items()
    ]


def _roles(site: Site) -> list[Resource]:
    made: list[Resource] = []
    for suffix, service in (("cluster", "eks.amazonaws.com"), ("node", "ec2.amazonaws.com")):
        made += _role(site, suffix, service, it.POLICIES[suffix])
    for addon in it.addons(site.spot):
        if addon.policy:
            made += _role(site, addon.key, PODS, (addon.policy,))
    if it.grows(site.spot):
        made += _role(site, "autoscaler", PODS)
        made.append(_policy(site, "autoscaler", "change-nodes", it.autoscaler_policy(site.spot)))
    comment = "The application itself runs with it; it may do nothing more until a policy is added."
    made += _role(site, "pod", PODS, comment=comment)
    arns = secret_arns(site)
    return [*made, _policy(site, "pod", "read-secrets", it.secrets_policy(arns))] if arns else made


def _role(
    site: Site, suffix: str, service: str, policies: tuple[str, ...] = (), comment: str = ""
) -> Iterator[Resource]:
    name = f"{site.label}-{site.place.code}-{suffix}"[:64]
    trust = Json(it.trust(service))
    yield site.resource(
        "aws_iam_role",
        {"name": name, "assume_role_policy": trust},
        file="service",
        suffix=suffix,
        comment=comment,
    )
    for number, policy in enumerate(policies):
        yield site.resource(
            "aws_iam_role_policy_attachment",
            {"role": site.ref("aws_iam_role", "name", suffix), "policy_arn": policy},
            file="service",
            suffix=_numbered(suffix, number),
        )


def _numbered(suffix: str, number: int) -> str:
    return f"{suffix}_{number + 1}" if number else suffix


def _policy(site: Site, suffix: str, name: str, allowed: dict[str, Value]) -> Resource:
    return site.resource(
        "aws_iam_role_policy",
        {"name": name, "role": site.ref("aws_iam_role", "id", suffix), "policy": Json(allowed)},
        file="service",
        suffix=suffix,
    )


def _cluster(site: Site) -> Resource:
    network: dict[str, Value] = {
        "subnet_ids": task_subnets(site),
        "endpoint_private_access": True,
        "endpoint_public_access": True,
        "public_access_cidrs": (Var("api_cidr"),),
    }
    access: dict[str, Value] = {
        "authentication_mode": "API",
        "bootstrap_cluster_creator_admin_permissions": False,
    }
    key = Block({"key_arn": site.ref("aws_kms_key", "arn")})
    return site.resource(
        "aws_eks_cluster",
        {
            "name": site.label,
            "version": it.version(site.spot),
            "role_arn": site.ref("aws_iam_role", "arn", "cluster"),
            "enabled_cluster_log_types": it.LOGS,
            "deletion_protection": Var("deletion_protection"),
            "bootstrap_self_managed_addons": False,
            "vpc_config": Block(network),
            "access_config": Block(access),
            "encryption_config": Block({"resources": ("secrets",), "provider": key}),
            "upgrade_policy": Block({"support_type": it.support(site.spot)}),
        },
        file="service",
        depends_on=(
            Ref("aws_iam_role_policy_attachment", site.named("cluster"), ""),
            Ref("aws_cloudwatch_log_group", site.named("control"), ""),
        ),
        comment="Nodes reach the API inside the network; people reach it from the addresses of api_cidr alone.",
    )


def _name(site: Site) -> Ref:
    return site.ref("aws_eks_cluster", "name")


def _admin(site: Site) -> list[Resource]:
    who: dict[str, Value] = {"cluster_name": _name(site), "principal_arn": Var("cluster_admin_arn")}
    may: dict[str, Value] = {
        "cluster_name": _name(site),
        "principal_arn": site.ref("aws_eks_access_entry", "principal_arn", "admin"),
        "policy_arn": it.ADMIN,
        "access_scope": Block({"type": "cluster"}),
    }
    return [
        site.resource("aws_eks_access_entry", who, file="service", suffix="admin"),
        site.resource("aws_eks_access_policy_association", may, file="service", suffix="admin"),
    ]


def _addon(site: Site, addon: Addon) -> Resource:
    given: dict[str, Value] = {}
    if addon.account:
        role = site.ref("aws_iam_role", "arn", addon.key)
        given["pod_identity_association"] = Block({"role_arn": role, "service_account": addon.account})
    if addon.values:
        given["configuration_values"] = Json(addon.values)
    needed = () if addon.early else (Ref("aws_eks_node_group", site.named(), ""),)
    allowed = (Ref("aws_iam_role_policy_attachment", site.named(addon.key), ""),) if addon.policy else ()
    return site.resource(
        "aws_eks_addon",
        {
            "cluster_name": _name(site),
            "addon_name": addon.name,
            "resolve_conflicts_on_create": "OVERWRITE",
            "resolve_conflicts_on_update": "OVERWRITE",
            **given,
        },
        file="service",
        suffix=addon.key,
        depends_on=(*allowed, *needed),
    )


def _template(site: Site) -> Resource:
    volume: dict[str, Value] = {
        "volume_size": DISK_GB,
        "volume_type": "gp3",
        "encrypted": True,
        "delete_on_termination": True,
    }
    metadata: dict[str, Value] = {
        "http_endpoint": "enabled",
        "http_tokens": "required",
        "http_put_response_hop_limit": 1,
    }
    own: Value = Ref("aws_eks_cluster", site.named(), "vpc_config[0].cluster_security_group_id")
    tags: dict[str, Value] = {
        "Name": site.label,
        "Project": site.plan.draft.project,
        "ManagedBy": "terraform",
    }
    return site.resource(
        "aws_launch_template",
        {
            "name": site.label,
            "update_default_version": True,
            "vpc_security_group_ids": (own, site.ref("aws_security_group", "id", site.runs)),
            "metadata_options": Block(metadata),
            "block_device_mappings": Block({"device_name": DEVICE, "ebs": Block(volume)}),
            "tag_specifications": tuple(
                Block({"resource_type": kind, "tags": tags}) for kind in ("instance", "volume")
            ),
        },
        file="service",
        comment="One hop: pods do not reach the role of their node, and have one of their own instead.",
    )


def _nodes(site: Site) -> Resource:
    held = it.nodes(site.spot)
    sizes: dict[str, Value] = {
        "min_size": held.minimum,
        "desired_size": held.initial,
        "max_size": held.maximum,
    }
    template: dict[str, Value] = {
        "id": site.ref("aws_launch_template", "id"),
        "version": Join((site.ref("aws_launch_template", "latest_version"),)),
    }
    arguments: dict[str, Value] = {
        "cluster_name": _name(site),
        "node_group_name": site.label,
        "node_role_arn": site.ref("aws_iam_role", "arn", "node"),
        "subnet_ids": task_subnets(site),
        "version": site.ref("aws_eks_cluster", "version"),
        "ami_type": it.image_type(site.spot),
        "capacity_type": "ON_DEMAND",
        "instance_types": (held.sku,),
        "scaling_config": Block(sizes),
        "update_config": Block({"max_unavailable": 1}),
        "node_repair_config": Block({"enabled": True}),
        "launch_template": Block(template),
    }
    if it.grows(site.spot):
        ignored = Ref("scaling_config[0].desired_size", "", "")
        arguments["lifecycle"] = Block({"ignore_changes": (ignored,)})
    return site.resource("aws_eks_node_group", arguments, file="service", depends_on=_needed(site))


def _needed(site: Site) -> tuple[Ref, ...]:
    """What a node uses to join."""
    way_out = "private" if site.private else "public"
    policies = range(len(it.POLICIES["node"]))
    early = (a for a in it.addons(site.spot) if a.early)
    return (
        *(Ref("aws_iam_role_policy_attachment", site.named(_numbered("node", n)), "") for n in policies),
        *(Ref("aws_eks_addon", site.named(a.key), "") for a in early),
        *(Ref("aws_route_table_association", site.named(f"{way_out}_{zone}"), "") for zone in range(ZONES)),
        Ref("aws_vpc_security_group_egress_rule", site.named(site.runs), ""),
    )


def _entry(site: Site) -> Resource:
    group = "resources[0].autoscaling_groups[0].name"
    return site.resource(
        "aws_autoscaling_attachment",
        {
            "autoscaling_group_name": site.ref("aws_eks_node_group", group),
            "lb_target_group_arn": site.ref("aws_lb_target_group", "arn"),
        },
        file="service",
        comment=f"Requests reach port {it.NODE_PORT} of every node, so nothing in the cluster has to know the balancer.",
    )


def _identities(site: Site) -> list[Resource]:
    given = [("pod", site.label, it.WEB)]
    given += [("autoscaler", "kube-system", it.AUTOSCALER)] if it.grows(site.spot) else []
    return [
        site.resource(
            "aws_eks_pod_identity_association",
            {
                "cluster_name": _name(site),
                "namespace": namespace,
                "service_account": account,
                "role_arn": site.ref("aws_iam_role", "arn", suffix),
            },
            file="service",
            suffix=suffix,
        )
        for suffix, namespace, account in given
    ]
