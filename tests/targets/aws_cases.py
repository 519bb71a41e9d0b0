"""Drafts to plan on AWS: teams that differ in regions, scaling, stores, alarms, routes, budget and level."""

from decimal import Decimal

import msgspec

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
    StoreWish,
)
from groundplan.model.quantity import Money
from groundplan.plan import plan

FACTS = load()


def place(code: str) -> Place:
    region = FACTS.regions["aws"][code]
    return Place(code=code, city=region.city, country=region.country, eea=region.eea)


def trigger(metric: str, value: str, unit: str = "%") -> ScaleTrigger:
    return ScaleTrigger(metric=metric, op=">", value=Decimal(value), unit=unit)


def wish(mode="auto", counts=(2, 2, 6), memory=1024, cpu=None, triggers=(), schedule=None) -> ScalingWish:
    low, start, high = counts
    return ScalingWish(
        mode=mode, minimum=low, initial=start, maximum=high, memory_mib=memory, cpu=cpu, triggers=tuple(triggers),
        schedule=schedule,
    )  # fmt: skip


def alarm(condition: str, threshold: str | None = None, unit: str | None = None, *routes: str) -> Alarm:
    value = None if threshold is None else Decimal(threshold)
    return Alarm(condition=condition, threshold=value, unit=unit, window_s=300, routes=routes or ("email",))


def budget(amount: str, *percents: str, currency: str = "USD") -> BudgetWish:
    return BudgetWish(
        limit=Money(Decimal(amount), currency), thresholds_percent=tuple(Decimal(p) for p in percents)
    )


EMAIL = (Route(channel="email", receiver="alert_email"),)


def draft(project="orders", codes=("eu-central-1",), **changes) -> Draft:
    values = {
        "project": project,
        "quality": "production",
        "app": App(),
        "platform": "aws",
        "service": "fargate",
        "topology": "single" if len(codes) == 1 else "multi",
        "places": tuple(place(c) for c in codes),
        "scaling": wish(triggers=[trigger("cpu", "60")]),
        "stores": (StoreWish(kind="postgres", provider=None),),
        "alarms": (alarm("downtime"),),
        "routes": EMAIL,
        "budget": budget("400.00", "80"),
        "code": CodeWish(tool="terraform"),
    }  # fmt: skip
    return Draft(**{**values, **changes})


def routes(*channels: str) -> tuple[Route, ...]:
    return tuple(Route(channel=c, receiver=f"alert_{c}") for c in channels)


