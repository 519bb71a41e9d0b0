"""The record of one region under the name that all of them share. Knows Route 53; not what is behind the balancer."""

from __future__ import annotations

from groundplan.model.graph import Block, Resource, Value, Var, Variable
from groundplan.platforms.aws.entry import planned, policy
from groundplan.platforms.aws.terraform_site import Site


def record(site: Site) -> list[Resource]:
    if not planned(site.plan):
        return []
    arguments: dict[str, Value] = {
        "zone_id": Var("zone_id"),
        "name": Var("public_name"),
        "type": "A",
        "set_identifier": site.place.code,
        "alias": Block(
            {
                "name": site.ref("aws_lb", "dns_name"),
                "zone_id": site.ref("aws_lb", "zone_id"),
                "evaluate_target_health": True,
            }
        ),
    }
    if policy(site.plan.draft) == "failover":
        turn = "PRIMARY" if site.primary else "SECONDARY"
        arguments["failover_routing_policy"] = Block({"type": turn})
    else:
        arguments["latency_routing_policy"] = Block({"region": site.place.code})
    return [site.resource("aws_route53_record", arguments, file="dns", suffix="public")]


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
            condition='can(regex("^[a-z0-9*_.-]+[.][a-z]+[.]?$", var.public_name))',
            message="A name is letters, digits, dots and hyphens, as in app.example.com.",
        ),
    ]
