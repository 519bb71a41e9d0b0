"""How a resource of one stack is made and referred to in the CloudFormation vocabulary; knows which kinds take tags."""

from __future__ import annotations

import re

from groundplan.model.graph import Block, Ref, Resource, Value
from groundplan.platforms.aws.spot import Spot

_UNTAGGED = frozenset(
    (
        "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress", "AWS::SNS::Subscription",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::Budgets::Budget", "AWS::KMS::Alias",
        "AWS::Events::Connection", "AWS::Events::ApiDestination",
        "AWS::Route53::RecordSet", "AWS::Route53::HealthCheck", "AWS::ApiGatewayV2::ApiMapping",
        "AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::Permission",
        "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::IAM::InstanceProfile",
        "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::ScalingPolicy",
        "AWS::AutoScaling::ScheduledAction",
    )
)  # fmt: skip
"""Kinds without a list of tags, or with one of their own; stack-level tags reach some of them."""

_MAPPED = frozenset(
    (
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Stage",
        "AWS::ApiGatewayV2::DomainName",
        "AWS::EKS::Nodegroup",
    )
)
"""Kinds whose tags are a map."""


def part(
    spot: Spot,
    kind: str,
    name: str,
    properties: dict[str, Value],
    *,
    tag: str = "",
    stack: str = "",
    comment: str = "",
    after: tuple[str, ...] = (),
    keep: str = "",
    unlinted: tuple[str, ...] = (),
    beside: dict[str, Value] | None = None,
) -> Resource:
    """`tag` is the suffix of its Name; `keep` what deletion does instead; `after` are names it waits for.

    `unlinted` are checks of cfn-lint that do not hold here; `comment` must say why. `beside` stands beside its properties.
    """
    arguments = dict(properties)
    if kind in _MAPPED:
        arguments["Tags"] = _named(spot, tag)
    elif kind not in _UNTAGGED:
        arguments["Tags"] = tags(spot, tag)
    around: dict[str, Value] = {"DeletionPolicy": keep, "UpdateReplacePolicy": keep} if keep else {}
    if unlinted:
        around["Metadata"] = {"cfn-lint": {"config": {"ignore_checks": unlinted}}}
    around |= beside or {}
    if around:
        arguments["lifecycle"] = Block(around)
    return Resource(
        kind=kind,
        name=name,
        arguments=arguments,
        comment=comment,
        provider=stack or stack_of(spot),
        depends_on=tuple(Ref("", other, "") for other in after),
    )


def tags(spot: Spot, tag: str = "") -> tuple[Value, ...]:
    return tuple({"Key": key, "Value": value} for key, value in _named(spot, tag).items())


def stack_of(spot: Spot) -> str:
    """Name of the region's template: the region where there are several."""
    return spot.code if spot.several else "service"


def registry_of(spot: Spot) -> str:
    """Name of the template with the image repository: a function has one in each region."""
    return f"registry-{spot.code}" if spot.serverless and spot.several and not spot.primary else "registry"


def ref(name: str, attribute: str = "") -> Ref:
    """`!Ref` without an attribute, else `!GetAtt`."""
    return Ref("", name, attribute)


def camel(words: str) -> str:
    """`SENTRY_DSN` and `error-rate` as parts of a logical name, which holds letters and digits alone."""
    return "".join(w[:1].upper() + w[1:].lower() for w in re.findall(r"[A-Za-z0-9]+", words))


def _named(spot: Spot, suffix: str) -> dict[str, Value]:
    """Tags of a resource: of whose project it is, what made it, and its own name where a suffix is given."""
    own: dict[str, Value] = {"Name": f"{spot.label}-{suffix}"} if suffix else {}
    return {**own, "Project": spot.plan.draft.project, "ManagedBy": "cloudformation"}
