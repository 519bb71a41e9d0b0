"""Drafts to plan on Fly.io, and the facts to plan them with; shared by the Fly.io tests."""

from decimal import Decimal

from groundplan.facts import load
from groundplan.model.answer import App
from groundplan.model.plan import (
    Alarm,
    BudgetWish,
    CodeWish,
    Draft,
    Place,
    Route,
    ScaleTrigger,
    ScalingWish,
    StoreWish,
)
from groundplan.model.quantity import Money

FACTS = load()


def place(code: str) -> Place:
    region = FACTS.regions["fly"][code]
    return Place(code=code, city=region.city, country=region.country, eea=region.eea)


def trigger(metric: str, value: str, unit: str, op: str = ">") -> ScaleTrigger:
    return ScaleTrigger(metric=metric, op=op, value=Decimal(value), unit=unit)


def wish(mode="auto", counts=(2, 2, 5), memory=1024, cpu=None, triggers=(), schedule=None) -> ScalingWish:
    low, start, high = counts
    return ScalingWish(
        mode=mode, minimum=low, initial=start, maximum=high, memory_mib=memory, cpu=cpu, triggers=tuple(triggers),
        schedule=schedule,
    )  # fmt: skip


def alarm(condition: str, threshold: str | None = None, unit: str | None = None, *routes: str) -> Alarm:
    value = None if threshold is None else Decimal(threshold)
    return Alarm(condition=condition, threshold=value, unit=unit, window_s=300, routes=routes or ("email",))


def draft(project="orders", codes=("iad",), **changes) -> Draft:
    values = {
        "project": project,
        "quality": "production",
        "app": App(),
        "platform": "fly",
        "service": "machines",
        "topology": "single" if len(codes) == 1 else "multi",
        "places": tuple(place(c) for c in codes),
        "scaling": wish(triggers=[trigger("cpu", "80", "%")]),
        "stores": (StoreWish(kind="postgres", provider=None), StoreWish(kind="redis", provider="upstash")),
        "tools": ("fly_metrics", "sentry"),
        "alarms": (alarm("downtime"),),
        "routes": (Route(channel="email", receiver="alert_email"),),
        "budget": BudgetWish(
            limit=Money(Decimal("100.00")), said="$100", thresholds_percent=(Decimal(80),),
            tracking=("platform_dashboard",),
            optimisations=("scale_down_off_hours",),
        ),
        "code": CodeWish(tool="platform", files=("fly.toml",)),
    }  # fmt: skip
    return Draft(**{**values, **changes})


SEED = draft()
"""The specification's own six answers, as a draft."""
CONTINENTS = draft(
    "photo-share",
    ("fra", "iad"),
    app=App(port=3000, health_path="/up", image="registry.example/photo:1"),
    scaling=wish(counts=(1, 1, 4), memory=512, triggers=[trigger("requests", "50", "requests per second")]),
    stores=(StoreWish(kind="postgres", provider="neon"),),
    tools=("uptimerobot", "fly_metrics"),
    alarms=(alarm("downtime", None, None, "slack"), alarm("error_rate", "2", "%", "slack")),
    routes=(Route(channel="slack", receiver="alert_slack"),),
    budget=BudgetWish(limit=Money(Decimal("60.00")), thresholds_percent=(Decimal(75),)),
)
REGIONAL = draft(
    "ledger",
    ("cdg", "lhr"),
    scaling=wish(
        counts=(1, 2, 6),
        triggers=[trigger("cpu", "70", "%"), trigger("p95_latency", "0.5", "s"), trigger("memory", "75", "%")],
    ),
    alarms=(
        alarm("downtime", None, None, "pagerduty", "email"), alarm("cpu", "85", "%"), alarm("memory", "85", "%"),
        alarm("latency", "1", "s", "slack"), alarm("disk", "90", "%"), alarm("queue", "100", "messages"),
        alarm("error_rate", "5", "%", "pagerduty"),
    ),
    routes=(Route(channel="pagerduty"), Route(channel="email", address="ops@example.com"), Route(channel="slack")),
    budget=BudgetWish(
        limit=Money(Decimal("90.00"), "EUR"), thresholds_percent=(Decimal(50), Decimal(80), Decimal(100))
    ),
)  # fmt: skip
FIXED = draft(
    "tiny", scaling=wish("manual", (1, 1, 1), None), stores=(), tools=(), alarms=(), routes=(),
    budget=BudgetWish(limit=None),
)  # fmt: skip
SLEEPY = draft(
    "sleepy",
    ("syd",),
    scaling=wish("serverless", (0, 1, 3), 256),
    stores=(StoreWish(kind="queue", provider=None),),
)
DRAFTS = {"seed": SEED, "continents": CONTINENTS, "regional": REGIONAL, "fixed": FIXED, "sleepy": SLEEPY}
