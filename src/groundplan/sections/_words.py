"""Plan and decisions in one-line English. Knows wording; not which field it stands in."""

from __future__ import annotations

from decimal import Decimal

from groundplan.facts import names
from groundplan.model.case import Case
from groundplan.model.plan import Alarm, Component, Plan, ScaleTrigger
from groundplan.model.quantity import Money, Range
from groundplan.platforms import platforms
from groundplan.services import service
from groundplan.syntax.markdown import inline

CODEBASE = "docs/specs/codebase_spec.md"
DESIGN = "docs/specs/technical_design_spec.md"
OPTIONS = "docs/specs/implementation_options_spec.md"
STORES = ("database", "cache", "queue", "storage")
COPIES = {"backup": "the backups", "pair": "the paired copy"}
_CLAUSE = 100
_ENDS = (", ", ";", ". ", "\n", "(", ")")
_AREAS = ("eu", "us", "uk", "eea")


def number(value: Decimal | int) -> str:
    """Without trailing zeros or an exponent."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int, unit: str | None) -> str:
    return f"{number(value)} {unit}".strip() if unit else number(value)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 alarm`, `2 alarms`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def money(total: Range, currency: str) -> str:
    low, middle, high = (f"{v:,.2f}" for v in (total.floor, total.expected, total.ceiling))
    return f"{low} {currency}" if low == high else f"{low} to {high} {currency}, expected {middle}"


def amount(value: Money) -> str:
    """`100 USD`, `99.50 EUR`."""
    return f"{value.amount:,.2f}".removesuffix(".00") + f" {value.currency}"


def unpriced(count: int) -> str:
    """What an estimate leaves out; empty where it leaves out nothing."""
    if not count:
        return ""
    return (
        f"{count} prices are not known and come on top"
        if count > 1
        else "1 price is not known and comes on top"
    )


def memory(mib: int) -> str:
    return f"{number(Decimal(mib) / 1024)} GB" if mib % 256 == 0 and mib >= 1024 else f"{mib} MB"


def name(key: str) -> str:
    """What a platform, a tool, a channel or a product is called."""
    if spelled := names.spelled(key):
        return spelled
    known = platforms().get(key) or service(key)
    return known.name if known else inline(names.name(key))


def place(key: str) -> str:
    """A country or an area, as it stands in a sentence."""
    spelled = inline(names.place(key.lower()))
    return f"the {spelled}" if key.lower() in (*_AREAS, "gb", "nl") else spelled


def listed(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def joined(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def clause(text: str, start: int, end: int) -> str:
    """The words `text[start:end]` with the rest of their clause, so that a reader knows what they were about."""
    before = max(text.rfind(mark, 0, start) for mark in _ENDS)
    after = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    whole = " ".join(text[before + 1 : after].split())
    return whole if len(whole) <= _CLAUSE else " ".join(text[start:end].split())


def lines(head: str, rest: list[str]) -> str:
    return "\n".join([head, *rest]) if rest else ""


def trigger(t: ScaleTrigger) -> str:
    unit = "" if t.unit == t.metric else t.unit
    return f"{name(t.metric)} {t.op} {quantity(t.value, unit)}"


def alarm(a: Alarm) -> str:
    """`downtime for 2 minutes`, `p95 latency > 800 ms for 5 minutes`."""
    what = "p95 latency" if a.condition == "latency" else name(a.condition)
    level = f" > {quantity(a.threshold, a.unit)}" if a.threshold is not None else ""
    lasting = counted(a.window_s // 60, "minute") if a.window_s % 60 == 0 else f"{a.window_s} seconds"
    return f"{what}{level} for {lasting}"


def store(c: Component, platform: str) -> str:
    """`RDS PostgreSQL (db.t4g.small)` at the platform itself, `PostgreSQL on Neon` elsewhere."""
    if c.provider == platform or name(c.provider).casefold() in c.name.casefold():
        same = c.name.casefold() == c.sku.casefold()
        return inline(c.name) if same else f"{inline(c.name)} ({inline(c.sku)})"
    kind = names.spelled(c.sku) or names.spelled(c.name.lower()) or inline(c.name)
    return f"{kind} on {name(c.provider)}"


def stores(plan: Plan) -> list[Component]:
    return [c for c in plan.components if c.role in STORES]


def served(case: Case, question: str) -> list[str]:
    """What stands in for an intent that the platform cannot serve, one line each."""
    found = case.plan.substitutions if case.plan else ()
    return [f"{inline(s.intent)}: {inline(s.served_by)}" for s in found if s.question == question]


def deeper(case: Case, topic: str) -> str:
    """What was answered to a deeper topic, `Access control` say; empty where it was left open."""
    return inline(case.answers.deeper.get(topic, ""))


def doubtful(case: Case, question: str, *fields: str) -> bool:
    """Whether something that a person should confirm stands behind these fields of `question`."""
    reading = case.decisions.readings.get(question)
    if reading is None or reading.status in ("unknown", "default"):
        return True
    wanted = tuple(f"{question}.{field}" for field in fields) or (f"{question}.",)
    gaps = case.plan.assumptions if case.plan else ()
    return any(a.confirm and a.field.startswith(wanted) for a in gaps) or any(
        not fields or u.startswith(fields) for u in reading.unclear
    )


def workers(plan: Plan) -> Component | None:
    """Background processes that were counted, in the first place."""
    return next((c for c in plan.components if c.key.startswith("worker.")), None)


def counts(plan: Plan) -> tuple[int, int, int]:
    """Web instances in all regions together: minimum, at the start, maximum."""
    web = plan.role("web")
    return sum(c.minimum for c in web), sum(c.initial for c in web), sum(c.maximum for c in web)


def size(plan: Plan) -> str:
    """`0.5 vCPU, 1 GB memory (fargate-512-1024)`."""
    web = next(iter(plan.role("web")), None)
    if web is None:
        return ""
    parts = [f"{number(web.cpu)} vCPU"] if web.cpu is not None else []
    parts += [f"{memory(web.memory_mib)} memory"] if web.memory_mib is not None else []
    return f"{', '.join(parts)} ({inline(web.sku)})" if parts else inline(web.sku)
