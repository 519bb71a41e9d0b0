"""How the stacks are deployed, in order, with exact commands. Knows the AWS CLI; not any resource."""

from __future__ import annotations

import re
import shlex

from groundplan.model.graph import Graph, Provider
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
Run the commands in bash from the root of the repository, with AWS CLI 2. Copies of the example parameters hold what
differs between environments; values of secrets stay in Secrets Manager, and the parameters hold their ARNs alone."""


_ADAPTER = (
    "The Dockerfile needs the AWS Lambda Web Adapter, which turns events into requests: "
    f"`COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter`."
)


def guide(plan: Plan, graph: Graph) -> str:
    """Registry first, because the service waits for an image; then each region; then changes and removal."""
    registries = [s for s in graph.providers if (s.alias or "").startswith("registry")]
    stacks = [s for s in graph.providers if s not in registries]
    steps = [
        *(_registry(plan, registry) for registry in registries),
        *certificates(plan),
        *secrets(plan),
        *(_stack(plan, s, graph) for s in stacks),
        *_inside(plan, stacks[0], graph),
    ]
    steps += [_change(plan, stacks[0]), _remove(plan, stacks)]
    short = tuple(
        Step(title=s.title, commands=tuple(folded(c) for c in s.commands), check=s.check, note=s.note)
        for s in steps
    )
    return write(f"{plan.draft.project} on AWS with CloudFormation", _INTRODUCTION, short)


def _registry(plan: Plan, stack: Provider) -> Step:
    name, image = f"{plan.draft.project}-{stack.alias}", stated(plan)
    address = f"ADDRESS=$({_described(name, stack)} --query 'Stacks[0].Outputs[0].OutputValue' --output text)"
    function = plan.service == "lambda"
    push = (
        address,
        f"aws ecr get-login-password --region {_region(stack)} | docker login --username AWS --password-stdin "
        '"${ADDRESS%%/*}"',
        "read -r -p 'Tag of this release, as in 1.0.0: ' TAG",
        f'docker build --platform linux/{architecture(plan)}{" --provenance=false" if function else ""} -t "$ADDRESS:$TAG" '
        f"{plan.draft.app.context()}",
        'docker push "$ADDRESS:$TAG"',
        *(('export IMAGE_URI="$ADDRESS:$TAG"',) if plan.service == "eks" else ()),
    )
    return Step(
        title="Create the image repository" + ("" if image else " and push an image"),
        commands=(_deploy(plan, stack, ""), *(exported(plan) if image else push)),
        note=_ADAPTER if function else "",
        check=f"`{_described(name, stack)}` says CREATE_COMPLETE.",
    )


def _stack(plan: Plan, stack: Provider, graph: Graph) -> Step:
    base = f"infra/{plan.platform}/{stack.alias}.parameters"
    name = f"{plan.draft.project}-{stack.alias}"
    chat = any(v.name in ("SlackWorkspaceId", "TeamsTenantId") for v in graph.variables)
    note = "Fill the copy in before you deploy. Subscriptions by e-mail must be confirmed from the mail that arrives."
    if any(v.sensitive for v in graph.variables):
        note += " The copy then holds the address of an integration, which is a secret: keep it out of git."
    if plan.service == "lambda":
        note += f" {ROOM}"
    if chat:
        note += (
            " Authorise the chat tool once in the console first: Amazon Q Developer in chat applications, "
            "Configure new client."
        )
    return Step(
        title=f"Deploy {stack.alias} in {stack.arguments['region']}",
        commands=(
            f"cp {base}.example.json {base}.json",
            '"${EDITOR:-vi}" ' + f"{base}.json",
            _deploy(plan, stack, f" --capabilities CAPABILITY_IAM --parameter-overrides file://{base}.json"),
        ),
        note=note,
        check=f"`{_described(name, stack)}` says CREATE_COMPLETE and shows the address.",
    )


def _inside(plan: Plan, first: Provider, graph: Graph) -> tuple[Step, ...]:
    """What runs in a cluster, with values of the first stack."""
    if not graph.afterwards:
        return ()
    described = _described(f"{plan.draft.project}-{first.alias}", first)

    def printed(found: re.Match[str]) -> str:
        key = "".join(word.capitalize() for word in found[1].split("_"))
        return f"$({described} --query \"Stacks[0].Outputs[?OutputKey=='{key}'].OutputValue\" --output text)"

    step = Step(
        title="Put the application into the cluster",
        commands=tuple(re.sub(r"\$\(output (\w+)\)", printed, c) for c in graph.afterwards),
        note=INSIDE.format(admin="ClusterAdminArn"),
        check="the last command says that the rollout is complete.",
    )
    return (step,)


def _change(plan: Plan, stack: Provider) -> Step:
    return Step(
        title="Change something later",
        commands=(
            "groundplan apply",
            _deploy(plan, stack, " --capabilities CAPABILITY_IAM --no-execute-changeset"),
        ),
        note="The second command shows what would change and changes nothing; without --no-execute-changeset it is "
        "done. Parameters that are not named keep their values.",
        check="the change set holds what you expect, above all no replacement of the database.",
    )


def _remove(plan: Plan, stacks: list[Provider]) -> Step:
    commands = [
        f"aws cloudformation delete-stack --stack-name {plan.draft.project}-{s.alias} --region {_region(s)}"
        for s in reversed(stacks)
    ]
    return Step(
        title="Take it down",
        commands=tuple(commands),
        note="Deletion protection must be taken off by hand first, where there is any. A database leaves a snapshot; "
        "logs and image repositories stay." + waits(plan),
        check="`aws cloudformation list-stacks --stack-status-filter DELETE_FAILED` lists nothing.",
    )


def _deploy(plan: Plan, stack: Provider, more: str) -> str:
    name = f"{plan.draft.project}-{stack.alias}"
    return (
        f"aws cloudformation deploy --region {_region(stack)} --stack-name {name} --template-file "
        f"infra/{plan.platform}/{stack.alias}.yaml{more} --tags Project={plan.draft.project}"
    )


def _described(name: str, stack: Provider) -> str:
    return f"aws cloudformation describe-stacks --region {_region(stack)} --stack-name {name}"


def _region(stack: Provider) -> str:
    return shlex.quote(f"{stack.arguments['region']}")
