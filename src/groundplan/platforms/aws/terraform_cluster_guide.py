"""Steps of the README that only a Kubernetes cluster has: the objects in it, a new version, upgrades. Knows commands."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster import WEB, grows, version
from groundplan.platforms.aws.cluster_manifests import filled, folder
from groundplan.platforms.aws.spot import Spot, spots

NEEDS = "kubectl, envsubst (of gettext)"


def applied(plan: Plan) -> tuple[str, ...]:
    """Commands that put the objects into every cluster; `$(output NAME)` stands for an output."""
    return tuple(c for spot in spots(plan) for c in _applied(spot))


def _applied(spot: Spot) -> Iterator[str]:
    yield f"aws eks update-kubeconfig --region {spot.code} --name {spot.label} --alias {spot.label}-{spot.code}"
    names = filled(spot)
    for name in names[1:]:
        yield f"export {name}=$(output {name.lower()})"
    context = f"kubectl --context {spot.label}-{spot.code}"
    if grows(spot):
        yield f"{context} apply -f {folder(spot)}/autoscaler.yaml"
    listed = " ".join(f"${{{name}}}" for name in names)
    yield f"envsubst '{listed}' < {folder(spot)}/application.yaml | {context} apply -f -"
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
