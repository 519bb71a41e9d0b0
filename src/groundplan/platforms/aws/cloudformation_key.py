"""One encryption key a stack at the quality level secure, for messages and logs."""

from __future__ import annotations

from groundplan.model.graph import Resource, Value, Var
from groundplan.platforms.aws.cloudformation_part import part, ref
from groundplan.platforms.aws.key_policy import key_policy
from groundplan.platforms.aws.spot import Spot


def key(spot: Spot) -> list[Resource]:
    if not spot.key:
        return []
    properties: dict[str, Value] = {
        "Description": f"Alarm messages and logs of {spot.label}",
        "EnableKeyRotation": True,
        "PendingWindowInDays": 30,
        "KeyPolicy": key_policy(spot.code, Var("AWS::AccountId")),
    }
    alias: dict[str, Value] = {"AliasName": f"alias/{spot.label}", "TargetKeyId": ref("Key")}
    why = "CloudWatch may not use the key that AWS manages for SNS, so this one is our own."
    return [
        part(spot, "AWS::KMS::Key", "Key", properties, comment=why, keep="Retain"),
        part(spot, "AWS::KMS::Alias", "KeyAlias", alias),
    ]
