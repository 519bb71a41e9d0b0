"""technical_design_spec.md, Observability: what is watched, each alarm with its route, what stands in."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    tools = [w.tool_name(t) for t in case.decisions.monitoring.tools]
    kept = f"; logs are kept {plan.log_retention_days} days" if plan.log_retention_days else ""
    fields = [
        Field(
            label="Monitoring",
            text=(w.listed(tools) or "the platform's own metrics") + kept,
            uncertain=w.doubtful(case, "monitoring", "tools"),
            also=("Metrics", "Monitoring tools", "Tools"),
        ),
        Field(
            label="Alerting",
            text="\n".join(
                [f"{len(plan.alarms)} alarms", *(_alarm(case, i) for i in range(len(plan.alarms)))]
            ),
            uncertain=w.doubtful(case, "monitoring", "alert"),
            also=("Alerts",),
        ),
        Field(
            label="Alert routes",
            text=w.listed([w.channel(r.channel) for r in plan.routes]),
            uncertain=any(r.assumed for r in plan.routes),
            also=("Notification channels", "Receivers"),
        ),
    ]
    for line in w.served(case, "monitoring"):
        fields.append(Field(label="How it is served", text=line))
    secrets = [f"`{s.name}`: {inline(s.purpose)}" for s in plan.secrets]
    if secrets:
        fields.append(
            Field(label="Secrets needed", text="\n".join([f"{len(secrets)}, by reference only", *secrets]))
        )
    return tuple(fields)


def _alarm(case: Case, index: int) -> str:
    assert case.plan is not None
    alarm = case.plan.alarms[index]
    routes = w.listed([w.channel(r) for r in alarm.routes])
    by = f", raised by {inline(alarm.served_by)}" if alarm.served_by else ""
    return f"{w.alarm(alarm)}: {routes}{by}"


SECTION = Section(key="technical_observability", document=w.DESIGN, heading=("Observability",), render=render)
