"""Decisions to Draft to Plan: fill every gap with a reason, then let one platform make it concrete.

Knows what is wanted and what is usually wanted; each platform's own folder knows SKUs and constructs.
"""

from __future__ import annotations

import importlib

import msgspec

from groundplan.model.answer import Answers
from groundplan.model.decision import Decisions, Remark
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Platform
from groundplan.model.plan import Assumption, CodeWish, Draft, Plan
from groundplan.plan.application import application
from groundplan.plan.budget import budget
from groundplan.plan.load import load
from groundplan.plan.places import own_entry, places
from groundplan.plan.said_load import kubernetes, nodes
from groundplan.plan.scaling import scaling
from groundplan.plan.standby import with_standbys
from groundplan.plan.stores import stores
from groundplan.plan.tools import free_tools, own_tools, with_tools
from groundplan.plan.watch import watch
from groundplan.plan.workers import with_workers, workers
from groundplan.platforms import platforms


def plannable(decisions: Decisions) -> Platform | None:
    """The primary platform where a plan for it and its stated services can be made, else None."""
    platform = platforms().get(decisions.hosting.primary or "")
    if platform is None or not platform.services:
        return None
    said = decisions.hosting.services
    return platform if not said or set(said) & set(platform.planned) else None


def draft(answers: Answers, decisions: Decisions, facts: Facts, platform: str | None = None) -> Draft:
    """Say what is wanted in neutral terms, for the decided platform or for another `platform` to compare with.

    The platform must have services that can be planned.
    """
    key = platform or decisions.hosting.primary or ""
    target = platforms()[key]
    where, where_assumed = places(decisions, target, facts)
    size, size_assumed = scaling(answers.project.quality, decisions, facts, key)
    seen, seen_assumed = watch(decisions)
    money, money_assumed = budget(decisions)
    service, service_assumed = _service(decisions, target)
    version, version_assumed = kubernetes(decisions) if service == "eks" else ("", ())
    code, code_assumed = _code(decisions, target, service)
    traffic, traffic_assumed = load(answers, decisions)
    behind, behind_assumed = workers(decisions)
    wanted, sizes_assumed = stores(decisions, key, facts)
    doubled, zones_assumed = with_standbys(wanted, decisions, answers.project.quality)
    return Draft(
        project=answers.project.name,
        quality=answers.project.quality,
        app=application(answers),
        platform=key,
        service=service,
        topology=where.topology,
        places=where.places,
        residency=decisions.regions.residency,
        users=decisions.regions.users,
        failover=decisions.regions.failover or False,
        own_entry=own_entry(decisions),
        own_machines="onprem" in decisions.hosting.platforms,
        scaling=size,
        nodes=nodes(decisions),
        workers=behind,
        kubernetes=version,
        load=traffic,
        stores=doubled,
        tools=decisions.monitoring.tools,
        free_tools=free_tools(decisions),
        own_tools=own_tools(decisions),
        needs=decisions.monitoring.needs,
        alarms=seen.alarms,
        routes=seen.routes,
        log_days=decisions.monitoring.log_days,
        budget=money,
        code=code,
        assumptions=service_assumed
        + where_assumed
        + size_assumed
        + seen_assumed
        + money_assumed
        + code_assumed
        + traffic_assumed
        + behind_assumed
        + sizes_assumed
        + version_assumed
        + zones_assumed,
    )


def with_used(decisions: Decisions, made: Plan) -> Decisions:
    """The decisions, in which words that the plan rests on are no longer told as unused."""
    reasons = [a.reason for a in made.assumptions if a.reason.startswith("because of “")]
    if not reasons:
        return decisions

    def known(remark: Remark, question: str) -> Remark:
        told = f"`{remark.quote}` is used for the cost"
        used = remark.kind in ("unused", "out_of_turn") and any(
            remark.quote in r and f"in the {question} answer" in r for r in reasons
        )
        return msgspec.structs.replace(remark, kind="note", text=told) if used else remark

    return Decisions(
        {
            q: msgspec.structs.replace(r, remarks=tuple(known(m, q) for m in r.remarks))
            for q, r in decisions.readings.items()
        }
    )


def plan(draft: Draft, facts: Facts) -> Plan:
    """Make the draft concrete with the constructs of its platform; deterministic."""
    platform = platforms()[draft.platform]
    module = importlib.import_module(f"groundplan.platforms.{draft.platform}.plan")
    made = with_workers(
        module.plan(draft, facts), lambda other: module.plan(other, facts), getattr(module, "ALWAYS", {})
    )
    if not platform.writes(made.service):
        return with_tools(msgspec.structs.replace(made, target=""))
    first = platform.targets[0]
    target = platform.iac.get(draft.code.tool, first)
    return with_tools(msgspec.structs.replace(made, target=target))


def _service(decisions: Decisions, platform: Platform) -> tuple[str, tuple[Assumption, ...]]:
    every = decisions.hosting.services
    said = next((s for s in every if s in platform.planned), None)
    if said in ("ecs", "ec2") and {"ecs", "ec2"} <= set(every):
        return "ecs_ec2", ()
    if said:
        return platform.services[0] if said == "ecs" else said, ()
    if platform.key == "kubernetes" and "onprem" in decisions.hosting.platforms:
        return "self_managed_k8s", ()
    if len(platform.services) == 1:
        return platform.services[0], ()
    gap = Assumption(
        field="hosting.services",
        value=platform.services[0],
        reason=f"the service of {platform.name} that needs the least operation",
        confirm=True,
    )
    return platform.services[0], (gap,)


def _code(decisions: Decisions, platform: Platform, service: str) -> tuple[CodeWish, tuple[Assumption, ...]]:
    said = decisions.iac
    tool = said.tool
    gaps: tuple[Assumption, ...] = ()
    if tool is None and not platform.writes(service):
        return CodeWish(tool="none", files=said.files, repo_location=said.repo_location), ()
    if tool is None:
        tool = next((t for t, target in platform.iac.items() if target == platform.targets[0]), "platform")
        gap = Assumption(
            field="iac.tool",
            value=tool,
            reason=f"what {platform.name} is built with here, so that it can be reviewed and repeated",
            confirm=True,
        )
        gaps = (gap,)
    wish = CodeWish(
        tool=tool, files=said.files, state_backend=said.state.backend, repo_location=said.repo_location
    )
    return wish, gaps
