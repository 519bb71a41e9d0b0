"""How the Pulumi program is run, with exact commands. Knows the Pulumi CLI; not any resource."""

from __future__ import annotations

from groundplan.model.graph import Graph
from groundplan.model.plan import Plan
from groundplan.syntax.runbook import Step, folded, write
from groundplan.targets._aws_steps import (
    ADAPTER,
    INSIDE,
    ROOM,
    architecture,
    certificates,
    exported,
    secrets,
    stated,
    waits,
)

_INTRODUCTION = """\
Run the commands in bash from this folder, with the Pulumi CLI 3, Python 3.10 or newer and the AWS CLI signed in."""


def guide(plan: Plan, graph: Graph, stack: str) -> str:
    """State first, then configuration, the image, the stack, changes and removal."""
    steps = (
        _state(plan, stack),
        *certificates(plan),
        *secrets(plan),
        _configuration(graph, stack),
        _up(plan),
        *_inside(graph),
        _change(),
        _remove(plan),
    )
    short = tuple(
        Step(title=s.title, commands=tuple(folded(c) for c in s.commands), check=s.check, note=s.note)
        for s in steps
    )
    return write(f"{plan.draft.project} on {plan.platform.upper()} with Pulumi", _INTRODUCTION, short)


def _state(plan: Plan, stack: str) -> Step:
    stated = (plan.draft.code.state_backend or "").lower()
    if "s3" in stated:
        commands: tuple[str, ...] = (
            "read -r -p 'Bucket that holds the state: ' BUCKET",
            f'pulumi login "s3://$BUCKET/{plan.draft.project}"',
        )
        note = "The bucket must exist, with versioning on. Pulumi locks the state by a file in it."
    else:
        commands = ("pulumi login",)
        note = "Without arguments the state lies in Pulumi Cloud; `pulumi login s3://BUCKET` keeps it in your account."
    return Step(
        title="Choose where the state lies and create the stack",
        commands=(*commands, "pulumi install", f"pulumi stack init {stack}"),
        note=note,
        check="`pulumi stack ls` marks the stack with an asterisk.",
    )


def _configuration(graph: Graph, stack: str) -> Step:
    hidden = [v.name for v in graph.variables if v.sensitive]
    commands = [
        f"cp -n Pulumi.{stack}.yaml.example Pulumi.{stack}.yaml",
        '"${EDITOR:-vi}" ' + f"Pulumi.{stack}.yaml",
        *(f"pulumi config set --secret {name}" for name in hidden),
    ]
    return Step(
        title="Set the configuration",
        commands=tuple(commands),
        note="Pulumi.yaml says what each value is and which have defaults. A value set with --secret is encrypted.",
        check="`pulumi config` lists a value for each line of the example.",
    )


def _up(plan: Plan) -> Step:
    if plan.service == "lambda":
        return _up_function(plan)
    region = plan.places[0].code
    push = (
        "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)",
        f'REGISTRY="$ACCOUNT.dkr.ecr.{region}.amazonaws.com"',
        "read -r -p 'Tag of this release, as in 1.0.0: ' TAG",
        f'IMAGE="$REGISTRY/{plan.draft.project}:$TAG"',
        'export IMAGE_URI="$IMAGE"' if plan.service == "eks" else 'pulumi config set image "$IMAGE"',
        "pulumi up --target '**:Repository::**' --target '**pulumi:providers:aws::**'",
        f"aws ecr get-login-password --region {region} | docker login --username AWS --password-stdin "
        '"$REGISTRY"',
        f'docker build --platform linux/{architecture(plan)} -t "$IMAGE" {plan.draft.app.context("../..")}',
        'docker push "$IMAGE"',
    )
    return Step(
        title="Create everything" if stated(plan) else "Push an image and create everything",
        commands=(*(exported(plan) if stated(plan) else push), "pulumi up"),
        note="Read the preview before you say yes. Subscriptions by e-mail must be confirmed from the mail that arrives.",
        check="`pulumi stack output` prints the address.",
    )


def _inside(graph: Graph) -> tuple[Step, ...]:
    if not graph.afterwards:
        return ()
    step = Step(
        title="Put the application into the cluster",
        commands=tuple(c.replace("$(output ", "$(pulumi stack output ") for c in graph.afterwards),
        note=INSIDE.format(admin="cluster_admin_arn"),
        check="the last command says that the rollout is complete.",
    )
    return (step,)


def _up_function(plan: Plan) -> Step:
    """A function takes images from the registry of its own region alone, so each region is pushed to."""
    pushes = []
    for place in plan.places:
        registry = f"$ACCOUNT.dkr.ecr.{place.code}.amazonaws.com"
        image = f'"{registry}/{plan.draft.project}:$TAG"'
        pushes += [
            f"aws ecr get-login-password --region {place.code} | docker login --username AWS --password-stdin "
            f'"{registry}"',
            f"docker tag built {image}",
            f"docker push {image}",
        ]
    return Step(
        title="Push an image and create everything",
        commands=(
            "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)",
            "read -r -p 'Tag of this release, as in 1.0.0: ' TAG",
            'pulumi config set image_tag "$TAG"',
            "pulumi up --target '**:Repository::**' --target '**pulumi:providers:aws::**'",
            f"docker build --platform linux/amd64 --provenance=false -t built {plan.draft.app.context('../..')}",
            *pushes,
            "pulumi up",
        ),
        note="The Dockerfile needs the AWS Lambda Web Adapter, which turns events into requests: "
        f"`COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter`. Read the preview before you say yes. "
        f"{ROOM}",
        check="`pulumi stack output` prints the address.",
    )


def _change() -> Step:
    return Step(
        title="Change something later",
        commands=("groundplan apply", "pulumi preview --diff", "pulumi up"),
        note="`groundplan apply` from the root of the repository.",
        check="the preview holds what you expect, above all no replacement of the database.",
    )


def _remove(plan: Plan) -> Step:
    return Step(
        title="Take it down",
        commands=("pulumi destroy",),
        note="Deletion protection must be taken off by hand first, where there is any." + waits(plan),
        check="`pulumi stack` lists no resources.",
    )
