"""Chats that only have a webhook, reached by EventBridge, which writes the message that they want.

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html, 2026-11-24.
"""

from __future__ import annotations

from groundplan.model.graph import Resource, Value, Var
from groundplan.platforms.aws import metrics
from groundplan.platforms.aws.cloudformation_part import camel, part, ref
from groundplan.platforms.aws.spot import Spot
from groundplan.platforms.aws.watching import RELAYED


def relay(spot: Spot, channel: str) -> list[Resource]:
    """A connection, its destination, the role that may use it, and the rule for the alarms of this channel."""
    stem, name = camel(channel), f"{spot.label}-{channel}"
    key: Value = {"ApiKeyAuthParameters": {"ApiKeyName": "X-Sent-By", "ApiKeyValue": "cloudwatch"}}
    destination: dict[str, Value] = {
        "Name": name,
        "ConnectionArn": ref(f"{stem}Connection", "Arn"),
        "HttpMethod": "POST",
        "InvocationEndpoint": Var(f"{stem}Endpoint"),
    }
    return [
        part(
            spot,
            "AWS::Events::Connection",
            f"{stem}Connection",
            {"Name": name, "AuthorizationType": "API_KEY", "AuthParameters": key},
            comment="The webhook's address is its secret; EventBridge wants a header all the same.",
        ),
        part(spot, "AWS::Events::ApiDestination", f"{stem}Destination", destination),
        _role(spot, stem),
        _rule(spot, channel, stem, name),
    ]


def _role(spot: Spot, stem: str) -> Resource:
    trust: Value = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "events.amazonaws.com"},
    }
    allowed: Value = {
        "Effect": "Allow",
        "Action": "events:InvokeApiDestination",
        "Resource": ref(f"{stem}Destination", "Arn"),
    }
    document: Value = {"Version": "2012-10-17", "Statement": (allowed,)}
    return part(
        spot,
        "AWS::IAM::Role",
        f"{stem}Role",
        {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": (trust,)},
            "Policies": ({"PolicyName": "send", "PolicyDocument": document},),
        },
        comment="EventBridge sends with it, to this address alone.",
    )


def _rule(spot: Spot, channel: str, stem: str, name: str) -> Resource:
    told: tuple[Value, ...] = tuple(
        f"{spot.label}-{a.name}" for a in metrics.alarms(spot) if channel in a.alarm.routes
    )
    shown: Value = {
        "InputPathsMap": {"alarm": "$.detail.alarmName", "state": "$.detail.state.value"},
        "InputTemplate": f'{{"{RELAYED[channel]}": "<alarm> is <state>"}}',
    }
    target: Value = {
        "Id": "chat",
        "Arn": ref(f"{stem}Destination", "Arn"),
        "RoleArn": ref(f"{stem}Role", "Arn"),
        "InputTransformer": shown,
    }
    pattern: Value = {
        "source": ("aws.cloudwatch",),
        "detail-type": ("CloudWatch Alarm State Change",),
        "detail": {"alarmName": told},
    }
    return part(
        spot,
        "AWS::Events::Rule",
        f"{stem}Rule",
        {"Name": name, "EventPattern": pattern, "Targets": (target,)},
    )
