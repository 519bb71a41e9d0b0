"""The plan as a graph of AWS resources in the Terraform vocabulary; the modules beside this one know the parts."""

from __future__ import annotations

from groundplan.model.graph import Block, Graph, Json, Output, Provider, Ref, Resource, Value, Variable
from groundplan.model.plan import Plan
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.terraform_data import data
from groundplan.platforms.aws.terraform_guide import guide
from groundplan.platforms.aws.terraform_key import key
from groundplan.platforms.aws.terraform_network import network
from groundplan.platforms.aws.terraform_routes import variables
from groundplan.platforms.aws.terraform_service import certificate, service
from groundplan.platforms.aws.terraform_site import Site, sites, slug
from groundplan.platforms.aws.terraform_state import backend
from groundplan.platforms.aws.terraform_watch import BILLED, BUDGET_IN_DOLLARS, budget, watch
from groundplan.platforms.aws.watching import buildable

VERSION = "~> 6.0"


def lower(plan: Plan) -> Graph:
    """Every component of the plan as resources, region by region; the first region is the default provider."""
    found = sites(plan)
    resources: list[Resource] = [*_registry(found[0])]
    for site in found:
        resources += [*network(site), *service(site), *data(site), *key(site), *watch(site)]
    resources += budget(plan)
    kept, arguments = backend(plan.draft.code.state_backend, plan.draft.project)
    return Graph(
        vocabulary="terraform",
        providers=tuple(_provider(site) for site in found),
        resources=tuple(resources),
        variables=_variables(plan, found),
        outputs=_outputs(found),
        guide=guide(plan, found),
        backend=kept,
        backend_arguments=arguments,
    )


def _provider(site: Site) -> Provider:
    tags: dict[str, Value] = {"Project": site.plan.draft.project, "ManagedBy": "terraform"}
    arguments: dict[str, Value] = {"region": site.place.code, "default_tags": Block({"tags": tags})}
    alias = site.alias.removeprefix("aws.") if site.alias else None
    return Provider(name="aws", source="hashicorp/aws", version=VERSION, arguments=arguments, alias=alias)


def _registry(site: Site) -> list[Resource]:
    arguments: dict[str, Value] = {
        "name": slug(site.plan.draft.project),
        "image_tag_mutability": "IMMUTABLE",
        "image_scanning_configuration": Block({"scan_on_push": True}),
    }
    old: Value = {
        "rulePriority": 1,
        "description": "Keep the last 30 images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
        "action": {"type": "expire"},
    }
    kept: dict[str, Value] = {
        "repository": Ref("aws_ecr_repository", "main", "name"),
        "policy": Json({"rules": (old,)}),
    }
    return [
        Resource(kind="aws_ecr_repository", name="main", arguments=arguments, file="service"),
        Resource(kind="aws_ecr_lifecycle_policy", name="main", arguments=kept, file="service"),
    ]


def _variables(plan: Plan, found: tuple[Site, ...]) -> tuple[Variable, ...]:
    app = plan.draft.app
    made = [
        Variable(
            name="image",
            kind="string",
            description="Image that the tasks run, with its tag or digest"
            + (app.note("image") if app.image else ""),
            required=app.image is None,
            default=app.image,
        ),
        Variable(
            name="container_port",
            kind="number",
            description=f"Port that the application listens on{app.note('port')}",
            default=app.port,
            condition="var.container_port > 0 && var.container_port < 65536",
            message="A port is between 1 and 65535.",
        ),
        Variable(
            name="health_path",
            kind="string",
            description="Path that answers with 200 to 399 while the application is well"
            + app.note("health_path"),
            default=app.health_path,
            condition='startswith(var.health_path, "/")',
            message="The path starts with a slash.",
        ),
    ]
    made.append(
        Variable(
            name="deletion_protection",
            kind="bool",
            description="Whether the balancer and the database refuse to be deleted; false only on the way to destroy",
            default=True,
        )
    )
    if nights(plan.draft.scaling.schedule):
        made.append(
            Variable(
                name="schedule_timezone",
                kind="string",
                description="Time zone of the evening and the morning of the schedule, such as Europe/Berlin",
                default="UTC",
            )
        )
    for site in found:
        made.append(
            Variable(
                name=certificate(site),
                kind="string",
                description=f"ARN of the ACM certificate in {site.place.code} for the public name",
                required=True,
                condition=f'startswith(var.{certificate(site)}, "arn:aws")',
                message="The ARN of an ACM certificate starts with arn:aws.",
            )
        )
    if any(buildable(a) for a in plan.alarms):
        for channel in dict.fromkeys(r.channel for r in plan.routes):
            made += variables(channel)
    if plan.budget.limit:
        made.append(
            Variable(
                name="budget_email",
                kind="string",
                description="Address that the budget notifies",
                required=True,
                condition='can(regex("@", var.budget_email))',
                message="An e-mail address holds an @.",
            )
        )
    made += _dollars(plan)
    made += [
        Variable(
            name=f"{s.name.lower()}_secret_arn",
            kind="string",
            description=f"ARN of the secret in Secrets Manager with the {s.purpose}",
            required=True,
        )
        for s in plan.secrets
    ]
    return tuple(made)


def _dollars(plan: Plan) -> list[Variable]:
    """Today's rate is no fact of ours, so a person converts a budget that is not in dollars."""
    limit = plan.budget.limit
    if limit is None or limit.currency == BILLED:
        return []
    found = Variable(
        name=BUDGET_IN_DOLLARS,
        kind="number",
        description=f"{limit.amount:f} {limit.currency} a month in US dollars; AWS Budgets takes no other currency",
        required=True,
        condition=f"var.{BUDGET_IN_DOLLARS} > 0",
        message="A budget is more than nothing.",
    )
    return [found]


def _outputs(found: tuple[Site, ...]) -> tuple[Output, ...]:
    made = [
        Output(
            name="address" if site.name == "main" else f"address_{site.place.code.replace('-', '_')}",
            description=f"Name of the balancer in {site.place.code}; point the public name at it",
            value=Ref("aws_lb", site.named(), "dns_name"),
        )
        for site in found
    ]
    for site in found:
        suffix = "" if site.name == "main" else f"_{site.place.code.replace('-', '_')}"
        made.append(
            Output(
                name=f"cluster{suffix}",
                description=f"ECS cluster in {site.place.code}; the service has the same name",
                value=site.ref("aws_ecs_cluster", "name"),
            )
        )
    repository = Ref("aws_ecr_repository", "main", "repository_url")
    made.append(Output(name="repository", description="Where images are pushed to", value=repository))
    return tuple(made)
