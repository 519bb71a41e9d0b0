"""The plan as a graph in the CloudFormation vocabulary: a stack for the images, and one for each region."""

from __future__ import annotations

import json
from collections.abc import Iterator

from groundplan.model.graph import Graph, Output, Provider, Resource, Value, Var, Variable
from groundplan.model.plan import Plan, Route
from groundplan.model.quantity import Money
from groundplan.platforms.aws.cloudformation_cluster import ADMIN, RANGE, cluster
from groundplan.platforms.aws.cloudformation_data import data
from groundplan.platforms.aws.cloudformation_entry import record
from groundplan.platforms.aws.cloudformation_function import function
from groundplan.platforms.aws.cloudformation_instances import MACHINE, PATH, instances, stated_path
from groundplan.platforms.aws.cloudformation_network import network
from groundplan.platforms.aws.cloudformation_part import camel, part, ref, registry_of, stack_of
from groundplan.platforms.aws.cloudformation_service import secret_parameter, service
from groundplan.platforms.aws.cloudformation_watch import BUDGET_LIMIT, budget, receiver, watch
from groundplan.platforms.aws.cluster_guide import applied, joined
from groundplan.platforms.aws.cluster_manifests import filled, manifests
from groundplan.platforms.aws.entry import planned
from groundplan.platforms.aws.instances import IMAGE, parameter, stated_image
from groundplan.platforms.aws.spot import Spot, slug, spots
from groundplan.platforms.aws.watching import BUDGET_CURRENCY, ENDPOINTS, RELAYED

KEPT = {
    "rules": [
        {
            "rulePriority": 1,
            "description": "Keep the last 30 images",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
            "action": {"type": "expire"},
        }
    ]
}
RESOLVE = "{{resolve:"
"""CloudFormation reads what follows as a reference wherever it stands, and has no way to escape it."""


def lower(plan: Plan) -> Graph:
    """Every component of the plan as resources; equal names in two stacks mean the same part of two regions."""
    found = spots(plan)
    held = found if found[0].serverless else found[:1]
    resources: list[Resource] = [_registry(spot) for spot in held]
    for spot in found:
        resources += [*network(spot), *_runs(spot), *data(spot), *watch(spot), *record(spot)]
    resources += budget(found[0])
    return Graph(
        vocabulary="cloudformation",
        providers=(
            *(_stack(registry_of(spot), spot) for spot in held),
            *(_stack(stack_of(spot), spot) for spot in found),
        ),
        resources=tuple(resources),
        variables=_parameters(found[0]),
        outputs=_outputs(found),
        files=manifests(plan) if found[0].cluster else (),
        afterwards=_afterwards(plan, found) if found[0].cluster else (),
    )


def _runs(spot: Spot) -> list[Resource]:
    if spot.instances:
        return instances(spot)
    if spot.cluster:
        return cluster(spot)
    return function(spot) if spot.serverless else service(spot)


def _afterwards(plan: Plan, found: tuple[Spot, ...]) -> tuple[str, ...]:
    return (*(command for spot in found for command in joined(spot)), *applied(plan, "infra/aws/"))


def _stack(name: str, spot: Spot) -> Provider:
    region: dict[str, Value] = {"region": spot.code}
    return Provider(name="aws", source="", version="", arguments=region, alias=name)


def _registry(spot: Spot) -> Resource:
    properties: dict[str, Value] = {
        "RepositoryName": slug(spot.plan.draft.project),
        "ImageTagMutability": "IMMUTABLE",
        "ImageScanningConfiguration": {"ScanOnPush": True},
        "LifecyclePolicy": {"LifecyclePolicyText": json.dumps(KEPT, indent=2)},
    }
    return part(
        spot, "AWS::ECR::Repository", "Repository", properties, stack=registry_of(spot), keep="Retain"
    )


def _text(name: str, description: str, default: str | None = None, pattern: str = "") -> Variable:
    """A text parameter; a default that CloudFormation would resolve is left out."""
    kept = None if default is None or RESOLVE in default else default
    return Variable(
        name=name,
        kind="string",
        description=description,
        default=kept,
        required=kept is None,
        condition=pattern,
    )


def _application(spot: Spot) -> list[Variable]:
    """What the application is; a script holds it on instances, so that only what it can hold is taken."""
    app, scripted = spot.plan.draft.app, spot.instances
    stated = stated_image(spot) if scripted else app.image
    image = app.note("image") if stated else ""
    port = Variable(
        name="ContainerPort",
        kind="number",
        description=f"Port that the application listens on{app.note('port')}",
        default=app.port,
        condition="1..65535",
        message="A port is between 1 and 65535.",
    )
    path = f"Path that answers with 200 to 399 while the application is well{app.note('health_path')}"
    what = f"Image that the {spot.runs} run, with its tag or digest{image}"
    return [
        _text("Image", what, stated, f"^{IMAGE}$" if scripted else ""),
        _text("ImageTag", "Tag of the image that the function runs, in the repository of its region", None,
              "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"),
        port,
        _text("HealthPath", path, stated_path(spot), f"^{PATH}$")
        if scripted
        else _text("HealthPath", path, app.health_path, "^/[^\\n]*$"),
    ]  # fmt: skip


def _machine(spot: Spot) -> Variable:
    return Variable(
        name=MACHINE,
        kind="string",
        type="AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
        description="Where AWS keeps the id of the newest Amazon Linux 2023; a deployment replaces older instances",
        default=parameter(spot) if spot.instances else "",
    )


