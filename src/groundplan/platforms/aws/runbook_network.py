"""The runbook's network: two zones, public subnets, private ones behind a NAT gateway, security groups."""

from __future__ import annotations

from groundplan.platforms.aws.cluster import NODE_PORT
from groundplan.platforms.aws.spot import Spot
from groundplan.syntax.runbook import Step

ANYWHERE = "0.0.0.0/0"


def task_subnets(spot: Spot) -> tuple[str, str]:
    """Shell variables of the subnets that tasks and stores lie in."""
    return ("PRIVATE_A", "PRIVATE_B") if spot.private else ("PUBLIC_A", "PUBLIC_B")


def network(spot: Spot) -> Step:
    commands = [
        f"VPC=$(aws ec2 create-vpc --cidr-block 10.{spot.index}.0.0/16 {_tags(spot, 'vpc', 'vpc')} "
        "--query Vpc.VpcId --output text)",
        'aws ec2 modify-vpc-attribute --vpc-id "$VPC" --enable-dns-hostnames',
        f"GATEWAY=$(aws ec2 create-internet-gateway {_tags(spot, 'internet-gateway', 'igw')} "
        "--query InternetGateway.InternetGatewayId --output text)",
        'aws ec2 attach-internet-gateway --vpc-id "$VPC" --internet-gateway-id "$GATEWAY"',
        *_subnets(spot, "PUBLIC", 0),
        *_routes(spot, "PUBLIC", '--gateway-id "$GATEWAY"'),
    ]
    return Step(
        title=f"Create the network{spot.where}",
        commands=tuple(commands),
        check='`aws ec2 describe-subnets --filters "Name=vpc-id,Values=$VPC" --query '
        "'Subnets[].[AvailabilityZone,CidrBlock]'` lists two zones.",
    )


def nat(spot: Spot) -> tuple[Step, ...]:
    if not spot.private:
        return ()
    commands = [
        *_subnets(spot, "PRIVATE", 10),
        f"ADDRESS=$(aws ec2 allocate-address --domain vpc {_tags(spot, 'elastic-ip', 'nat')} "
        "--query AllocationId --output text)",
        'NAT=$(aws ec2 create-nat-gateway --subnet-id "$PUBLIC_A" --allocation-id "$ADDRESS" '
        f"{_tags(spot, 'natgateway', 'nat')} --query NatGateway.NatGatewayId --output text)",
        'aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT"',
        *_routes(spot, "PRIVATE", '--nat-gateway-id "$NAT"'),
    ]
    return (
        Step(
            title=f"Create the private subnets and their way out{spot.where}",
            commands=tuple(commands),
            note="One gateway for both zones: half the price, and the way out is lost with its zone.",
            check='`aws ec2 describe-nat-gateways --nat-gateway-ids "$NAT" --query '
            "'NatGateways[0].State'` says available.",
        ),
    )


def firewalls(spot: Spot) -> Step:
    port, runs = open_port(spot), runner(spot)
    return Step(
        title=f"Create the security groups{spot.where}",
        commands=(
            group(spot, "BALANCER_GROUP", "balancer", "Requests from the internet"),
            group(spot, runs, spot.runs, "Requests from the balancer"),
            *(allow("BALANCER_GROUP", p, f"--cidr {ANYWHERE}") for p in (80, 443)),
            allow(runs, port, '--source-group "$BALANCER_GROUP"'),
        ),
        check=f'`aws ec2 describe-security-groups --group-ids "${runs}" --query '
        f"'SecurityGroups[0].IpPermissions'` shows port {port} from the balancer's group alone.",
    )


def function_firewall(spot: Spot) -> Step:
    return Step(
        title=f"Create the function's security group{spot.where}",
        commands=(group(spot, runner(spot), "function", "Connections of the function"),),
        note="Nobody connects to a function: requests reach it through the service itself.",
        check='`aws ec2 describe-security-groups --group-ids "$FUNCTION_GROUP" --query '
        "'SecurityGroups[0].IpPermissions'` shows no rule.",
    )


def open_port(spot: Spot) -> int:
    """The port that the balancer sends requests to: the application's, or the one that every node of a cluster has."""
    return NODE_PORT if spot.cluster else spot.plan.draft.app.port


def runner(spot: Spot) -> str:
    """Shell variable of the security group of what runs the application."""
    return f"{spot.runs.upper()}_GROUP"


def group(spot: Spot, variable: str, suffix: str, description: str) -> str:
    return (
        f"{variable}=$(aws ec2 create-security-group --group-name {spot.label}-{suffix} --description "
        f"'{description}' --vpc-id \"$VPC\" {_tags(spot, 'security-group', suffix)} --query GroupId --output text)"
    )


def allow(variable: str, port: int, who: str) -> str:
    return f'aws ec2 authorize-security-group-ingress --group-id "${variable}" --protocol tcp --port {port} {who}'


def _tags(spot: Spot, kind: str, suffix: str) -> str:
    project = spot.plan.draft.project
    tags = f"{{Key=Name,Value={spot.label}-{suffix}}},{{Key=Project,Value={project}}}"
    return f"--tag-specifications 'ResourceType={kind},Tags=[{tags}]'"


def _subnets(spot: Spot, kind: str, offset: int) -> list[str]:
    return [
        f'{kind}_{zone}=$(aws ec2 create-subnet --vpc-id "$VPC" --cidr-block 10.{spot.index}.{offset + index}.0/24 '
        f'--availability-zone "$ZONE_{zone}" {_tags(spot, "subnet", f"{kind.lower()}-{index}")} '
        "--query Subnet.SubnetId --output text)"
        for index, zone in enumerate("AB")
    ]


def _routes(spot: Spot, kind: str, way_out: str) -> list[str]:
    table = f'"${kind}_ROUTES"'
    made = (
        f'{kind}_ROUTES=$(aws ec2 create-route-table --vpc-id "$VPC" '
        f"{_tags(spot, 'route-table', kind.lower())} --query RouteTable.RouteTableId --output text)"
    )
    out = f"aws ec2 create-route --route-table-id {table} --destination-cidr-block {ANYWHERE} {way_out}"
    joined = [
        f'aws ec2 associate-route-table --route-table-id {table} --subnet-id "${kind}_{zone}"'
        for zone in "AB"
    ]
    return [made, out, *joined]
