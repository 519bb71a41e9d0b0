"""What differs between environments: image, certificate, receivers, money. Knows variables; not what reads them."""

from __future__ import annotations

from groundplan.model.graph import Variable
from groundplan.model.plan import Plan
from groundplan.platforms.aws.entry import planned
from groundplan.platforms.aws.instances import IMAGE, stated_image
from groundplan.platforms.aws.terraform_entry import entry_variables
from groundplan.platforms.aws.terraform_routes import variables as receiver
from groundplan.platforms.aws.terraform_service import certificate
from groundplan.platforms.aws.terraform_site import Site
from groundplan.platforms.aws.terraform_watch import BILLED, BUDGET_IN_DOLLARS
from groundplan.platforms.aws.watching import buildable


def variables(plan: Plan, found: tuple[Site, ...]) -> tuple[Variable, ...]:
    """In the order in which a person meets them; those without a default must be given."""
    made = _of_cluster() if found[0].cluster else [_started(plan, found[0]), *_application(plan)]
    if not found[0].serverless or plan.role("database", "aws"):
        what = "the database refuses" if found[0].serverless else "the balancer and the database refuse"
        what = "the balancer, the cluster and the database refuse" if found[0].cluster else what
        described = f"Whether {what} to be deleted; false only on the way to destroy"
        made.append(Variable(name="deletion_protection", kind="bool", description=described, default=True))
    if scheduled(found[0]):
        made.append(
            Variable(
                name="schedule_timezone",
                kind="string",
                description="Time zone of the hours of the schedule, such as Europe/Berlin",
                default=found[0].spot.hours.zone if found[0].spot.hours else "UTC",
            )
        )
    made += [_certificate(site) for site in found if not site.serverless or planned(plan)]
    made += entry_variables() if planned(plan) else []
    if any(buildable(a) for a in plan.alarms):
        for channel in dict.fromkeys(r.channel for r in plan.routes):
            made += receiver(channel)
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
    return (*made, *_dollars(plan), *_secrets(plan, found[0]))


def _started(plan: Plan, first: Site) -> Variable:
    return _function_image() if first.serverless else _image(plan, first)


def _of_cluster() -> list[Variable]:
    """Who reaches the API of the cluster, and from where; what runs in it is said in its own objects."""
    return [
        Variable(
            name="cluster_admin_arn",
            kind="string",
            description="ARN of the IAM role, or user, that deploys with kubectl and may do everything in the cluster",
            required=True,
            condition='can(regex("^arn:aws[a-z-]*:iam::", var.cluster_admin_arn))',
            message="The ARN of a role or a user of IAM, not of a session.",
        ),
        Variable(
            name="api_cidr",
            kind="string",
            description="Addresses that reach the API of the cluster from outside: office, VPN or pipeline",
            required=True,
            condition='can(cidrhost(var.api_cidr, 0)) && var.api_cidr != "0.0.0.0/0"',
            message="A range of addresses such as 198.51.100.7/32, and not the whole internet.",
        ),
    ]


def scheduled(site: Site) -> bool:
    """Whether hours of the schedule change anything: of a function, only what is kept ready."""
    return site.spot.hours is not None and not site.cluster and (not site.serverless or site.web.minimum > 0)


def _image(plan: Plan, first: Site) -> Variable:
    """A script holds the image of instances, so that its name is checked first."""
    app = plan.draft.app
    image = stated_image(first.spot) if first.instances else app.image
    return Variable(
        name="image",
        kind="string",
        description=f"Image that the {first.runs} run, with its tag or digest"
        + (app.note("image") if image else ""),
        required=image is None,
        default=image,
        condition=f'can(regex("^{IMAGE}$", var.image))' if first.instances else "",
        message="A name of an image is letters, digits, dots, slashes, colons, @, underscores and hyphens."
        if first.instances
        else "",
    )


def _function_image() -> Variable:
    return Variable(
        name="image_tag",
        kind="string",
        description="Tag of the image that the function runs, in the repository of its region",
        required=True,
        condition='can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag))',
        message="A tag is letters, digits, dots, underscores and hyphens, at most 128.",
    )


def _application(plan: Plan) -> list[Variable]:
    app = plan.draft.app
    return [
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
            description=f"Path that answers with 200 to 399 while the application is well{app.note('health_path')}",
            default=app.health_path,
            condition='startswith(var.health_path, "/")',
            message="The path starts with a slash.",
        ),
    ]


def _certificate(site: Site) -> Variable:
    return Variable(
        name=certificate(site),
        kind="string",
        description=f"ARN of the ACM certificate in {site.place.code} for the public name",
        required=True,
        condition=f'startswith(var.{certificate(site)}, "arn:aws")',
        message="The ARN of an ACM certificate starts with arn:aws.",
    )


def _secrets(plan: Plan, first: Site) -> list[Variable]:
    names = {s: f"{s.name.lower()}_secret_arn" for s in plan.secrets}
    return [
        Variable(
            name=name,
            kind="string",
            description=f"ARN of the secret in Secrets Manager with the {secret.purpose}",
            required=True,
            condition=f'can(regex("^arn:[A-Za-z0-9:/_+=.@-]+$", var.{name}))' if first.instances else "",
            message="An ARN of Secrets Manager starts with arn:." if first.instances else "",
        )
        for secret, name in names.items()
    ]


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
