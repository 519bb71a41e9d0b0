"""Each decision as a line of the codebase specification. Knows wording; not which field it stands in."""

from __future__ import annotations

from groundplan.facts import names, residency
from groundplan.model.case import Case
from groundplan.model.estimate import Estimate
from groundplan.model.placement import Placement
from groundplan.model.plan import Component, Plan
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline

_SERVICES = {
    "fargate": "ECS on Fargate",
    "machines": "Machines",
    "ec2": "EC2 auto scaling group",
    "ecs_ec2": "ECS on EC2",
}


def provider(case: Case) -> str:
    plan, said = case.plan, case.decisions.hosting
    if plan is None:
        return own_words(case, "hosting")
    text = f"{w.name(plan.platform)} ({_SERVICES.get(plan.service, w.name(plan.service))})"
    stores = w.listed([w.store(c, plan.platform) for c in w.stores(plan)])
    rejected = w.listed([w.name(p) for p in said.rejected])
    return w.joined(
        [f"{text}, with {stores}" if stores else text, f"ruled out: {rejected}" if rejected else ""]
    )


def regions(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return own_words(case, "regions")
    places = [
        f"{inline(p.code)} ({inline(p.city)}, {inline(names.place(p.country.lower()))})" for p in plan.places
    ]
    where = f"one region: {places[0]}"
    if len(places) > 1:
        where = (
            f"{len(places)} regions: {w.listed([places[0].removesuffix(')') + '; primary)', *places[1:]])}"
        )
    users = w.listed([w.place(u) for u in plan.draft.users])
    return w.joined([where, duties(plan), failover(plan), f"users in {users}" if users else ""])


def duties(plan: Plan) -> str:
    """`data must stay in Germany (GDPR)`; a law that names no place stands alone."""
    stated = [r.lower() for r in plan.draft.residency]
    areas = w.listed([w.place(r) for r in stated if len(r) == 2 or r == "eea"])
    laws = w.listed([w.name(r) for r in stated if not (len(r) == 2 or r == "eea")])
    if areas:
        return f"data must stay in {areas}" + (f" ({laws})" if laws else "")
    return f"stated duty: {laws}" if laws else ""


def failover(plan: Plan) -> str:
    if not plan.draft.failover or len(plan.places) < 2:
        return ""
    rest = [inline(p.code) for p in plan.places[1:]]
    return f"{w.listed(rest)} {'is' if len(rest) == 1 else 'are'} to take over when {inline(plan.places[0].code)} is lost"


def scaling(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return own_words(case, "scaling")
    wish = plan.draft.scaling
    low, start, high = w.counts(plan)
    if wish.mode == "manual":
        return f"by hand: {w.counted(start, 'instance')} of {w.size(plan)}"
    mode = "automatic" if wish.mode == "auto" else wish.mode
    each = f" over {len(plan.places)} regions" if len(plan.places) > 1 else ""
    text = f"{mode}: {low} to {w.counted(high, 'instance')}{each} of {w.size(plan)}, {start} at the start"
    triggers = " or ".join(w.trigger(t) for t in wish.triggers)
    return w.joined([text, f"one more when {triggers}" if triggers else ""])


def monitoring(case: Case) -> str:
    plan, value = case.plan, case.decisions.monitoring
    if plan is None:
        return own_words(case, "monitoring")
    tools = w.listed([w.name(t) for t in value.tools])
    needs = w.listed([w.name(n) for n in value.needs])
    text = f"{tools} for {needs}" if tools and needs else tools or needs
    outside = w.listed([inline(c.name) for c in plan.role("uptime")])
    return w.joined([text, retention(plan), f"checked from outside by {outside}" if outside else ""])


def retention(plan: Plan) -> str:
    return f"logs are kept {plan.log_retention_days} days" if plan.log_retention_days else ""


def alerting(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return ""  # the answer stands whole under Monitoring
    return w.joined([f"{w.alarm(a)} to {w.listed([w.name(r) for r in a.routes])}" for a in plan.alarms])


def cost(case: Case) -> str:
    plan, estimate = case.plan, case.estimate
    if plan is None or estimate is None:
        return own_words(case, "budget")
    limit = plan.budget.limit
    alerts = [f"{w.number(p)} %" for p in plan.budget.thresholds_percent]
    budget = (
        f"budget {w.amount(limit)} a month" + (f", alert at {w.listed(alerts)}" if alerts else "")
        if limit
        else _unclear_budget(case)
    )
    about = "about " if estimate.like else ""
    spent = f"estimate {about}{w.money(estimate.judged, estimate.currency)} a month (prices as of {estimate.as_of})"
    left = estimate.nowhere if estimate.like else estimate.missing
    return w.joined([budget, spent, _stand_ins(estimate), _judged(estimate, budget), w.unpriced(len(left))])


def _unclear_budget(case: Case) -> str:
    """What was said, where no one sum could be read from it."""
    reading = case.decisions.readings.get("budget")
    stated = reading is not None and reading.status == "unclear"
    return f"stated as “{own_words(case, 'budget')}”, which is not clear yet" if stated else ""


def _stand_ins(estimate: Estimate) -> str:
    count = len(estimate.missing) - len(estimate.nowhere)
    where = w.listed([inline(region) for region in estimate.like_regions])
    return f"{w.counted(count, 'line')} at the prices of {where}, having none here" if estimate.like else ""


_JUDGED = {
    "within": "within the budget even at the maximum",
    "breaks_at_maximum": "within the budget at the expected load",
    "breaks_at_expected": "over the budget at the expected load",
    "over_at_minimum": "over the budget already at the minimum",
}


def _judged(estimate: Estimate, budget: str) -> str:
    """The verdict, without the sums that stand beside it already."""
    verdict = estimate.verdict
    words = _JUDGED.get(verdict.state)
    if words is None:
        unsaid = verdict.state == "no_budget" and budget
        return "" if unsaid else verdict.text.split("; with the prices of")[0]
    at = verdict.breaks_at_instances
    passed = f", passed at {w.counted(at, 'instance')}" if at and verdict.state == "breaks_at_maximum" else ""
    rate = verdict.conversion
    date = rate.source.rpartition("(")[2].rstrip(")") if rate else ""
    sum_ = f" ({verdict.limit:,.2f} {estimate.currency} at {rate.usd:f}, {date})" if rate else ""
    known = estimate.like is not None or not estimate.missing or verdict.state == "over_at_minimum"
    return ("" if known else "as far as prices are known, ") + words + sum_ + passed


_REPOSITORY = {"same_repo": ", in this repository", "separate_repo": ", in a repository of its own"}


def code(case: Case) -> str:
    value, plan = case.decisions.iac, case.plan
    tool = value.tool or (plan.draft.code.tool if plan else "")
    text = w.name(tool) if tool else ""
    text += f" ({w.listed([inline(f) for f in value.files])})" if value.files else ""
    text += f", state in {w.name(value.state.backend)}" if value.state.backend else ""
    text += _REPOSITORY.get(value.repo_location or "", "")
    return text + (", under `infra/`" if plan and plan.target not in ("", "native", "none") else "")


def runtime(plan: Plan) -> str:
    return {
        "fargate": "the container image as tasks of ECS on Fargate",
        "lambda": "the container image as a function of AWS Lambda",
        "ec2": "the container image with Docker on instances of an EC2 auto scaling group",
        "machines": "the container image in Fly Machines",
    }.get(plan.service, "")


def secrets_store(plan: Plan) -> str:
    store = {"fly": "`fly secrets`", "aws": "AWS Secrets Manager"}.get(plan.platform, "")
    return f"{store}, by reference; no value is in the repository" if store and plan.secrets else ""


def recovery(case: Case) -> str:
    """Recovery objectives where they were stated, and what takes over."""
    stated, plan = w.deeper(case, "Recovery objectives"), case.plan
    return w.joined([stated, *((failover(plan), _alone(plan)) if plan else ())])


def _alone(plan: Plan) -> str:
    """What a failover does not reach: the database of the plan's own platform that runs in one region of several."""
    if not plan.draft.failover or len(plan.places) < 2:
        return ""
    found = {c.region: c for c in plan.role("database", plan.platform)}
    return w.joined(
        [f"{inline(c.name)} runs in {inline(r)} alone" for r, c in found.items() if r and len(found) == 1]
    )


def backups(case: Case) -> str:
    """Only what the plan itself decides: the days that its database keeps, and a standby."""
    plan = case.plan
    return w.joined([_kept(c) for c in plan.role("database", plan.platform)] if plan else [])


def _kept(c: Component) -> str:
    days = c.settings.get("backup_days")
    standby = ", with a standby in another zone" if c.settings.get("multi_az") else ""
    return f"{inline(c.name)}: daily, kept {days} days{standby}" if days else ""


def data(case: Case) -> str:
    """Where everything lies, one line a place; empty where no duty names an area."""
    plan = case.plan
    if plan is None or (not residency.countries(plan.draft.residency) and not _areas(plan)):
        return ""
    rows: dict[str, list[str]] = {}
    for one in residency.placements(plan, case.facts):
        component = next(c for c in plan.components if c.key == one.component)
        what = (
            f"{w.COPIES[one.what]} of {inline(component.name)}"
            if one.what in w.COPIES
            else inline(component.name)
        )
        rows.setdefault(_lies(one), []).append(what)
    lines = [f"{where}: {w.listed(list(dict.fromkeys(what)))}" for where, what in rows.items()]
    return w.lines(f"as planned; {duties(plan)}", lines)


def _areas(plan: Plan) -> bool:
    return any(duty in ("gdpr", "eea", "eu") for duty in plan.draft.residency)


def _lies(one: Placement) -> str:
    inside = {True: "inside", False: "outside", None: "not known whether inside"}[one.inside]
    country = inline(names.place(one.country.lower())) if one.country else ""
    where = ", ".join(part for part in (inline(one.city), country) if part) or "where is not known"
    return f"{where} ({inside})" + (f", chosen at {inline(one.choice)}" if one.choice else "")


def own_words(case: Case, question: str) -> str:
    """The answer as it was given, on one line: what a document says where nothing could be planned."""
    return inline(" ".join(said(case, question).split()))


def said(case: Case, question: str) -> str:
    reading = case.decisions.readings.get(question)
    return reading.text if reading else ""