EVERY_ALARM = (
    alarm("downtime", None, None, "pagerduty", "email"),
    alarm("error_rate", "2", "%", "pagerduty"),
    alarm("latency", "800", "ms", "email"),
    alarm("latency", "1.5", "s", "sms"),
    alarm("cpu", "85", "%", "email"),
    alarm("memory", "90.5", "%", "email"),
    alarm("disk", "85", "%", "email"),
    alarm("queue", "100", "messages", "email"),
)
PG, REDIS = StoreWish(kind="postgres", provider=None), StoreWish(kind="redis", provider=None)
MYSQL, QUEUE = StoreWish(kind="mysql", provider=None), StoreWish(kind="queue", provider=None)
OUTSIDE = (StoreWish(kind="postgres", provider="neon"), StoreWish(kind="redis", provider="upstash"), QUEUE)
THREE = routes("pagerduty", "email", "sms")
FAST = [trigger("requests", "50", "requests per second"), trigger("memory", "75")]
DRAFTS = {
    "clinic": draft("clinic-booking", app=App(port=8000, health_path="/healthz")),
    "public": draft("pet-shop", quality="prototype", stores=(), budget=budget("60.00", "50", "80", "100")),
    "secure": draft(
        "ledger-api", quality="secure", stores=(PG, REDIS), alarms=EVERY_ALARM, routes=THREE,
        app=App(port=3000, health_path="/up", image="registry.example/ledger:1"),
    ),
    "two_regions": draft("atlas", ("eu-central-1", "eu-west-1"), alarms=EVERY_ALARM, routes=THREE),
    "three_regions": draft("globe", ("us-east-1", "eu-west-1", "ap-southeast-1"), quality="prototype", stores=()),
    "standby_region": draft("vigil", ("us-east-1", "us-west-2"), failover=True, stores=(), alarms=(), routes=()),
    "behind_cdn": draft("shield", ("us-east-1", "eu-west-1"), own_entry=False, stores=(), alarms=(), routes=()),
    "manual": draft("steady", scaling=wish("manual", (3, 3, 3)), alarms=(), routes=()),
    "requests": draft("spiky", scaling=wish(counts=(1, 2, 20), memory=2048, cpu=Decimal(1), triggers=FAST)),
    "odd_metric": draft("lanes", scaling=wish(triggers=[trigger("queue", "100", "messages")])),
    "mysql": draft("blog", ("us-west-2",), stores=(MYSQL,), alarms=(alarm("disk", "90", "%"),)),
    "outside_stores": draft("hooks", stores=OUTSIDE, budget=budget("90.00", "50", currency="EUR")),
    "chat": draft(
        "chatty", routes=routes("slack", "teams", "webhook"),
        alarms=(alarm("downtime", None, None, "slack", "teams"), alarm("cpu", "70", "%", "webhook")),
    ),
    "nightly": draft("sleepy", scaling=wish(schedule="scale down to 1 at night")),
    "weekends": draft("idle", scaling=wish("manual", (2, 2, 2), schedule="off at weekends")),
    "business_hours": draft("office", scaling=wish(schedule="only weekdays 8-18 Europe/Berlin")),
    "mondays": draft("peaks", scaling=wish(schedule="scale to 10 on Mondays")),
    "relayed": draft(
        "gamers", routes=routes("discord", "telegram"),
        alarms=(alarm("downtime", None, None, "discord"), alarm("cpu", "70", "%", "discord", "telegram")),
    ),
    "no_budget": draft("quiet", budget=BudgetWish(limit=None), scaling=wish("serverless", (0, 1, 3), 512)),
    "stated_address": draft("posted", routes=(Route(channel="email", address="ops@example.com"),)),
}  # fmt: skip
FUNCTION_ALARMS = (
    alarm("downtime", None, None, "pagerduty", "email"),
    alarm("error_rate", "2", "%", "pagerduty"),
    alarm("latency", "800", "ms", "sms"),
    alarm("disk", "85", "%", "email"),
    alarm("cpu", "85", "%", "email"),
)
READY = wish(counts=(2, 2, 20), memory=1769)


def function(project: str, codes=("eu-central-1",), **changes) -> Draft:
    usual = {"service": "lambda", "stores": (), "scaling": READY}
    return draft(project, codes, **{**usual, **changes})


FUNCTIONS = {
    "fn_ready": function("receipts", app=App(port=8000, health_path="/healthz", image="ghcr.io/a/receipts:1")),
    "fn_from_zero": function("hooks-in", quality="prototype", scaling=wish("serverless", (0, 1, 5), 256)),
    "fn_secure": function(
        "claims", quality="secure", stores=(PG, REDIS), alarms=FUNCTION_ALARMS, routes=THREE,
    ),
    "fn_two_regions": function("atlas-fn", ("eu-central-1", "eu-west-1"), stores=(PG,), alarms=FUNCTION_ALARMS,
                               routes=THREE),
    "fn_two_plain": function("pair-fn", ("us-east-1", "us-west-2"), alarms=FUNCTION_ALARMS[:3], routes=THREE),
    "fn_outside_stores": function("invoices", stores=OUTSIDE, budget=budget("90.00", "50", currency="EUR")),
    "fn_nightly": function("dozy", scaling=wish(counts=(4, 4, 9), schedule="scale down to 1 at night")),
    "fn_hours": function("office-fn", scaling=wish(counts=(2, 2, 9), schedule="6 on weekdays from 8:00 to 18:00")),
    "fn_chat": function(
        "chatty-fn", routes=routes("slack", "discord"),
        alarms=(alarm("downtime", None, None, "slack"), alarm("latency", "2", "s", "discord")),
    ),
    "fn_hostile": function(
        "nasty-fn", app=App(health_path="/'\"; touch broken; $(touch broken) ${x} {{resolve:ssm:x}}"),
    ),
}  # fmt: skip
INSTANCE_ALARMS = (*EVERY_ALARM[:3], *EVERY_ALARM[4:])


def instances(project: str, codes=("eu-central-1",), **changes) -> Draft:
    usual = {"service": "ec2", "stores": (), "scaling": wish(memory=4096, triggers=[trigger("cpu", "60")])}
    return draft(project, codes, **{**usual, **changes})


