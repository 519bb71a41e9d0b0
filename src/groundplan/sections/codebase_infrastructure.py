"""codebase_spec.md, Infrastructure: provider, regions, scaling, monitoring, cost and code, one line each."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.plan import Plan
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    fields = (
        Field(
            label="Provider",
            text=_provider(case),
            uncertain=w.doubtful(case, "hosting", "primary", "services"),
            also=("Hosting", "Hosting platform", "Cloud provider", "Platform", "Provider/Platform"),
        ),
        Field(
            label="Regions/Zones",
            text=_regions(case),
            uncertain=w.doubtful(case, "regions"),
            also=("Regions", "Region", "Region/Zone", "Regions/Availability"),
        ),
        Field(
            label="Scaling",
            text=_scaling(case),
            uncertain=w.doubtful(case, "scaling"),
            also=("Scaling strategy", "Auto-scaling"),
        ),
        Field(label="Monitoring", text=_monitoring(case), uncertain=w.doubtful(case, "monitoring", "tools")),
        Field(
            label="Alerting",
            text=_alerting(case),
            uncertain=w.doubtful(case, "monitoring", "alert"),
            also=("Alerts",),
        ),
        Field(
            label="Cost",
            text=_cost(case),
            uncertain=w.doubtful(case, "budget", "amount", "currency", "period"),
            also=("Cost management", "Budget", "Cost/Budget"),
        ),
        Field(
            label="Infrastructure as Code",
            text=_code(case),
            uncertain=w.doubtful(case, "iac", "tool"),
            also=("IaC", "IaC approach", "Infrastructure as code (IaC)"),
        ),
    )
    return tuple(f for f in fields if f.text)


def _provider(case: Case) -> str:
    plan = case.plan
    if plan is None:
        names = [w.platform_name(p) for p in case.decisions.hosting.platforms]
        return w.listed(names)
    parts = [f"{w.platform_name(plan.platform)} ({_service(plan)})"]
    parts += [
        f"{inline(c.name)} ({inline(c.sku)})"
        for c in plan.components
        if c.role in ("database", "cache", "queue")
    ]
    rejected = [w.platform_name(p) for p in case.decisions.hosting.rejected]
    return "; ".join(parts) + (f". Ruled out: {w.listed(rejected)}" if rejected else "")


def _service(plan: Plan) -> str:
    return {"fargate": "ECS on Fargate", "machines": "Machines"}.get(plan.service, plan.service)


def _regions(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return w.listed([inline(p.text) for p in case.decisions.regions.regions])
    names = [f"{p.code} ({p.city}, {p.country})" for p in plan.places]
    text = (
        f"{plan.draft.topology} region: "
        if len(names) == 1
        else f"{len(names)} regions, the first is the primary: "
    )
    text += w.listed(names)
    if plan.draft.failover:
        text += "; the others take over when the primary is lost"
    if plan.draft.residency:
        text += f". Stated duty: {w.listed([inline(r.upper()) for r in plan.draft.residency])}"
    if plan.draft.users:
        text += f". Users: {w.listed([inline(u.upper()) for u in plan.draft.users])}"
    return text


def _scaling(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return inline(_said(case, "scaling"))
    wish = plan.draft.scaling
    low, start, high = w.counts(plan)
    if wish.mode == "manual":
        return f"manual: {start} instances of {w.size(plan)}"
    triggers = w.listed([w.trigger(t) for t in wish.triggers])
    text = f"{wish.mode}: {low} to {high} instances of {w.size(plan)}, {start} at the start"
    return text + (f"; one more when {triggers}" if triggers else "")


def _monitoring(case: Case) -> str:
    plan = case.plan
    tools = [w.tool_name(t) for t in case.decisions.monitoring.tools]
    needs = [inline(n) for n in case.decisions.monitoring.needs]
    text = w.listed(tools) + (
        f" for {w.listed(needs)}" if needs and tools else w.listed(needs) if needs else ""
    )
    if plan and plan.log_retention_days:
        text += ("; " if text else "") + f"logs are kept {plan.log_retention_days} days"
    outside = [inline(c.name) for c in plan.role("uptime")] if plan else []
    if outside:
        text += ("; " if text else "") + f"checked from outside by {w.listed(outside)}"
    return text


def _alerting(case: Case) -> str:
    plan = case.plan
    if plan is None:
        return w.listed([w.channel(c) for c in case.decisions.monitoring.alert_channels])
    rows = [f"{w.alarm(a)} to {w.listed([w.channel(r) for r in a.routes])}" for a in plan.alarms]
    return "; ".join(rows)


def _cost(case: Case) -> str:
    plan, estimate = case.plan, case.estimate
    if plan is None or estimate is None:
        return inline(_said(case, "budget"))
    parts = []
    if plan.budget.limit:
        alerts = ", ".join(f"{w.number(p)} %" for p in plan.budget.thresholds_percent)
        parts.append(
            f"budget {plan.budget.limit.amount:,.2f} {plan.budget.limit.currency} a month, alert at {alerts}"
        )
    least = "at least " if estimate.missing else ""
    parts.append(
        f"estimate {least}{w.money(estimate.total, estimate.currency)} a month (prices as of {estimate.as_of})"
    )
    if estimate.missing:
        parts.append(f"{w.unknown(len(estimate.missing))} and not included")
    if estimate.like_words not in estimate.verdict.text:
        parts.append(estimate.like_words)
    parts.append(estimate.verdict.text)
    return "; ".join(parts)


def _code(case: Case) -> str:
    said = case.decisions.iac
    tool = said.tool or (case.plan.draft.code.tool if case.plan else "")
    text = w.IAC.get(tool, inline(tool))
    if said.files:
        text += f" ({w.listed([inline(f) for f in said.files])})"
    if said.state.backend:
        text += f", state in {inline(said.state.backend)}"
    return text + (", under infra/" if case.plan and case.plan.target == "terraform" else "")


def _said(case: Case, question: str) -> str:
    reading = case.decisions.readings.get(question)
    return reading.text if reading else ""


SECTION = Section(
    key="codebase_infrastructure", document=w.CODEBASE, heading=("Infrastructure",), render=render
)
