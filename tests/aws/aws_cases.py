"""Drafts to plan on AWS, and the facts to plan them with; shared by the AWS tests."""

from decimal import Decimal

from groundplan.facts import load
from groundplan.model.answer import App
from groundplan.model.plan import (
    Alarm,
    BudgetWish,
    CodeWish,
    Draft,
    Place,
    Plan,
    Route,
    ScaleTrigger,
    ScalingWish,
)
from groundplan.model.quantity import Money
from groundplan.platforms.aws.plan import plan

FACTS = load()


def place(code: str) -> Place:
    region = FACTS.regions["aws"][code]
    return Place(code=code, city=region.city, country=region.country, eea=region.eea)


def trigger(metric: str, value: str, unit: str = "%") -> ScaleTrigger:
    return ScaleTrigger(metric=metric, op=">", value=Decimal(value), unit=unit)


def wish(mode="auto", counts=(2, 2, 6), memory=1024, cpu="0.5", triggers=(), schedule=None) -> ScalingWish:
    low, start, high = counts
    return ScalingWish(
        mode=mode, minimum=low, initial=start, maximum=high, memory_mib=memory,
        cpu=None if cpu is None else Decimal(cpu), triggers=tuple(triggers), schedule=schedule,
    )  # fmt: skip


def alarm(condition: str, threshold: str | None = None, unit: str | None = None, *routes: str) -> Alarm:
    value = None if threshold is None else Decimal(threshold)
    return Alarm(condition=condition, threshold=value, unit=unit, window_s=300, routes=routes or ("email",))


def draft(project="orders", codes=("us-east-1",), **changes) -> Draft:
    values = {
        "project": project,
        "quality": "production",
        "app": App(),
        "platform": "aws",
        "service": "fargate",
        "topology": "single" if len(codes) == 1 else "multi",
        "places": tuple(place(c) for c in codes),
        "scaling": wish(triggers=[trigger("cpu", "60")]),
        "alarms": (alarm("downtime"),),
        "routes": (Route(channel="email", receiver="alert_email"),),
        "budget": BudgetWish(limit=Money(Decimal("400.00")), thresholds_percent=(Decimal(80),)),
        "code": CodeWish(tool="terraform"),
    }
    return Draft(**{**values, **changes})


def planned(**changes) -> Plan:
    return plan(draft(**changes), FACTS)
