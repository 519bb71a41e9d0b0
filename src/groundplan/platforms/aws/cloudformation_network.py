"""Network of one stack: two zones, public subnets for the balancer, private ones behind one NAT gateway."""

from __future__ import annotations

from groundplan.model.graph import Ref, Resource, Value, Var
from groundplan.platforms.aws.cloudformation_part import part, ref
from groundplan.platforms.aws.cluster import NODE_PORT
from groundplan.platforms.aws.spot import Spot

ANYWHERE = "0.0.0.0/0"


def network(spot: Spot) -> list[Resource]:
    """Nothing for a function without a database: it runs in no network of the account's own."""
    if not spot.networked:
        return []
    made = [
        part(
            spot,
            "AWS::EC2::VPC",
            "Vpc",
            {"CidrBlock": f"10.{spot.index}.0.0/16", "EnableDnsHostnames": True, "EnableDnsSupport": True},
            tag="vpc",
        ),
        part(spot, "AWS::EC2::InternetGateway", "InternetGateway", {}, tag="igw"),
        part(
            spot,
            "AWS::EC2::VPCGatewayAttachment",
            "GatewayAttachment",
            {"VpcId": ref("Vpc"), "InternetGatewayId": ref("InternetGateway")},
        ),
        *_subnets(spot, "Public", 0),
        *_routes(spot, "Public", {"GatewayId": ref("InternetGateway")}),
    ]
    if spot.private:
        made += _subnets(spot, "Private", 10)
        made += _nat(spot)
        made += _routes(spot, "Private", {"NatGatewayId": ref("NatGateway")})
    return made + ([_function_group(spot)] if spot.serverless else _firewalls(spot))


def subnets(kind: str) -> tuple[Value, ...]:
    return tuple(ref(f"{kind}Subnet{zone}") for zone in "AB")


def task_subnets(spot: Spot) -> tuple[Value, ...]:
    return subnets("Private" if spot.private else "Public")


def _subnets(spot: Spot, kind: str, offset: int) -> list[Resource]:
    return [
        part(
            spot,
            "AWS::EC2::Subnet",
            f"{kind}Subnet{zone}",
            {
                "VpcId": ref("Vpc"),
                "CidrBlock": f"10.{spot.index}.{offset + index}.0/24",
                "MapPublicIpOnLaunch": True if _addressed(spot, kind) else None,
                "AvailabilityZone": Ref("AWS::AvailabilityZones", "", "", data=True, index=index),
            },
            tag=f"{kind.lower()}-{index}",
        )
        for index, zone in enumerate("AB")
    ]


def _addressed(spot: Spot, kind: str) -> bool:
    """EKS starts nodes in a public subnet only where every machine is given an address."""
    return spot.cluster and kind == "Public" and not spot.private


def _nat(spot: Spot) -> list[Resource]:
    return [
        part(spot, "AWS::EC2::EIP", "NatAddress", {"Domain": "vpc"}, tag="nat", after=("GatewayAttachment",)),
        part(
            spot,
            "AWS::EC2::NatGateway",
            "NatGateway",
            {"AllocationId": ref("NatAddress", "AllocationId"), "SubnetId": ref("PublicSubnetA")},
            tag="nat",
            comment="One gateway for both zones: half the price, and the way out is lost with its zone.",
        ),
    ]


def _routes(spot: Spot, kind: str, way_out: dict[str, Value]) -> list[Resource]:
    table = f"{kind}Routes"
    made = [
        part(spot, "AWS::EC2::RouteTable", table, {"VpcId": ref("Vpc")}, tag=kind.lower()),
        part(
            spot,
            "AWS::EC2::Route",
            f"{kind}WayOut",
            {"RouteTableId": ref(table), "DestinationCidrBlock": ANYWHERE, **way_out},
            after=("GatewayAttachment",) if kind == "Public" else (),
        ),
    ]
    return made + [
        part(
            spot,
            "AWS::EC2::SubnetRouteTableAssociation",
            f"{kind}Subnet{zone}Routes",
            {"SubnetId": ref(f"{kind}Subnet{zone}"), "RouteTableId": ref(table)},
        )
        for zone in "AB"
    ]


def _firewalls(spot: Spot) -> list[Resource]:
    port, runs = open_port(spot), runner(spot)
    return [
        group(spot, "BalancerGroup", "balancer", "Requests from the internet"),
        group(spot, runs, spot.runs, "Requests from the balancer"),
        *(
            allow(spot, f"Balancer{p}", "BalancerGroup", p, f"{what}, from everywhere", {"CidrIp": ANYWHERE})
            for p, what in ((80, "HTTP, answered by a redirect"), (443, "HTTPS"))
        ),
        allow(
            spot,
            spot.runs.capitalize(),
            runs,
            port,
            "From the balancer",
            {"SourceSecurityGroupId": ref("BalancerGroup", "GroupId")},
        ),
        part(
            spot,
            "AWS::EC2::SecurityGroupEgress",
            "BalancerOut",
            {
                "Description": f"To the {spot.runs} alone",
                "GroupId": ref("BalancerGroup", "GroupId"),
                "IpProtocol": "tcp",
                "FromPort": port,
                "ToPort": port,
                "DestinationSecurityGroupId": ref(runs, "GroupId"),
            },
            comment="With a rule of its own the group loses the default one, which allows everything.",
        ),
    ]


def _function_group(spot: Spot) -> Resource:
    """Nobody connects to a function: requests reach it through the service itself."""
    return group(spot, runner(spot), "function", "Connections of the function")


def open_port(spot: Spot) -> Value:
    """The port that the balancer sends requests to: the application's, or the one that every node of a cluster has."""
    return NODE_PORT if spot.cluster else Var("ContainerPort")


def runner(spot: Spot) -> str:
    """Security group of what runs the application."""
    return f"{spot.runs.capitalize()}Group"


def group(spot: Spot, name: str, suffix: str, description: str) -> Resource:
    return part(
        spot,
        "AWS::EC2::SecurityGroup",
        name,
        {"GroupDescription": description, "VpcId": ref("Vpc")},
        tag=suffix,
    )


def allow(spot: Spot, name: str, to: str, port: Value, described: str, who: dict[str, Value]) -> Resource:
    return part(
        spot,
        "AWS::EC2::SecurityGroupIngress",
        f"{name}In",
        {
            "Description": described,
            "GroupId": ref(to, "GroupId"),
            "IpProtocol": "tcp",
            "FromPort": port,
            "ToPort": port,
            **who,
        },
    )
