"""The record of one region's stack under the name that all of them share; no stack needs another's values."""

from __future__ import annotations

from groundplan.model.graph import Resource, Value, Var
from groundplan.platforms.aws.cloudformation_part import part, ref
from groundplan.platforms.aws.entry import planned, policy
from groundplan.platforms.aws.spot import Spot


def record(spot: Spot) -> list[Resource]:
    if not planned(spot.plan):
        return []
    properties: dict[str, Value] = {
        "HostedZoneId": Var("ZoneId"),
        "Name": Var("PublicName"),
        "Type": "A",
        "SetIdentifier": spot.code,
        "AliasTarget": {
            "DNSName": ref("Balancer", "DNSName"),
            "HostedZoneId": ref("Balancer", "CanonicalHostedZoneID"),
            "EvaluateTargetHealth": True,
        },
    }
    if policy(spot.plan.draft) == "failover":
        properties["Failover"] = "PRIMARY" if spot.primary else "SECONDARY"
    else:
        properties["Region"] = spot.code
    return [part(spot, "AWS::Route53::RecordSet", "PublicRecord", properties)]
