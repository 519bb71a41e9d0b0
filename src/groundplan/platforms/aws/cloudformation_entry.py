"""The record of one region's stack under the name that all of them share; no stack needs another's values."""

from __future__ import annotations

from groundplan.model.graph import Join, Resource, Value, Var
from groundplan.platforms.aws.cloudformation_part import part, ref, tags
from groundplan.platforms.aws.entry import FAILURES, INTERVAL_S, WATCHERS, planned, policy
from groundplan.platforms.aws.spot import Spot


def record(spot: Spot) -> list[Resource]:
    if not planned(spot.plan):
        return []
    properties: dict[str, Value] = {
        "HostedZoneId": Var("ZoneId"),
        "Name": Var("PublicName"),
        "Type": "A",
        "SetIdentifier": spot.code,
        **(_api() if spot.serverless else _balancer()),
    }
    if policy(spot.plan.draft) == "failover":
        properties["Failover"] = "PRIMARY" if spot.primary else "SECONDARY"
    else:
        properties["Region"] = spot.code
    made = part(spot, "AWS::Route53::RecordSet", "PublicRecord", properties)
    return [*_domain(spot), made] if spot.serverless else [made]


def _balancer() -> dict[str, Value]:
    return {
        "AliasTarget": {
            "DNSName": ref("Balancer", "DNSName"),
            "HostedZoneId": ref("Balancer", "CanonicalHostedZoneID"),
            "EvaluateTargetHealth": True,
        }
    }


def _api() -> dict[str, Value]:
    """The alias of an API has no targets whose health could be followed, so that it follows a check."""
    return {
        "AliasTarget": {
            "DNSName": ref("PublicDomain", "RegionalDomainName"),
            "HostedZoneId": ref("PublicDomain", "RegionalHostedZoneId"),
            "EvaluateTargetHealth": False,
        },
        "HealthCheckId": ref("ApiCheck"),
    }


def _domain(spot: Spot) -> list[Resource]:
    """The public name at the API of this region, and the check that asks that API under its own name."""
    served: Value = {
        "CertificateArn": Var("CertificateArn"),
        "EndpointType": "REGIONAL",
        "SecurityPolicy": "TLS_1_2",
    }
    asked: dict[str, Value] = {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": Join((ref("Api"), f".execute-api.{spot.code}.amazonaws.com")),
        "Port": 443,
        "ResourcePath": Var("HealthPath"),
        "RequestInterval": INTERVAL_S,
        "FailureThreshold": FAILURES,
        "Regions": WATCHERS,
    }
    return [
        part(
            spot,
            "AWS::ApiGatewayV2::DomainName",
            "PublicDomain",
            {"DomainName": Var("PublicName"), "DomainNameConfigurations": (served,)},
        ),
        part(
            spot,
            "AWS::ApiGatewayV2::ApiMapping",
            "PublicMapping",
            {"ApiId": ref("Api"), "DomainName": ref("PublicDomain"), "Stage": ref("Stage")},
        ),
        part(
            spot,
            "AWS::Route53::HealthCheck",
            "ApiCheck",
            {"HealthCheckConfig": asked, "HealthCheckTags": tags(spot, spot.code)},
            comment="Asked for from as few places as Route 53 takes: each request runs the function.",
        ),
    ]
