"""No infrastructure as code on AWS: one runbook of AWS CLI commands, in the order in which they depend on each other."""

from __future__ import annotations

import msgspec

from groundplan.model.files import File
from groundplan.model.plan import Plan
from groundplan.platforms.aws import runbook_cluster as pods
from groundplan.platforms.aws import runbook_data as stores
from groundplan.platforms.aws import runbook_first as first
from groundplan.platforms.aws import runbook_function as lam
from groundplan.platforms.aws import runbook_instances as machines
from groundplan.platforms.aws import runbook_network as net
from groundplan.platforms.aws import runbook_service as run
from groundplan.platforms.aws import runbook_watch as watch
from groundplan.platforms.aws.cluster_manifests import manifests
from groundplan.platforms.aws.instance_script import group as log_group
from groundplan.platforms.aws.runbook_entry import record
from groundplan.platforms.aws.spot import Spot, spots
from groundplan.syntax.runbook import Step, folded, write


def lower(plan: Plan) -> tuple[File, ...]:
    """Write everything that the plan holds as commands, region by region, each step with its check."""
    file = File(
        path="infra/aws/RUNBOOK.md",
        content=write(f"Runbook: {plan.draft.project} on AWS", _INTRODUCTION, steps(plan)),
        kind="text",
        purpose="commands from an empty account to a running application",
    )
    return (file, *manifests(plan)) if plan.service == "eks" else (file,)


def steps(plan: Plan) -> tuple[Step, ...]:
    places = spots(plan)
    ordered = (
        first.sign_in(plan),
        first.region(places[0]),
        first.image(places[0]),
        *first.secrets(plan),
        *(step for spot in places for step in _region(spot)),
        *watch.tools(plan),
        *watch.budget(plan),
        *watch.by_hand(plan),
        *_later(places[0]),
    )
    return tuple(
        msgspec.structs.replace(step, commands=tuple(folded(c) for c in step.commands)) for step in ordered
    )


def _region(spot: Spot) -> tuple[Step, ...]:
    return (
        *([first.region(spot)] if not spot.primary else []),
        *_runs(spot),
        *record(spot),
        *watch.receivers(spot),
        *watch.alarms(spot),
    )


def _later(spot: Spot) -> tuple[Step, ...]:
    if spot.instances:
        return machines.renew(spot), machines.rollback(spot)
    if spot.cluster:
        return pods.renew(spot), pods.rollback(spot)
    return (lam.rollback(spot) if spot.serverless else run.rollback(spot),)


def _runs(spot: Spot) -> tuple[Step, ...]:
    if spot.instances:
        return _instances(spot)
    if spot.cluster:
        return _cluster(spot)
    return _function(spot) if spot.serverless else _tasks(spot)


def _instances(spot: Spot) -> tuple[Step, ...]:
    return (
        net.network(spot),
        *net.nat(spot),
        net.firewalls(spot),
        first.certificate(spot),
        *stores.database(spot),
        *stores.cache(spot),
        run.logs(spot, log_group(spot)),
        machines.role(spot),
        machines.template(spot),
        run.balancer(spot),
        machines.group(spot),
        *machines.scaling(spot),
    )


def _cluster(spot: Spot) -> tuple[Step, ...]:
    return (
        net.network(spot),
        *net.nat(spot),
        net.firewalls(spot),
        first.certificate(spot),
        *stores.database(spot),
        *stores.cache(spot),
        run.logs(spot, *pods.log_groups(spot)),
        pods.roles(spot),
        pods.control(spot),
        pods.nodes(spot),
        run.balancer(spot),
        pods.objects(spot),
    )


def _function(spot: Spot) -> tuple[Step, ...]:
    inside = (net.network(spot), *net.nat(spot), net.function_firewall(spot)) if spot.networked else ()
    return (
        *([first.image(spot)] if not spot.primary else []),
        *inside,
        *stores.database(spot),
        *stores.cache(spot),
        run.logs(spot, f"/aws/lambda/{spot.label}"),
        lam.role(spot),
        lam.function(spot),
        lam.concurrency(spot),
        lam.api(spot),
    )


def _tasks(spot: Spot) -> tuple[Step, ...]:
    return (
        net.network(spot),
        *net.nat(spot),
        net.firewalls(spot),
        first.certificate(spot),
        *stores.database(spot),
        *stores.cache(spot),
        run.logs(spot, f"/ecs/{spot.label}"),
        run.roles(spot),
        run.task(spot),
        run.balancer(spot),
        run.service(spot),
        *run.scaling(spot),
    )


_INTRODUCTION = """\
Run the commands in bash from the root of the repository, from top to bottom, with AWS CLI 2 and the rights of an
administrator. Each step ends with a check; go on when it holds. Keep one terminal open, because later steps use the
variables of earlier ones. Values of secrets are typed when they are asked for, so that neither a file nor the history
of the shell holds them."""
