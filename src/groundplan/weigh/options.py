"""The option matrix: every platform planned and priced for the same capacity. Knows how to lay rows side by side."""

from __future__ import annotations

from typing import Literal

from groundplan import plan, price
from groundplan.facts import residency
from groundplan.model.answer import Answers
from groundplan.model.decision import Decisions
from groundplan.model.estimate import Estimate, OptionRow
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Platform
from groundplan.model.placement import Placement
from groundplan.model.plan import Plan
from groundplan.model.quantity import Range
from groundplan.platforms import platforms
from groundplan.weigh.latency import latencies
from groundplan.weigh.recommend import recommended


def compare(
    answers: Answers, decisions: Decisions, facts: Facts, chosen: Plan | None, estimate: Estimate | None
) -> tuple[OptionRow, ...]:
    """Every platform for the same capacity, with the one recommended and why."""
    rows = []
    for key, platform in platforms().items():
        if chosen and estimate and key == chosen.platform:
            made, cost = chosen, estimate
        elif platform.services:
            made = plan.plan(plan.draft(answers, decisions, facts, key), facts)
            cost = price.price(made, facts)
        else:
            rows.append(_named(platform))
            continue
        rows.append(_row(platform, made, cost, facts, decisions, made is chosen))
    return recommended(tuple(rows))


def _named(platform: Platform) -> OptionRow:
    """A platform that is understood and cannot be planned."""
    return OptionRow(
        platform=platform.key,
        name=platform.name,
        service="",
        regions=(),
        total=None,
        missing=0,
        scaling=platform.scaling,
        monitoring=platform.monitoring,
        budget_alarm=platform.budget_alarm,
        code=platform.code,
        risk=platform.risk,
    )


def _row(
    platform: Platform, made: Plan, cost: Estimate, facts: Facts, decisions: Decisions, chosen: bool
) -> OptionRow:
    other = platform.described(made.service)
    return OptionRow(
        platform=platform.key,
        name=platform.name,
        service=made.service,
        regions=tuple(p.code for p in made.places),
        total=None if price.machines_unpriced(cost) else cost.total,
        missing=len(cost.missing),
        scaling=other.scaling if other else platform.scaling,
        monitoring=platform.monitoring,
        budget_alarm=platform.budget_alarm,
        code=platform.code if platform.writes(made.service) else "groundplan does not write its code yet.",
        risk=other.risk if other else platform.risk,
        chosen=chosen,
        like=_like(cost),
        unknown=tuple(dict.fromkeys(m.meter for m in cost.missing if m.like is None)),
        places=tuple(f"{p.city} ({p.code})" if p.city != p.said else p.city for p in made.places),
        residency=_kept(residency.placements(made, facts), made),
        short=_short(made, decisions),
        latency=latencies(made, facts),
        instead=tuple(f"{s.intent}: {s.served_by}" for s in made.substitutions),
        fit=_fit(made),
        budget_state=cost.verdict.state,
        burden=other.burden if other else platform.burden,
        operations=other.operations if other else platform.operations,
        iac=() if other else tuple(platform.iac),
        written=platform.writes(made.service),
        lifecycle=_lifecycle(made, facts),
        sla=_sla(other.sla if other else platform.sla, facts),
        rejected=platform.key in decisions.hosting.rejected,
    )


def _kept(placed: tuple[Placement, ...], made: Plan) -> Literal["", "kept", "partly", "not_kept"]:
    every = residency.kept(placed)
    if every is None or every:
        return "" if every is None else "kept"
    first = made.places[0].code if made.places else ""
    return "partly" if residency.kept(tuple(p for p in placed if p.region == first)) else "not_kept"


def _short(made: Plan, decisions: Decisions) -> str:
    said = len({p.text for p in decisions.regions.regions}) if made.draft.topology != "global" else 0
    multi = decisions.regions.topology == "multi" or decisions.regions.failover
    return (
        f"{len(made.places)} of the {said} regions that you named"
        if multi and len(made.places) < said
        else ""
    )


def _fit(made: Plan) -> dict[str, str]:
    """How well each wish is met, with the construct that stands in where it is not met as stated."""
    found = dict.fromkeys(("scaling", "monitoring", "budget"), "as stated")
    for s in made.substitutions:
        if s.question in found:
            before = found[s.question]
            found[s.question] = s.served_by if before == "as stated" else f"{before}; {s.served_by}"
    return found


def _like(cost: Estimate) -> Range | None:
    """The total with stand-ins, where only the stores and the like have no price at all."""
    return None if any(m.role in price.MACHINES for m in cost.nowhere) else cost.like


def _lifecycle(made: Plan, facts: Facts) -> str:
    """What is not simply open about the platform, its service, or a store of this plan."""
    ids = [made.platform, f"{made.platform}.{made.service}"]
    ids += [f"{made.platform}.{s.kind}" for s in made.draft.stores if s.provider in (None, made.platform)]
    rows = [facts.lifecycles[i] for i in dict.fromkeys(ids) if i in facts.lifecycles]
    return "; ".join(f"{row.status}: {row.text} ({facts.source_of(row).date})" for row in rows)


def _sla(id: str, facts: Facts) -> str:
    row = facts.slas.get(id)
    if row is None:
        return ""
    figure = (
        "no published figure" if row.percent is None else f"{row.percent.normalize():f} % with {row.topology}"
    )
    certainty = facts.source_of(row).certainty
    return figure if certainty == "verified" or row.percent is None else f"{figure} ({certainty})"
