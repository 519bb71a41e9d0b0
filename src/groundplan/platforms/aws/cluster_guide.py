"""Steps of the README that only a Kubernetes cluster has: the objects in it, a new version, upgrades. Knows commands."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster import WEB, grows, version
from groundplan.platforms.aws.cluster_manifests import filled, folder
from groundplan.platforms.aws.spot import Spot, spots

NEEDS = "kubectl, envsubst (of gettext)"


def applied(plan: Plan, root: str = "") -> tuple[str, ...]:
    """Commands that put the objects, under `root`, into every cluster; `$(output NAME)` stands for an output."""
    return tuple(c for spot in spots(plan) for c in (*_exported(spot), *inside(spot, root)))


def _exported(spot: Spot) -> Iterator[str]:
    for name in filled(spot)[1:]:
        yield f"export {name}=$(output {name.lower()})"


def joined(spot: Spot) -> tuple[str, ...]:
    """Commands that join the nodes to the balancer, where the code cannot: the group keeps its name for good."""
    region = f"--region {spot.code}"
    return (
        f"GROUP=$(aws eks describe-nodegroup {region} --cluster-name {spot.label} --nodegroup-name {spot.label} "
        "--query 'nodegroup.resources.autoScalingGroups[0].name' --output text)",
        f"TARGETS=$(aws elbv2 describe-target-groups {region} --names {spot.label} "
        "--query 'TargetGroups[0].TargetGroupArn' --output text)",
        f'aws autoscaling attach-load-balancer-target-groups {region} --auto-scaling-group-name "$GROUP" '
        '--target-group-arns "$TARGETS"',
    )


def inside(spot: Spot, root: str) -> Iterator[str]:
    """Commands for one cluster, once the values are variables of the shell."""
    yield f"aws eks update-kubeconfig --region {spot.code} --name {spot.label} --alias {spot.label}-{spot.code}"
    context = f"kubectl --context {spot.label}-{spot.code}"
    if grows(spot):
        yield f"{context} apply -f {root}{folder(spot)}/autoscaler.yaml"
    listed = " ".join(f"${{{name}}}" for name in filled(spot))
    yield f"envsubst '{listed}' < {root}{folder(spot)}/application.yaml | {context} apply -f -"
    web = spot.web
    if spot.tracked and web.initial > web.minimum:
        yield f"{context} -n {spot.label} scale deployment/{WEB} --replicas={web.initial}   # the first time"
    yield f"{context} -n {spot.label} rollout status deployment/{WEB} --timeout=10m"


def later(plan: Plan) -> Iterator[str]:
    """What is done again and again, as Markdown."""
    first = spots(plan)[0]
    context = f"kubectl --context {first.label}-{first.code} -n {first.label}"
    yield "## A new version"
    yield (
        "Push an image under a new tag, set `IMAGE_URI` to it and run the commands of the step “The application” again: "
        "pods are replaced one by one, and the earlier ones stay until the new ones are ready. To go back:"
    )
    yield f"```sh\n{context} rollout undo deployment/{WEB}\n{context} get pods,hpa\n```"
    yield "## Upgrades of Kubernetes"
    yield (
        f"The cluster runs {version(first)}. Write the next version into the hosting answer (`Kubernetes 1.x`), apply, and "
        "put the autoscaler in again: the control plane goes first, then the nodes, one by one. One minor version at a "
        "time. EKS renews the nodes' images only when it is told to:"
    )
    yield (
        "```sh\n"
        + "\n".join(
            f"aws eks update-nodegroup-version --region {s.code} --cluster-name {s.label} --nodegroup-name {s.label}"
            for s in spots(plan)
        )
        + "\n```"
    )
