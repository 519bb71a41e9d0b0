"""Kubernetes cluster, its nodes, add-ons and roles, in one stack. What runs in it is written beside."""

from __future__ import annotations

import json

from groundplan.model.graph import Resource, Value, Var
from groundplan.platforms.aws import cluster as it
from groundplan.platforms.aws.cloudformation_key import key
from groundplan.platforms.aws.cloudformation_network import runner, task_subnets
from groundplan.platforms.aws.cloudformation_part import camel, part, ref
from groundplan.platforms.aws.cloudformation_service import balancer, secret_parameter
from groundplan.platforms.aws.cluster import Addon
from groundplan.platforms.aws.instance_size import VOLUME
from groundplan.platforms.aws.instances import DEVICE
from groundplan.platforms.aws.spot import Spot

PODS = "pods.eks.amazonaws.com"
ADMIN, RANGE = "ClusterAdminArn", "ApiCidr"
"""Parameters: who deploys into the cluster, and from where."""


def cluster(spot: Spot) -> list[Resource]:
    return [
        *key(spot),
        *balancer(spot),
        *_logs(spot),
        *_roles(spot),
        _cluster(spot),
        _admin(spot),
        *(_addon(spot, a) for a in it.addons(spot)),
        _template(spot),
        _nodes(spot),
        *_identities(spot),
    ]


def _logs(spot: Spot) -> list[Resource]:
    """Made before anything writes to them, so that they end and are encrypted."""
    names = {"ControlLogs": f"/aws/eks/{spot.label}/cluster"}
    names |= {f"{camel(group)}Logs": f"/aws/containerinsights/{spot.label}/{group}" for group in it.GROUPS}
    kept: dict[str, Value] = {"KmsKeyId": ref("Key", "Arn")}
    if spot.plan.log_retention_days:
        kept["RetentionInDays"] = spot.plan.log_retention_days
    return [
        part(spot, "AWS::Logs::LogGroup", name, {"LogGroupName": group, **kept}, keep="Retain")
        for name, group in names.items()
    ]


def _roles(spot: Spot) -> list[Resource]:
    made = [
        _role(spot, "Cluster", "eks.amazonaws.com", it.POLICIES["cluster"]),
        _role(spot, "Node", "ec2.amazonaws.com", it.POLICIES["node"]),
        *(_role(spot, camel(a.key), PODS, (a.policy,)) for a in it.addons(spot) if a.policy),
    ]
    if it.grows(spot):
        made.append(_role(spot, "Autoscaler", PODS, own=("change-nodes", it.autoscaler_policy(spot))))
    arns: tuple[Value, ...] = tuple(Var(secret_parameter(s.name)) for s in spot.plan.secrets)
    if spot.database:
        arns += (ref("Database", "MasterUserSecret.SecretArn"),)
    reads = ("read-secrets", it.secrets_policy(arns)) if arns else None
    why = "The application itself runs with it; it may do nothing more until a policy is added."
    return [*made, _role(spot, "Pod", PODS, own=reads, comment=why)]


def _role(
    spot: Spot,
    name: str,
    service: str,
    policies: tuple[str, ...] = (),
    own: tuple[str, dict[str, Value]] | None = None,
    comment: str = "",
) -> Resource:
    properties: dict[str, Value] = {"AssumeRolePolicyDocument": it.trust(service)}
    if policies:
        properties["ManagedPolicyArns"] = policies
    if own:
        properties["Policies"] = ({"PolicyName": own[0], "PolicyDocument": own[1]},)
    return part(spot, "AWS::IAM::Role", f"{name}Role", properties, comment=comment)


def _cluster(spot: Spot) -> Resource:
    network: Value = {
        "SubnetIds": task_subnets(spot),
        "EndpointPrivateAccess": True,
        "EndpointPublicAccess": True,
        "PublicAccessCidrs": (Var(RANGE),),
    }
    access: Value = {"AuthenticationMode": "API", "BootstrapClusterCreatorAdminPermissions": False}
    encrypted: Value = {"Resources": ("secrets",), "Provider": {"KeyArn": ref("Key", "Arn")}}
    properties: dict[str, Value] = {
        "Name": spot.label,
        "Version": it.version(spot),
        "RoleArn": ref("ClusterRole", "Arn"),
        "Logging": {"ClusterLogging": {"EnabledTypes": tuple({"Type": word} for word in it.LOGS)}},
        "DeletionProtection": True,
        "BootstrapSelfManagedAddons": False,
        "ResourcesVpcConfig": network,
        "AccessConfig": access,
        "EncryptionConfig": (encrypted,),
        "UpgradePolicy": {"SupportType": it.support(spot)},
    }
    why = f"Nodes reach the API inside the network; people reach it from the addresses of {RANGE} alone."
    return part(spot, "AWS::EKS::Cluster", "Cluster", properties, comment=why, after=("ControlLogs",))


