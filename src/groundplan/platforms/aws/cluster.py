"""An EKS cluster in AWS's own words, shared by every way to write it; references are given by the caller.

Requests reach the pods through a fixed port of every node, so that the balancer that the code makes needs no controller
in the cluster. Every permission is a role of its own, which Pod Identity gives to one service account.
"""

from __future__ import annotations

import msgspec

from groundplan.model.graph import Value
from groundplan.model.plan import Component
from groundplan.platforms.aws.cluster_size import standard
from groundplan.platforms.aws.spot import Spot

NODE_PORT = 30080
"""In the range that Kubernetes keeps for such ports, 30000 to 32767."""
WEB, AUTOSCALER = "web", "cluster-autoscaler"
"""Service accounts, and what runs under them."""
LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
GROUPS = ("application", "dataplane", "host", "performance")
"""Groups that Container Insights writes to, under /aws/containerinsights/<cluster>/."""
ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
INSIGHTS: dict[str, Value] = {
    "agent": {
        "config": {
            "logs": {"metrics_collected": {"kubernetes": {"enhanced_container_insights": True}}},
        }
    }
}
"""The metrics that alarms read; without Application Signals, which cost by the request.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html.
"""
SYNCED: dict[str, Value] = {"secrets-store-csi-driver": {"syncSecret": {"enabled": True}}}
"""Secrets become variables of a container by way of a Secret of Kubernetes, which the key of the cluster encrypts."""


class Addon(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    key: str
    """As a part of names of resources."""
    early: bool = False
    """Before the nodes, which need it to become ready; the others need nodes to run on."""
    account: str = ""
    """Service account that its role is given to."""
    policy: str = ""
    """Managed policy of that role."""
    values: dict[str, Value] = {}


_ADDONS = (
    Addon(
        name="vpc-cni",
        key="network",
        early=True,
        account="aws-node",
        policy="arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ),
    Addon(name="kube-proxy", key="proxy", early=True),
    Addon(name="eks-pod-identity-agent", key="identity", early=True),
    Addon(name="coredns", key="dns"),
    Addon(name="metrics-server", key="metrics"),
    Addon(
        name="amazon-cloudwatch-observability",
        key="insights",
        account="cloudwatch-agent",
        policy="arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
        values=INSIGHTS,
    ),
)
_SECRETS = Addon(name="aws-secrets-store-csi-driver-provider", key="secrets", values=SYNCED)
"""An add-on of EKS since November 2025:
https://aws.amazon.com/about-aws/whats-new/2025/11/amazon-eks-add-ons-aws-secrets-store-csi-driver-provider/."""


def addons(spot: Spot) -> tuple[Addon, ...]:
    return (*_ADDONS, _SECRETS) if reads_secrets(spot) else _ADDONS


def reads_secrets(spot: Spot) -> bool:
    return bool(spot.plan.secrets) or spot.database is not None


def grows(spot: Spot) -> bool:
    """Whether the number of nodes changes, so that something in the cluster must change it."""
    held = nodes(spot)
    return held.minimum < held.maximum


def nodes(spot: Spot) -> Component:
    return next(c for c in spot.plan.components if c.key == f"nodes.{spot.code}")


def version(spot: Spot) -> str:
    control = next(c for c in spot.plan.components if c.key == f"control.{spot.code}")
    return str(control.settings["version"])


def support(spot: Spot) -> str:
    """A version in standard support stays there: AWS upgrades the cluster rather than ask six times the fee."""
    return "STANDARD" if standard(version(spot)) else "EXTENDED"


def image_type(spot: Spot) -> str:
    word = "ARM_64" if nodes(spot).settings["architecture"] == "arm64" else "x86_64"
    return f"AL2023_{word}_STANDARD"


def trust(service: str) -> dict[str, Value]:
    """Who takes the role: a service of AWS; that of Pod Identity tags the session as well."""
    tags = ("sts:TagSession",) if service == "pods.eks.amazonaws.com" else ()
    allowed: Value = {
        "Effect": "Allow",
        "Action": ("sts:AssumeRole", *tags),
        "Principal": {"Service": service},
    }
    return {"Version": "2012-10-17", "Statement": (allowed,)}


POLICIES = {
    "cluster": ("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",),
    "node": (
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    ),
}
"""Role -> managed policies: what AWS says that a control plane and a node need at least."""


def autoscaler_policy(spot: Spot) -> dict[str, Value]:
    """Look at groups and types everywhere; change those of this cluster alone.

    Source: cluster-autoscaler/cloudprovider/aws/README.md of kubernetes/autoscaler, read 2026-12-01. EKS tags the groups.
    """
    look = (
        *(f"autoscaling:Describe{what}" for what in ("AutoScalingGroups", "AutoScalingInstances",
          "LaunchConfigurations", "ScalingActivities", "Tags")),
        *(f"ec2:{what}" for what in ("DescribeImages", "DescribeInstanceTypes", "DescribeLaunchTemplateVersions",
          "GetInstanceTypesFromInstanceRequirements")),
        "eks:DescribeNodegroup",
    )  # fmt: skip
    change = ("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup")
    own: Value = {"StringEquals": {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{spot.label}": "owned"}}
    statements: tuple[Value, ...] = (
        {"Effect": "Allow", "Action": look, "Resource": "*"},
        {"Effect": "Allow", "Action": change, "Resource": "*", "Condition": own},
    )
    return {"Version": "2012-10-17", "Statement": statements}


def secrets_policy(arns: tuple[Value, ...]) -> dict[str, Value]:
    read = ("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret")
    return {
        "Version": "2012-10-17",
        "Statement": ({"Effect": "Allow", "Action": read, "Resource": arns},),
    }