INSTANCES = {
    "vm_usual": instances("tickets", app=App(port=8000, health_path="/healthz", image="ghcr.io/a/tickets:1")),
    "vm_public": instances("club-site", quality="prototype", scaling=wish(counts=(1, 1, 3))),
    "vm_secure": instances(
        "patients", quality="secure", stores=(PG, REDIS), alarms=INSTANCE_ALARMS, routes=THREE,
        app=App(port=3000, command=("gunicorn", "-b", "0.0.0.0:3000", "it's:app")),
    ),
    "vm_two_regions": instances("atlas-vm", ("eu-central-1", "eu-west-1"), stores=(MYSQL,), alarms=INSTANCE_ALARMS,
                                routes=THREE),
    "vm_graviton": instances(
        "reports", scaling=msgspec.structs.replace(wish(counts=(1, 2, 9), triggers=FAST), size="t4g.medium"),
        stores=OUTSIDE, budget=budget("90.00", "50", currency="EUR"),
    ),
    "vm_nightly": instances("dusk", scaling=wish(counts=(2, 3, 6), schedule="scale down to 1 at night")),
    "vm_weekends": instances("desk", scaling=wish("manual", (2, 2, 2), schedule="off at weekends")),
    "vm_hours": instances("shop", scaling=wish("manual", (2, 2, 2), schedule="4 on weekdays from 9am to 5pm")),
    "vm_manual": instances("steady-vm", scaling=wish("manual", (3, 3, 3)), alarms=(), routes=()),
    "vm_chat": instances(
        "chatty-vm", routes=routes("slack", "discord"),
        alarms=(alarm("downtime", None, None, "slack"), alarm("disk", "80", "%", "discord")),
    ),
}  # fmt: skip


def pods(project: str, codes=("eu-central-1",), **changes) -> Draft:
    usual = {
        "service": "eks",
        "stores": (),
        "scaling": wish(memory=1024, cpu=Decimal("0.5"), triggers=[trigger("cpu", "60")]),
    }
    return draft(project, codes, **{**usual, **changes})


CLUSTERS = {
    "k8s_usual": pods("tickets-k8s", app=App(port=8000, health_path="/healthz", image="ghcr.io/a/tickets:1")),
    "k8s_public": pods("club-k8s", quality="prototype", scaling=wish("manual", (2, 2, 2)), app=App(port=80)),
    "k8s_secure": pods(
        "patients-k8s", quality="secure", stores=(PG, REDIS), alarms=INSTANCE_ALARMS, routes=THREE,
        app=App(port=3000, command=("gunicorn", "-b", "0.0.0.0:3000", "it's:app")),
    ),
    "k8s_two_regions": pods("atlas-k8s", ("eu-central-1", "eu-west-1"), stores=(MYSQL, REDIS), alarms=INSTANCE_ALARMS,
                            routes=THREE),
    "k8s_graviton": pods(
        "reports-k8s", scaling=msgspec.structs.replace(wish(counts=(2, 3, 9), triggers=FAST), size="t4g.large"),
        kubernetes="1.36", stores=OUTSIDE, budget=budget("90.00", "50", currency="EUR"),
    ),
    "k8s_chat": pods(
        "chatty-k8s", routes=routes("slack", "discord"),
        alarms=(alarm("downtime", None, None, "slack"), alarm("disk", "80", "%", "discord")),
    ),
}  # fmt: skip
NASTY = "/'\"; touch broken; $(touch broken) `touch broken` ${x} %{y} !Sub \\ {{resolve:ssm:x}}"
HOSTILE = draft(
    "nasty",
    app=App(health_path=NASTY, image='x"; touch broken #\n${AWS::Region} {{resolve:secretsmanager:x}}'),
    routes=(Route(channel="email", address='a@b"\n- evil: $(touch broken) {{resolve:ssm:y}}'),),
)

COMMAND = """echo 'a' "b" $HOME ${x} %{y} \\ `touch broken`
WEB
EOT
$(touch broken)"""
INSTANCES["vm_hostile"] = instances(
    "nasty-vm",
    app=App(
        health_path=NASTY.replace(" {{resolve:ssm:x}}", ""),
        image="x'; touch broken #\n${AWS::Region}",
        command=("sh", "-c", COMMAND, "EOT", "WEB"),
    ),
)

CLUSTERS["k8s_hostile"] = pods(
    "nasty-k8s",
    app=App(
        health_path=NASTY,
        image="x'; touch broken #\n${AWS::Region}",
        command=("sh", "-c", COMMAND, "$(PORT) $$(x)"),
    ),
)


def planned(case: Draft, tool: str) -> Plan:
    return plan(msgspec.structs.replace(case, code=CodeWish(tool=tool)), FACTS)