def _of_cluster() -> list[Variable]:
    """Who reaches the API of a cluster, and from where; only its template uses them."""
    who = "ARN of the IAM role, or user, that deploys with kubectl and may do everything in the cluster"
    where = "Addresses that reach the API of the cluster from outside: office, VPN or pipeline; not 0.0.0.0/0"
    bits = "([1-9]|[12][0-9]|3[0-2])"
    return [
        _text(ADMIN, who, None, "^arn:aws[a-z-]*:iam::.+$"),
        _text(RANGE, where, None, f"^[0-9]+([.][0-9]+){{3}}/{bits}$"),
    ]


def _parameters(spot: Spot) -> tuple[Variable, ...]:
    plan = spot.plan
    arn = "^arn:[A-Za-z0-9:/_+=.@-]+$" if spot.instances else "^arn:.+$"
    made = [
        *_application(spot),
        _machine(spot),
        *_of_cluster(),
        _text("CertificateArn", "ARN of the ACM certificate in this region for the public name", None,
              "^arn:aws[a-z-]*:acm:.+$"),
    ]  # fmt: skip
    if spot.hours:
        about = "Time zone of the hours of the schedule, such as Europe/Berlin"
        made.append(_text("ScheduleTimezone", about, spot.hours.zone))
    if planned(plan):
        made.append(
            _text("ZoneId", "Id of the public Route 53 zone that holds the name", None, "^Z[A-Z0-9]+$")
        )
        about = "Name that users know, such as app.example.com; the certificate is for it"
        made.append(_text("PublicName", about, None, "^[a-z0-9*_.-]+[.][a-z]+$"))
    made += [variable for route in plan.routes for variable in _receiver(route)]
    if plan.budget.limit:
        made += _limit(plan.budget.limit)
        made.append(_text("BudgetEmail", "Address that the budget notifies", None, "^[^@\\s]+@[^@\\s]+$"))
    made += [
        _text(secret_parameter(s.name), f"ARN of the secret in Secrets Manager with the {s.purpose}", None, arn)
        for s in plan.secrets
    ]  # fmt: skip
    return tuple(made)


def _limit(stated: Money) -> list[Variable]:
    if stated.currency == BUDGET_CURRENCY:
        return []
    about = (
        f"The limit of {stated.amount:f} {stated.currency} a month in US dollars, in which AWS Budgets counts"
    )
    return [
        Variable(
            name=BUDGET_LIMIT,
            kind="number",
            description=about,
            required=True,
            condition="1..100000000",
            message="An amount in US dollars.",
        )
    ]


_CHAT = {
    "slack": (
        ("SlackWorkspaceId", "ID of the Slack workspace, as shown after it was authorised in the console"),
        ("SlackChannelId", "ID of the Slack channel"),
    ),
    "teams": (
        ("TeamId", "ID of the team in Microsoft Teams"),
        ("TeamsTenantId", "ID of the Microsoft Teams tenant"),
        ("TeamsChannelId", "ID of the channel in Microsoft Teams"),
    ),
}


def _receiver(route: Route) -> tuple[Variable, ...]:
    if route.channel in _CHAT:
        return tuple(_text(name, what) for name, what in _CHAT[route.channel])
    described = {"email": "Address", "sms": "Phone number, in the form +4915112345678,"}
    if route.channel not in (*described, *ENDPOINTS, *RELAYED):
        return ()
    what = described.get(route.channel, f"https address of the {route.channel} integration")
    made = _text(receiver(route.channel), f"{what} that alarms are sent to", route.address or None)
    secret = route.channel not in described
    return (Variable(
        name=made.name, kind="string", description=made.description, default=made.default,
        required=made.required, sensitive=secret,
    ),)  # fmt: skip


def _outputs(found: tuple[Spot, ...]) -> tuple[Output, ...]:
    held = found if found[0].serverless else found[:1]
    repositories = (
        Output(
            name="RepositoryUri",
            description="Where images are pushed to",
            value=ref("Repository", "RepositoryUri"),
            provider=registry_of(spot),
        )
        for spot in held
    )
    return (
        *repositories,
        *(_address(spot) for spot in found),
        *(_filled(found[0]) if found[0].cluster else ()),
    )


def _filled(spot: Spot) -> Iterator[Output]:
    """What is put into the objects of the cluster, in the first stack."""
    values: dict[str, tuple[str, Value]] = {
        f"{s.name}_SECRET_ARN": (f"Secret with the {s.purpose}", Var(secret_parameter(s.name)))
        for s in spot.plan.secrets
    }
    values |= {
        "DATABASE_HOST": ("Address of the database", ref("Database", "Endpoint.Address")),
        "MASTER_SECRET_ARN": (
            "Secret with its user and password",
            ref("Database", "MasterUserSecret.SecretArn"),
        ),
        "REDIS_HOST": ("Address of the cache", ref("Cache", "PrimaryEndPoint.Address")),
    }
    for name in filled(spot)[1:]:
        about, value = values[name]
        yield Output(name=camel(name), description=about, value=value, provider=stack_of(spot))


def _address(spot: Spot) -> Output:
    what = f"Name of the balancer in {spot.code}; point the public name at it"
    if spot.serverless:
        what = f"https address of the API in {spot.code}, with a certificate of its own"
    value = ref("Api", "ApiEndpoint") if spot.serverless else ref("Balancer", "DNSName")
    return Output(name="Address", description=what, value=value, provider=stack_of(spot))
