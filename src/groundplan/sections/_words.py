"""Plan and decisions in one-line English. Knows wording; not which field it stands in."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.case import Case
from groundplan.model.plan import Alarm, Plan, ScaleTrigger
from groundplan.model.quantity import Range
from groundplan.platforms import platforms
from groundplan.services import services
from groundplan.syntax.markdown import inline

CODEBASE = "docs/specs/codebase_spec.md"
DESIGN = "docs/specs/technical_design_spec.md"
OPTIONS = "docs/specs/implementation_options_spec.md"
METRICS = {
    "cpu": "CPU",
    "memory": "memory",
    "requests": "requests",
    "p95_latency": "p95 latency",
    "queue": "queue length",
}
CONDITIONS = {
    "downtime": "downtime", "error_rate": "error rate", "cpu": "CPU", "memory": "memory", "latency": "p95 latency",
    "disk": "disk", "queue": "queue length",
}  # fmt: skip
CHANNELS = {
    "email": "e-mail",
    "slack": "Slack",
    "pagerduty": "PagerDuty",
    "sms": "SMS",
    "teams": "Microsoft Teams",
}
TOOLS = {
    "fly_metrics": "Fly.io metrics", "cloudwatch": "CloudWatch", "stackdriver": "Google Cloud Monitoring",
    "app_insights": "Application Insights", "prometheus": "Prometheus",
}  # fmt: skip
IAC = {
    "terraform": "Terraform", "opentofu": "OpenTofu", "pulumi": "Pulumi", "cloudformation": "CloudFormation",
    "none": "none, by hand with a runbook", "platform": "the platform's own file",
}  # fmt: skip


def number(value: Decimal | int) -> str:
    """Without trailing zeros or an exponent."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int, unit: str | None) -> str:
    return f"{number(value)} {unit}".strip() if unit else number(value)


def money(total: Range, currency: str) -> str:
    low, middle, high = (f"{v:,.2f}" for v in (total.floor, total.expected, total.ceiling))
    return f"{low} {currency}" if low == high else f"{low} to {high} {currency}, expected {middle}"


def unknown(count: int) -> str:
    return "1 price is not known" if count == 1 else f"{count} prices are not known"


def memory(mib: int) -> str:
    return f"{number(Decimal(mib) / 1024)} GB" if mib % 256 == 0 and mib >= 1024 else f"{mib} MB"


def platform_name(key: str) -> str:
    known = platforms().get(key)
    return known.name if known else inline(key)


def tool_name(key: str) -> str:
    known = services().get(key)
    return TOOLS.get(key) or (known.name if known else inline(key.replace("_", " ")))


def channel(key: str) -> str:
    known = services().get(key)
    return CHANNELS.get(key) or (known.name if known else inline(key))


def listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def trigger(t: ScaleTrigger) -> str:
    unit = "" if t.unit == t.metric else t.unit
    return f"{METRICS.get(t.metric, inline(t.metric))} {t.op} {quantity(t.value, unit)}"


def alarm(a: Alarm) -> str:
    name = CONDITIONS.get(a.condition, inline(a.condition))
    level = f" > {quantity(a.threshold, a.unit)}" if a.threshold is not None else ""
    return f"{name}{level} for {a.window_s // 60} minutes"


def served(case: Case, question: str) -> list[str]:
    """What stands in for an intent that the platform cannot serve, one line each."""
    found = case.plan.substitutions if case.plan else ()
    return [f"{inline(s.intent)}: {inline(s.served_by)}" for s in found if s.question == question]


def doubtful(case: Case, question: str, *fields: str) -> bool:
    """Whether something that a person should confirm stands behind these fields of `question`."""
    reading = case.decisions.readings.get(question)
    if reading is None or reading.status in ("unknown", "default", "unclear"):
        return True
    wanted = tuple(f"{question}.{field}" for field in fields) or (f"{question}.",)
    gaps = case.plan.assumptions if case.plan else ()
    stated = tuple(fields)
    return any(a.confirm and a.field.startswith(wanted) for a in gaps) or any(
        not stated or u.startswith(stated) for u in reading.unclear
    )


def counts(plan: Plan) -> tuple[int, int, int]:
    """Web instances in all regions together: minimum, at the start, maximum."""
    web = plan.role("web")
    return sum(c.minimum for c in web), sum(c.initial for c in web), sum(c.maximum for c in web)


def size(plan: Plan) -> str:
    web = next(iter(plan.role("web")), None)
    if web is None:
        return ""
    parts = [web.sku]
    if web.cpu is not None:
        parts.append(f"{number(web.cpu)} vCPU")
    if web.memory_mib is not None:
        parts.append(f"{memory(web.memory_mib)} memory")
    return ", ".join(parts)
