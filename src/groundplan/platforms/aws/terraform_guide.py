"""README of the Terraform folder: exact commands from an empty account to a running service, and back. Knows no resource."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster_guide import NEEDS, applied, later
from groundplan.platforms.aws.entry import planned
from groundplan.platforms.aws.spot import slug
from groundplan.platforms.aws.terraform_function_guide import function_images, function_name, function_version
from groundplan.platforms.aws.terraform_instances_guide import instance_version
from groundplan.platforms.aws.terraform_routes import variables
from groundplan.platforms.aws.terraform_site import Site
from groundplan.platforms.aws.terraform_state import MANAGED
from groundplan.platforms.aws.watching import CHATS, buildable

_INIT = {
    "s3": '-backend-config="bucket={slug}-state-$ACCOUNT" -backend-config="region={region}"',
    "gcs": '-backend-config="bucket=YOUR_BUCKET"',
    "azurerm": '-backend-config="storage_account_name=YOUR_ACCOUNT" -backend-config="container_name=tfstate"',
    "r2": '-backend-config="bucket=YOUR_BUCKET" '
    "-backend-config='endpoints={{ s3 = \"https://YOUR_ACCOUNT.r2.cloudflarestorage.com\" }}'",
    "scalr": '-backend-config="hostname=YOUR_ACCOUNT.scalr.io" -backend-config="organization=YOUR_ENVIRONMENT"',
    "gitlab": '-backend-config="address=https://gitlab.com/api/v4/projects/YOUR_PROJECT/terraform/state/{slug}" '
    '-backend-config="username=YOU" -backend-config="password=$GITLAB_TOKEN"',
    "consul": '-backend-config="address=YOUR_CONSUL:8500"',
}


def guide(plan: Plan, found: tuple[Site, ...]) -> str:
    """Write the page; a step that the plan does not need is left out."""
    needs = f"the AWS CLI, {NEEDS} and" if found[0].cluster else "the AWS CLI and"
    parts = [
        f"# {plan.draft.project} on AWS",
        "Everything here is made from `groundplan.toml`; change an answer and run `groundplan apply`. Commands run in "
        f"this folder, with `terraform` 1.10 or newer (OpenTofu 1.10: `tofu`), {needs} Docker.",
    ]
    steps = [*_before(plan, found), *_first(plan, found), *_after(plan, found)]
    for number, (title, text, commands) in enumerate(steps, 1):
        parts += [f"## {number}. {title}", *([text] if text else [])]
        parts += [_block(commands)] if commands else []
    return "\n\n".join([*parts, *_later(plan, found)]) + "\n"


Step = tuple[str, str, tuple[str, ...]]


def _block(commands: tuple[str, ...]) -> str:
    return "\n".join(["```sh", *commands, "```"])


def _before(plan: Plan, found: tuple[Site, ...]) -> Iterator[Step]:
    region = found[0].place.code
    yield (
        "Account and credentials",
        "",
        (
            "aws sts get-caller-identity   # shows the account that everything goes to",
            "export ACCOUNT=$(aws sts get-caller-identity --query Account --output text)",
            f"export AWS_REGION={region}",
        ),
    )
    if plan.draft.code.state_backend == "s3":
        bucket = f"{slug(plan.draft.project)}-state-$ACCOUNT"
        place = "" if region == "us-east-1" else f" --create-bucket-configuration LocationConstraint={region}"
        yield (
            "Bucket for the state, once",
            "Versioned, so that a broken state can be taken back; locked by a file beside the state.",
            (
                f"aws s3api create-bucket --bucket {bucket} --region {region}{place}",
                f"aws s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled",
            ),
        )
    for site in (s for s in found if not s.serverless or planned(plan)):
        yield (
            f"Certificate in {site.place.code}",
            "Add the CNAME that it prints to your DNS; the certificate is issued a few minutes later.",
            (
                f"aws acm request-certificate --region {site.place.code} --validation-method DNS \\",
                "  --domain-name YOUR_NAME.example.com",
            ),
        )
    for secret in plan.secrets:
        name = f"{slug(plan.draft.project)}/{secret.name.lower()}"
        yield (
            f"Secret {secret.name}",
            f"It holds the {secret.purpose}; Terraform is told its ARN and never its value.",
            (f'read -rs VALUE && aws secretsmanager create-secret --name {name} --secret-string "$VALUE"',),
        )
    chats = [r.channel for r in plan.routes if r.channel in CHATS and any(map(buildable, plan.alarms))]
    for channel in chats:
        yield (
            f"{channel.capitalize()}, once",
            "In the AWS console open Amazon Q Developer in chat applications and authorise the "
            f"{channel.capitalize()} workspace; no API can do this.",
            (),
        )


def _first(plan: Plan, found: tuple[Site, ...]) -> Iterator[Step]:
    stated = plan.draft.code.state_backend or ""
    options = _INIT.get(stated, "").format(slug=slug(plan.draft.project), region=found[0].place.code)
    kept = {
        "": "No place for the state was stated: it lies in this folder. Keep it out of Git, or answer with a backend.",
        "local": "The state lies in this folder: keep it out of Git, and keep a copy.",
        "terraform_cloud": "Set TF_CLOUD_ORGANIZATION to your organisation first.",
        "postgres": "Set PG_CONN_STR to the database first.",
    }.get(stated, "")
    if stated in MANAGED:
        kept = f"{stated} runs Terraform and keeps the state itself."
    yield (
        "Values and providers",
        kept,
        (
            "cp terraform.tfvars.example terraform.tfvars   # fill it in; keep it out of Git",
            *(
                f"read -rs TF_VAR_{name} && export TF_VAR_{name}   # secret: in no file"
                for name in _hidden(plan)
            ),
            f"terraform init {options}".rstrip(),
        ),
    )
    if found[0].serverless:
        yield from function_images(found)
    else:
        yield _image(plan, found[0])
    yield (
        "Everything else",
        "Read the plan before you say yes." + _takes(plan),
        ("terraform plan -out=saved", "terraform apply saved"),
    )
    if found[0].cluster:
        yield (
            "The application",
            "The objects in `kubernetes/` take what the cloud made. Do it as the role or user of `cluster_admin_arn`.",
            tuple(c.replace("$(output ", "$(terraform output -raw ") for c in applied(plan)),
        )


def _image(plan: Plan, first: Site) -> Step:
    """An empty image is refused where a script holds its name, so one is named that nothing runs yet."""
    unnamed = " -var image=none" if first.instances else ""
    processor = plan.role("web")[0].settings.get("architecture", "amd64")
    tagged = "$REPOSITORY:$(git rev-parse --short HEAD)"
    return (
        "Registry and first image",
        "The service needs an image to start from, so the registry is made first. Tags are immutable: "
        "every build has a tag of its own."
        + ("" if first.cluster else " Give the same one to the variable `image`."),
        (
            f"terraform apply -target=aws_ecr_repository.main{unnamed}",
            "REPOSITORY=$(terraform output -raw repository)",
            "aws ecr get-login-password | docker login --username AWS --password-stdin ${REPOSITORY%%/*}",
            f'docker build --platform linux/{processor} -t "{tagged}" {plan.draft.app.context("../..")}',
            f'docker push "{tagged}"',
            f'export IMAGE_URI="{tagged}"'
            if first.cluster
            else f'echo "image = \\"{tagged}\\""   # this line belongs into terraform.tfvars',
        ),
    )


def _hidden(plan: Plan) -> tuple[str, ...]:
    if not any(map(buildable, plan.alarms)):
        return ()
    channels = dict.fromkeys(r.channel for r in plan.routes)
    return tuple(v.name for c in channels for v in variables(c) if v.sensitive)


def _takes(plan: Plan) -> str:
    cluster = " The cluster and its nodes take 15 to 20 minutes." if plan.service == "eks" else ""
    return cluster or (" The database takes 10 to 20 minutes." if plan.role("database") else "")


def _after(plan: Plan, found: tuple[Site, ...]) -> Iterator[Step]:
    yield (
        function_name(found, plan.draft.app.health_path)
        if found[0].serverless and not planned(plan)
        else _public_name(plan, found)
    )
    yield from _tried(plan, found)


def _public_name(plan: Plan, found: tuple[Site, ...]) -> Step:
    if planned(plan):
        return (
            "Public name",
            "The code makes a record for each region in your zone. Where the name lies elsewhere, give a name below it "
            "a zone of its own, and enter that zone's four name servers where the name lies.",
            (
                "terraform state list | grep aws_route53_record",
                f"curl -fsS https://YOUR_NAME.example.com{plan.draft.app.health_path}",
            ),
        )
    names = ["address" if s.name == "main" else f"address_{s.place.code.replace('-', '_')}" for s in found]
    several = " One record for each region, with a health check, is yours to add." if len(found) > 1 else ""
    return (
        "Public name",
        f"Point your name at the balancer with a CNAME or an alias record.{several}",
        (
            *(f"terraform output -raw {name}" for name in names),
            f"curl -fsS https://YOUR_NAME.example.com{plan.draft.app.health_path}",
        ),
    )


def _tried(plan: Plan, found: tuple[Site, ...]) -> Iterator[Step]:
    if _mailed(plan):
        alarm = f"{found[0].label}-{_mailed(plan).replace('_', '-')}"
        yield (
            "Alarms that arrive",
            "Confirm the subscription in the first e-mail, then raise one alarm by hand: a route that is not tried "
            "is not a route.",
            (
                f"aws cloudwatch set-alarm-state --alarm-name {alarm} --state-value ALARM --state-reason trial",
            ),
        )
    yield (
        "Cost by project",
        "Every resource has the tag `Project`. In the billing console activate it as a cost allocation tag; it can be "
        "chosen a day after the first apply, by the account that pays.",
        (
            "aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Project,Status=Active",
        ),
    )


def _mailed(plan: Plan) -> str:
    """Condition of the first alarm that is told by e-mail; empty where there is none."""
    return next((a.condition for a in plan.alarms if buildable(a) and "email" in a.routes), "")


def _later(plan: Plan, found: tuple[Site, ...]) -> Iterator[str]:
    if found[0].instances:
        yield from instance_version(found)
    elif found[0].cluster:
        yield from later(plan)
    else:
        yield from function_version(found) if found[0].serverless else _version(found)
    yield "## What exists already"
    yield (
        "Take a resource over instead of making it twice; a plan then shows what would change in it. The ids that "
        "each type wants are at the end of its page in the provider's documentation."
    )
    yield _block((f"terraform import {_repository(found)} {slug(plan.draft.project)}", "terraform plan"))
    yield from _end(plan, found)


def _version(found: tuple[Site, ...]) -> Iterator[str]:
    stable = (
        f"aws ecs wait services-stable --region {s.place.code} --cluster {s.label} --services {s.label}"
        for s in found
    )
    yield "## A new version"
    yield (
        "Push an image under a new tag, set `image` to it and apply. A version that does not become healthy is "
        "rolled back by itself."
    )
    yield _block(("terraform apply", *stable))


def _repository(found: tuple[Site, ...]) -> str:
    return f"aws_ecr_repository.{found[0].name if found[0].serverless else 'main'}"


def _kept(plan: Plan, found: tuple[Site, ...]) -> list[str]:
    """What refuses to be deleted."""
    kept = [] if found[0].serverless else ["balancer", *(["cluster"] if found[0].cluster else [])]
    return [*kept, "database"] if plan.role("database", "aws") else kept


def _end(plan: Plan, found: tuple[Site, ...]) -> Iterator[str]:
    yield "## The end"
    lost = (
        f" The database leaves the final snapshot `{found[0].label}-db-final`, which costs money until you delete it."
        if plan.role("database")
        else ""
    )
    off = "terraform destroy"
    if found[0].serverless and plan.role("network"):
        yield "Lambda can take up to 45 minutes to give its network interfaces back; the rest waits for it."
    kept = _kept(plan, found)
    if kept:
        off += " -var deletion_protection=false"
        told = (
            "refuses to be deleted until it is" if len(kept) == 1 else "refuse to be deleted until they are"
        )
        yield f"The {' and the '.join(kept)} {told} told otherwise.{lost}"
    places = found if found[0].serverless else found[:1]
    yield _block(
        (
            *(("terraform apply -var deletion_protection=false",) if kept else ()),
            *(
                f"aws ecr delete-repository --force --region {s.place.code} --repository-name {slug(plan.draft.project)}"
                for s in places
            ),
            off,
        )
    )
