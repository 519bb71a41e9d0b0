"""What else than Fargate a person may name on AWS: EC2 in an auto scaling group, EKS, Lambda.

Knows what stands in the place of the tasks; balancer, network, stores and watching are the plan's.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, Component, Draft, Meter, Place, Substitution
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _nodes as of
from groundplan.platforms import _watching as watch
from groundplan.platforms._sizing import counts, named, smallest
from groundplan.platforms.aws import cluster_size as cluster
from groundplan.platforms.aws import instance_size as machines
from groundplan.platforms.aws.cluster_size import SUPPORTED, VERSION
from groundplan.platforms.aws.gaps import by_hours
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.watching import CLUSTER, FUNCTION, INSTANCES

_REQUEST_S = Decimal("0.2")
"""How long a request works, where nothing says."""


class Compute(msgspec.Struct, frozen=True, kw_only=True):
    service: str
    parts: tuple[Component, ...]
    """What runs the application in one place."""
    alarms: dict[str, str]
    """Condition -> what raises it."""
    balancer: bool = True
    serverless: bool = False
    """Without a network of its own, and with a registry in each region."""
    registry: bool = True
    assumptions: tuple[Assumption, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


_TIMEOUT_S = 30
"""An HTTP API waits no longer; https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html."""


def compute(draft: Draft, facts: Facts) -> dict[str, Compute]:
    """By place; empty where the service is the one that the plan itself knows."""
    made = {"ec2": _ec2, "ecs_ec2": _ec2, "eks": _eks, "lambda": _function}.get(draft.service or "")
    return {p.code: made(draft, p, facts) for p in draft.places} if made else {}


def _ec2(draft: Draft, place: Place, facts: Facts) -> Compute:
    sizes = (s for s in facts.skus["aws"].values() if s.kind == "ec2")
    other = named((s for s in facts.skus["aws"].values() if s.kind == "ec2_named"), draft.scaling)
    fits, gaps = (other, ()) if other else smallest(sizes, draft.scaling)
    stated = draft.scaling.size if machines.is_type(draft.scaling.size) else None
    size = fits if stated in (None, fits.id) else None
    gaps, name = (gaps, fits.id) if size else ((), stated or fits.id)
    many = counts(draft.scaling)
    hours = Meter(name="Instances", price=f"aws.ec2.{name}", quantity=many.range.times(Decimal(line.HOURS)),
                  assumption="on demand, Linux, 730 hours a month")  # fmt: skip
    web = Component(
        key=f"web.{place.code}",
        role="web",
        name="EC2 instances in an auto scaling group",
        provider="aws",
        sku=name,
        region=place.code,
        cpu=size.cpu if size else draft.scaling.cpu,
        memory_mib=size.memory_mib if size else draft.scaling.memory_mib,
        minimum=many.minimum,
        initial=many.initial,
        maximum=many.maximum,
        meters=(hours, *machines.meters(draft, many.range)),
        settings={"architecture": machines.architecture(name), **by_hours(draft)},
        reason="the type that was stated"
        if stated
        else "the smallest burstable size that covers it; above its baseline it slows down or costs more",
        because=("hosting", "regions", "scaling"),
    )
    patched = Assumption(field="hosting.image", value="Amazon Linux 2023 that runs the image with Docker",
                         reason="an instance is patched by being replaced, once a month at least", confirm=True)  # fmt: skip
    return Compute(
        service=draft.service or "",
        parts=(web,),
        alarms=INSTANCES,
        assumptions=(*gaps, patched),
        substitutions=watch.instead(
            draft, "aws.ec2.metric", ("cpu", "memory", "requests"), "target tracking on CPU at 60 %"
        ),
    )


def _eks(draft: Draft, place: Place, facts: Facts) -> Compute:
    pod, gaps = of.pod_of(draft)
    many = counts(draft.scaling)
    node = cluster.node(draft, facts, pod)
    every = cluster.with_workers(draft, many)
    count = cluster.nodes(pod, every, node, draft.nodes)
    processor: dict[str, str | int | bool] = {"architecture": machines.architecture(node.id)}
    web = of.pods(draft, place, pod, many)
    held = of.nodes(draft, place, count, node, f"aws.ec2.{node.id}", cluster.meters(draft, count, every))
    version = draft.kubernetes or VERSION
    control = line.fixed(draft, "network", "EKS control plane", cluster.control(version), key=f"control.{place.code}",
                         region=place.code, reason="AWS runs it in three zones")  # fmt: skip
    return Compute(
        service="eks",
        parts=(
            msgspec.structs.replace(web, settings=processor),
            msgspec.structs.replace(held, settings=processor),
            msgspec.structs.replace(control, settings={"version": version}),
        ),
        alarms=CLUSTER,
        assumptions=(*gaps, cluster.counted(pod, every, node, count, draft.nodes), *_cluster_gaps(draft)),
        substitutions=watch.instead(draft, "k8s.hpa.metric", of.SCALES_ON, "the autoscaler on CPU, or KEDA with that metric"),
    )  # fmt: skip


def _cluster_gaps(draft: Draft) -> tuple[Assumption, ...]:
    found = []
    if not draft.kubernetes:
        reason = f"EKS has it in standard support until {SUPPORTED}"
        found.append(Assumption(field="hosting.version", value=f"Kubernetes {VERSION}", reason=reason))
    if draft.scaling.schedule:
        reason = (
            "no hours are built for pods; a CronJob that changes the HorizontalPodAutoscaler is yours to add"
        )
        value = f"`{draft.scaling.schedule}` by hand"
        found.append(Assumption(field="scaling.schedule", value=value, reason=reason, confirm=True))
    return tuple(found)


def _function(draft: Draft, place: Place, _facts: Facts) -> Compute:
    """Requests times duration times memory; instances that are kept ready are paid while they wait."""
    wish, load = draft.scaling, draft.load
    memory = min(max(wish.memory_mib or 512, 128), 10240)
    gib = Decimal(memory) / 1024
    many = counts(wish, zero=True)
    requests = load.requests_millions.share(len(draft.places))
    work = requests.times(Decimal(1_000_000) * _REQUEST_S * gib)
    spread = line.spread(load.requests_millions)
    meters = [
        Meter(name="Requests", price="aws.lambda.requests", quantity=requests,
              assumption=f"{spread} million a month in all; the free allowance of an account is not taken off"),
        Meter(name="Duration", price="aws.lambda.gb_second.x86", quantity=work,
              assumption=f"{_REQUEST_S:f} seconds of work for each request with {memory} MB"),
    ]  # fmt: skip
    kept_ready = 0 if _assumed(draft) else many.minimum
    if kept_ready:
        ready = Range.flat(kept_ready).times(line.SECONDS * gib)
        said = f"{kept_ready} of provisioned concurrency; their work is cheaper than counted here"
        kept = Meter(name="Kept ready", price="aws.lambda.provisioned.x86", quantity=ready, assumption=said)
        meters.append(kept)
    web = Component(
        key=f"web.{place.code}",
        role="web",
        name="Lambda function",
        provider="aws",
        sku=f"{memory} MB",
        region=place.code,
        memory_mib=memory,
        minimum=kept_ready,
        initial=many.initial,
        maximum=many.maximum,
        meters=tuple(meters),
        settings={"timeout_s": _TIMEOUT_S, **(by_hours(draft) if kept_ready else {})},
        reason="billed by the request and by its duration; the maximum is reserved concurrency",
        because=("hosting", "regions", "scaling"),
    )
    stated = wish.memory_mib
    reason = "CPU grows with memory; a usual start" if stated is None else "a function takes 128 to 10240 MB"
    usual = Assumption(field="scaling.memory_mb", value=f"{memory} MB", reason=reason, confirm=True)
    return Compute(
        service="lambda",
        parts=(web, _api(draft, place, requests)),
        alarms=FUNCTION,
        balancer=False,
        serverless=True,
        assumptions=(*((usual,) if wish.memory_mib != memory else ()), *_function_gaps(draft, kept_ready)),
        substitutions=watch.instead(draft, "aws.lambda.metric", ("requests", "concurrency"),
                                    "one instance for each request in flight, up to reserved concurrency"),
    )  # fmt: skip


def _function_gaps(draft: Draft, kept_ready: int) -> tuple[Assumption, ...]:
    """What a web application needs to run as a function, and what a function cannot do by hours."""
    image = draft.app.image
    stated = f"; push `{image}` there" if image else ""
    found = [
        Assumption(field="hosting.image", value="an image with the AWS Lambda Web Adapter",
                   reason=f"a function takes events; the adapter turns them into requests to the port{stated}",
                   confirm=True),
    ]  # fmt: skip
    if draft.stores:
        reason = "a function is given the ARNs of secrets and reads them when it starts, so that no value is in its settings"
        value = "secrets read by the application"
        found.append(Assumption(field="hosting.secrets", value=value, reason=reason, confirm=True))
    if not kept_ready and nights(draft.scaling.schedule):
        reason = "no instance is kept ready, so there is nothing to take away at night"
        found.append(Assumption(field="scaling.hours", value="none", reason=reason))
    return tuple(found)


def _api(draft: Draft, place: Place, requests: Range) -> Component:
    meter = Meter(name="HTTP API", price="aws.apigateway.http", quantity=requests)
    at = place.code
    return line.fixed(draft, "balancer", "API Gateway, HTTP API", (meter,), key=f"api.{at}", region=at,
                      reason="gives the function an address with a certificate")  # fmt: skip


def _assumed(draft: Draft) -> bool:
    """Whether nobody asked for instances that wait: a function needs none, whatever is usual elsewhere."""
    return draft.scaling.mode == "serverless" or any(
        a.field == "scaling.min_instances" for a in draft.assumptions
    )