def _admin(spot: Spot) -> Resource:
    may: Value = {"PolicyArn": it.ADMIN, "AccessScope": {"Type": "cluster"}}
    properties: dict[str, Value] = {
        "ClusterName": ref("Cluster"),
        "PrincipalArn": Var(ADMIN),
        "AccessPolicies": (may,),
    }
    return part(spot, "AWS::EKS::AccessEntry", "Admin", properties)


def _addon(spot: Spot, addon: Addon) -> Resource:
    properties: dict[str, Value] = {
        "ClusterName": ref("Cluster"),
        "AddonName": addon.name,
        "ResolveConflicts": "OVERWRITE",
    }
    if addon.account:
        role = ref(f"{camel(addon.key)}Role", "Arn")
        properties["PodIdentityAssociations"] = ({"RoleArn": role, "ServiceAccount": addon.account},)
    if addon.values:
        properties["ConfigurationValues"] = json.dumps(addon.values)
    return part(spot, "AWS::EKS::Addon", _named(addon), properties, after=() if addon.early else ("Nodes",))


def _named(addon: Addon) -> str:
    return f"{camel(addon.key)}Addon"


def _template(spot: Spot) -> Resource:
    named = {"Name": spot.label, "Project": spot.plan.draft.project, "ManagedBy": "cloudformation"}
    tags: Value = tuple({"Key": name, "Value": value} for name, value in named.items())
    made: Value = {
        "SecurityGroupIds": (ref("Cluster", "ClusterSecurityGroupId"), ref(runner(spot), "GroupId")),
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 1,
        },
        "BlockDeviceMappings": ({"DeviceName": DEVICE, "Ebs": VOLUME},),
        "TagSpecifications": tuple({"ResourceType": kind, "Tags": tags} for kind in ("instance", "volume")),
    }
    properties: dict[str, Value] = {"LaunchTemplateName": spot.label, "LaunchTemplateData": made}
    why = "One hop: pods do not reach the role of their node, and have one of their own instead."
    return part(spot, "AWS::EC2::LaunchTemplate", "Template", properties, comment=why)


def _nodes(spot: Spot) -> Resource:
    held = it.nodes(spot)
    template: Value = {"Id": ref("Template"), "Version": ref("Template", "LatestVersionNumber")}
    sizes: Value = {"MinSize": held.minimum, "DesiredSize": held.initial, "MaxSize": held.maximum}
    properties: dict[str, Value] = {
        "ClusterName": ref("Cluster"),
        "NodegroupName": spot.label,
        "NodeRole": ref("NodeRole", "Arn"),
        "Subnets": task_subnets(spot),
        "Version": it.version(spot),
        "AmiType": it.image_type(spot),
        "CapacityType": "ON_DEMAND",
        "InstanceTypes": (held.sku,),
        "ScalingConfig": sizes,
        "UpdateConfig": {"MaxUnavailable": 1},
        "NodeRepairConfig": {"Enabled": True},
        "LaunchTemplate": template,
    }
    way_out = "Private" if spot.private else "Public"
    lines = ["README.md joins its group to the balancer: CloudFormation is not told the group's name."]
    if it.grows(spot):
        lines.append("An update of this resource sets DesiredSize again; the autoscaler changes it back.")
    return part(
        spot,
        "AWS::EKS::Nodegroup",
        "Nodes",
        properties,
        comment="\n".join(lines),
        after=(
            *(_named(a) for a in it.addons(spot) if a.early),
            f"{way_out}WayOut",
            *(f"{way_out}Subnet{zone}Routes" for zone in "AB"),
        ),
    )


def _identities(spot: Spot) -> list[Resource]:
    given = [("Pod", spot.label, it.WEB)]
    given += [("Autoscaler", "kube-system", it.AUTOSCALER)] if it.grows(spot) else []
    return [
        part(
            spot,
            "AWS::EKS::PodIdentityAssociation",
            f"{name}Identity",
            {
                "ClusterName": ref("Cluster"),
                "Namespace": namespace,
                "ServiceAccount": account,
                "RoleArn": ref(f"{name}Role", "Arn"),
            },
        )
        for name, namespace, account in given
    ]
