"""The record of one region under the name that all of them share. Knows Route 53; not what is behind the entry."""

from __future__ import annotations

from groundplan.model.graph import Block, Join, Resource, Value, Var, Variable
from groundplan.platforms.aws.entry import FAILURES, INTERVAL_S, WATCHERS, planned, policy
from groundplan.platforms.aws.terraform_service import certificate
from groundplan.platforms.aws.terraform_site import Site


def record(site: Site) -> list[Resource]:
    if not planned(site.plan):
        return []
    arguments: dict[str, Value] = {
        "zone_id": Var("zone_id"),
        "name": Var("public_name"),
        "type": "A",
        "set_identifier": site.place.code,
        **(_api(site) if site.serverless else _balancer(site)),
    }
    if policy(site.plan.draft) == "failover":
        turn = "PRIMARY" if site.primary else "SECONDARY"
        arguments["failover_routing_policy"] = Block({"type": turn})
    else:
        arguments["latency_routing_policy"] = Block({"region": site.place.code})
    made = site.resource("aws_route53_record", arguments, file="dns", suffix="public")
    return [*_domain(site), made] if site.serverless else [made]


def _balancer(site: Site) -> dict[str, Value]:
    name, zone = site.ref("aws_lb", "dns_name"), site.ref("aws_lb", "zone_id")
    return {"alias": Block({"name": name, "zone_id": zone, "evaluate_target_health": True})}


def _api(site: Site) -> dict[str, Value]:
    """The alias of an API has no targets whose health could be followed, so that it follows a check."""
    name, zone = (
        site.ref("aws_apigatewayv2_domain_name", f"domain_name_configuration[0].{part}")
        for part in ("target_domain_name", "hosted_zone_id")
    )
    return {
        "alias": Block({"name": name, "zone_id": zone, "evaluate_target_health": False}),
        "health_check_id": site.ref("aws_route53_health_check", "id"),
    }


def _domain(site: Site) -> list[Resource]:
    """The public name at the API of this region, and the check that asks that API under its own name."""
    served: dict[str, Value] = {
        "certificate_arn": Var(certificate(site)),
        "endpoint_type": "REGIONAL",
        "security_policy": "TLS_1_2",
    }
    mapped: dict[str, Value] = {
        "api_id": site.ref("aws_apigatewayv2_api", "id"),
        "domain_name": site.ref("aws_apigatewayv2_domain_name", "id"),
        "stage": site.ref("aws_apigatewayv2_stage", "id"),
    }
    asked: dict[str, Value] = {
        "type": "HTTPS",
        "fqdn": Join(
            (site.ref("aws_apigatewayv2_api", "id"), f".execute-api.{site.place.code}.amazonaws.com")
        ),
        "port": 443,
        "resource_path": Var("health_path"),
        "request_interval": INTERVAL_S,
        "failure_threshold": FAILURES,
        "regions": WATCHERS,
        "tags": {"Name": f"{site.label}-{site.place.code}"},
    }
    named: dict[str, Value] = {"domain_name": Var("public_name"), "domain_name_configuration": Block(served)}
    return [
        site.resource("aws_apigatewayv2_domain_name", named, file="dns"),
        site.resource("aws_apigatewayv2_api_mapping", mapped, file="dns"),
        site.resource(
            "aws_route53_health_check",
            asked,
            file="dns",
            comment="Asked for from as few places as Route 53 takes: each request runs the function.",
        ),
    ]


def entry_variables() -> list[Variable]:
    return [
        Variable(
            name="zone_id",
            kind="string",
            description="Id of the public Route 53 zone that holds the name, such as Z0123456789ABCDEFGHIJ",
            required=True,
            condition='can(regex("^Z[A-Z0-9]+$", var.zone_id))',
            message="The id of a zone is a Z with capital letters and digits.",
        ),
        Variable(
            name="public_name",
            kind="string",
            description="Name that users know, such as app.example.com; every certificate is for it",
            required=True,
            condition='can(regex("^[a-z0-9*_.-]+[.][a-z]+$", var.public_name))',
            message="A name is letters, digits, dots and hyphens, as in app.example.com.",
        ),
    ]
