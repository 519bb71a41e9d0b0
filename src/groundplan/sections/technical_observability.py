"""technical_design_spec.md, Observability: what is watched, each alarm with its route, what stands in."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Section
from groundplan.model.plan import Alarm
from groundplan.model.spec import Field
from groundplan.sections import _answers as said
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, _: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    plan = case.plan
    if plan is None:
        return ()
    tools = [w.name(t) for t in case.decisions.monitoring.tools]
    fields = (
        Field(
            label="Monitoring",
            text=w.listed(tools) or "the platform's own metrics",
            uncertain=w.doubtful(case, "monitoring", "tools"),
            also=("Metrics", "Monitoring tools", "Tools", "Monitoring strategy", "Monitoring & alerting"),
        ),
        Field(
            label="Alerting",
            text=w.lines(w.counted(len(plan.alarms), "alarm"), [_alarm(a) for a in plan.alarms]),
            uncertain=w.doubtful(case, "monitoring", "alert"),
            also=("Alerts", "Alerting strategy"),
        ),
        Field(
            label="Alert routes",
            text=w.listed([w.name(r.channel) for r in plan.routes]),
            uncertain=any(r.assumed for r in plan.routes),
            also=("Notification channels", "Receivers"),
        ),
        Field(
            label="Log retention",
            text=w.joined([w.deeper(case, "Log retention"), said.retention(plan)]),
            also=("Logs", "Logging", "Log management"),
        ),
        Field(
            label="How alerting is served",
            text=w.joined(w.served(case, "monitoring")),
            also=("How it is served",),
        ),
    )
    return tuple(f for f in fields if f.text)


def _alarm(alarm: Alarm) -> str:
    by = f", raised by {inline(alarm.served_by)}" if alarm.served_by else ""
    return f"{w.alarm(alarm)}: {w.listed([w.name(r) for r in alarm.routes])}{by}"


SECTION = Section(key="technical_observability", document=w.DESIGN, heading=("Observability",), render=render)
