"""Network of one region: two zones, public subnets for the balancer, private ones behind one NAT gateway."""

from __future__ import annotations

from groundplan.model.graph import Block, Ref, Resource, Value, Var
from groundplan.platforms.aws.cluster import NODE_PORT
from groundplan.platforms.aws.terraform_site import Site

ZONES = 2
_USUAL_ZONES: dict[str, Value] = {"name": "opt-in-status", "values": ("opt-in-not-required",)}
"""Local zones are no place for a balancer."""


def network(site: Site) -> list[Resource]:
    """Nothing for a function without a database: it runs in no network of the account's own."""
    if not site.spot.networked:
        return []
    vpc = site.ref("aws_vpc", "id")
    made = [
        site.resource(
            "aws_availability_zones",
            {"state": "available", "filter": Block(_USUAL_ZONES)},
            file="network",
            data=True,
        ),
        site.resource(
            "aws_vpc",
            {
                "cidr_block": f"10.{site.index}.0.0/16",
                "enable_dns_hostnames": True,
                "tags": _tags(site, "vpc"),
            },
            file="network",
        ),
        site.resource(
            "aws_default_security_group",
            {"vpc_id": vpc},
            file="network",
            comment="Without rules: what forgets to name a group reaches nothing.",
        ),
        site.resource("aws_internet_gateway", {"vpc_id": vpc, "tags": _tags(site, "igw")}, file="network"),
        *_subnets(site, "public", 0),
        *_routes(site, "public", {"gateway_id": site.ref("aws_internet_gateway", "id")}),
    ]
    if site.private:
        made += _subnets(site, "private", 10)
        made += _nat(site)
        made += _routes(site, "private", {"nat_gateway_id": site.ref("aws_nat_gateway", "id")})
    return made + (_function_firewall(site) if site.serverless else _firewalls(site))


def subnet_ids(site: Site, kind: str) -> tuple[Value, ...]:
    return tuple(site.ref("aws_subnet", "id", f"{kind}_{zone}") for zone in range(ZONES))


def open_port(site: Site) -> Value:
    """The port that the balancer sends requests to: the application's, or the one that every node of a cluster has."""
    return NODE_PORT if site.cluster else Var("container_port")


def task_subnets(site: Site) -> tuple[Value, ...]:
    return subnet_ids(site, "private" if site.private else "public")


def _tags(site: Site, suffix: str) -> dict[str, Value]:
    return {"Name": f"{site.label}-{suffix}"}


def _subnets(site: Site, kind: str, offset: int) -> list[Resource]:
    zones = site.named()
    return [
        site.resource(
            "aws_subnet",
            {
                "vpc_id": site.ref("aws_vpc", "id"),
                "cidr_block": f"10.{site.index}.{offset + zone}.0/24",
                "availability_zone": Ref("aws_availability_zones", zones, "names", data=True, index=zone),
                "map_public_ip_on_launch": True if _addressed(site, kind) else None,
                "tags": _tags(site, f"{kind}-{zone}"),
            },
            file="network",
            suffix=f"{kind}_{zone}",
        )
        for zone in range(ZONES)
    ]


def _addressed(site: Site, kind: str) -> bool:
    """EKS starts nodes in a public subnet only where every machine is given an address."""
    return site.cluster and kind == "public" and not site.private


def _nat(site: Site) -> list[Resource]:
    return [
        site.resource("aws_eip", {"domain": "vpc", "tags": _tags(site, "nat")}, file="network", suffix="nat"),
        site.resource(
            "aws_nat_gateway",
            {
                "allocation_id": site.ref("aws_eip", "id", "nat"),
                "subnet_id": site.ref("aws_subnet", "id", "public_0"),
                "tags": _tags(site, "nat"),
            },
            file="network",
            comment="One gateway for both zones: half the price, and the way out is lost with its zone.",
            depends_on=(Ref("aws_internet_gateway", site.named(), ""),),
        ),
    ]


def _routes(site: Site, kind: str, way_out: dict[str, Value]) -> list[Resource]:
    table = site.resource(
        "aws_route_table",
        {
            "vpc_id": site.ref("aws_vpc", "id"),
            "tags": _tags(site, kind),
            "route": Block({"cidr_block": "0.0.0.0/0", **way_out}),
        },
        file="network",
        suffix=kind,
    )
    joined = [
        site.resource(
            "aws_route_table_association",
            {
                "subnet_id": site.ref("aws_subnet", "id", f"{kind}_{zone}"),
                "route_table_id": site.ref("aws_route_table", "id", kind),
            },
            file="network",
            suffix=f"{kind}_{zone}",
        )
        for zone in range(ZONES)
    ]
    return [table, *joined]


def _firewalls(site: Site) -> list[Resource]:
    balancer = site.ref("aws_security_group", "id", "balancer")
    runs = site.ref("aws_security_group", "id", site.runs)
    made = [
        _group(site, "balancer", "Requests from the internet"),
        _group(site, site.runs, "Requests from the balancer"),
    ]
    for port, what in ((80, "HTTP, answered by a redirect"), (443, "HTTPS")):
        who: dict[str, Value] = {"description": f"{what}, from everywhere", "cidr_ipv4": "0.0.0.0/0"}
        made.append(_ingress(site, f"balancer_{port}", balancer, port, who))
    app = open_port(site)
    inside: dict[str, Value] = {"description": "From the balancer", "referenced_security_group_id": balancer}
    made.append(_ingress(site, site.runs, runs, app, inside))
    to_them: dict[str, Value] = {
        "description": f"To the {site.runs}",
        "referenced_security_group_id": runs,
    }
    made.append(_egress(site, "balancer", balancer, {**_tcp(app), **to_them}))
    return [*made, _way_out(site, "Images, databases and other services")]


def _function_firewall(site: Site) -> list[Resource]:
    """Nobody connects to a function: requests reach it through the service itself."""
    return [
        _group(site, site.runs, "Connections of the function"),
        _way_out(site, "Databases and other services"),
    ]


def _way_out(site: Site, to: str) -> Resource:
    out: dict[str, Value] = {"description": to, "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}
    return _egress(site, site.runs, site.ref("aws_security_group", "id", site.runs), out)


def _tcp(port: Value) -> dict[str, Value]:
    return {"ip_protocol": "tcp", "from_port": port, "to_port": port}


def _group(site: Site, suffix: str, description: str) -> Resource:
    return site.resource(
        "aws_security_group",
        {
            "name": f"{site.label}-{suffix}",
            "description": description,
            "vpc_id": site.ref("aws_vpc", "id"),
        },
        file="network",
        suffix=suffix,
    )


def _ingress(site: Site, suffix: str, group: Ref, port: Value, who: dict[str, Value]) -> Resource:
    return site.resource(
        "aws_vpc_security_group_ingress_rule",
        {"security_group_id": group, **_tcp(port), **who},
        file="network",
        suffix=suffix,
    )


def _egress(site: Site, suffix: str, group: Ref, where: dict[str, Value]) -> Resource:
    return site.resource(
        "aws_vpc_security_group_egress_rule",
        {"security_group_id": group, **where},
        file="network",
        suffix=suffix,
    )


def store_firewall(site: Site, suffix: str, port: int) -> list[Resource]:
    """A group that only what runs the application in this region reaches."""
    group = site.ref("aws_security_group", "id", suffix)
    runs = site.ref("aws_security_group", "id", site.runs)
    return [
        _group(site, suffix, f"Connections from the {site.runs}"),
        _ingress(
            site,
            suffix,
            group,
            port,
            {"description": f"From the {site.runs}", "referenced_security_group_id": runs},
        ),
    ]
