"""Which CloudWatch metric stands behind each alarm, and who is told. Knows metrics; not their Terraform."""

from __future__ import annotations

import msgspec

from groundplan.model.plan import Alarm, Component, Draft, Meter, Place, Route
from groundplan.model.quantity import Range

SERVED = {
    "downtime": "a CloudWatch alarm on healthy hosts behind the balancer",
    "error_rate": "a CloudWatch alarm on the share of 5xx answers",
    "latency": "a CloudWatch alarm on the p95 response time of the balancer",
    "cpu": "a CloudWatch alarm on the service's CPU",
    "memory": "a CloudWatch alarm on the service's memory",
    "disk": "a CloudWatch alarm on the database's free storage",
}
"""Conditions that an alarm can be built for on Fargate; others are raised by what the application publishes."""
FUNCTION = {
    "downtime": "a CloudWatch alarm when every request to the function fails or is throttled",
    "error_rate": "a CloudWatch alarm on the share of 5xx answers of the API",
    "latency": "a CloudWatch alarm on the p95 latency of the API",
    "disk": "a CloudWatch alarm on the database's free storage",
}
"""The API's latency holds the cold start of a function, which the duration of the function does not."""
INSTANCES = {
    **SERVED,
    "cpu": "a CloudWatch alarm on the CPU of the instances",
    "memory": "a CloudWatch alarm on the memory of the instances",
    "own disk": "a CloudWatch alarm on the fullest disk of the instances",
}
"""The condition `disk` is the database's; instances have disks of their own as well."""
CLUSTER = {
    **SERVED,
    "cpu": "a CloudWatch alarm on the CPU of the pods",
    "memory": "a CloudWatch alarm on the memory of the pods",
    "own disk": "a CloudWatch alarm on the fullest disk of the nodes",
}
OWN_DISKS = (INSTANCES["own disk"], CLUSTER["own disk"])
BROKEN = "a CloudWatch alarm on messages that did not arrive"
UNREACHABLE = "unreachable_"
"""Before the name of a channel: the condition that what is sent to it does not arrive."""
_BUILT = frozenset(by for own in (SERVED, FUNCTION, INSTANCES, CLUSTER) for by in own.values()) | {BROKEN}
BUDGET_CURRENCY = "USD"
"""AWS Budgets refuses every other unit (github.com/awslabs/landing-zone-accelerator-on-aws/issues/682, 2024-12-18);
a limit in another currency is converted by a person."""
ENDPOINTS = ("pagerduty", "opsgenie", "victorops", "grafana_oncall", "incident_io", "rootly", "webhook")
"""Channels with an https address that takes messages of SNS as they are."""
CHATS = ("slack", "teams")
"""Served by AWS's own chat application."""
RELAYED = {"discord": "content", "mattermost": "text", "rocketchat": "text", "google_chat": "text"}
"""Chats with a webhook that wants a message of its own: the field that holds the text."""
_DIRECT = ("email", "sms", *ENDPOINTS, *CHATS, *RELAYED)


def alarms_of(draft: Draft, own: dict[str, str] = SERVED) -> tuple[Alarm, ...]:
    """Every alarm of the draft with what raises it; one that the service has no metric for is served by hand."""
    hand = "a metric that the application publishes; see the runbook"
    has_database = any(s.provider in (None, "aws") for s in draft.stores)
    made = tuple(
        msgspec.structs.replace(a, served_by=by)
        for a in draft.alarms
        for by in _by(a, own, has_database) or (hand,)
    )
    return (*made, *_broken(draft)) if any(map(buildable, made)) else made


def _broken(draft: Draft) -> tuple[Alarm, ...]:
    """One alarm for each route, told to the others; a single route has nobody to tell of its own failure."""
    channels = tuple(dict.fromkeys(r.channel for r in draft.routes if r.channel in _DIRECT))
    if len(channels) < 2:
        return ()
    return tuple(
        Alarm(
            condition=f"{UNREACHABLE}{channel}",
            threshold=None,
            unit=None,
            window_s=300,
            routes=tuple(c for c in channels if c != channel),
            served_by=BROKEN,
        )
        for channel in channels
    )


def buildable(alarm: Alarm) -> bool:
    return alarm.served_by in _BUILT


def where(alarm: Alarm, draft: Draft) -> tuple[str, ...]:
    """Regions that the alarm is built in: the database's alone for its disk, otherwise every one."""
    codes = tuple(place.code for place in draft.places)
    return codes[:1] if alarm.condition == "disk" and alarm.served_by not in OWN_DISKS else codes


def _by(alarm: Alarm, own: dict[str, str], has_database: bool) -> tuple[str, ...]:
    """What raises it: a disk that fills up may be the database's, the instances', or both."""
    if alarm.condition != "disk":
        return (own[alarm.condition],) if alarm.condition in own else ()
    found = ("own disk", *(("disk",) if has_database else ()))
    return tuple(own[key] for key in found if key in own)


def unserved(draft: Draft) -> tuple[str, ...]:
    """Channels that AWS cannot reach: their topic is made, and a person connects it."""
    return tuple(r.channel for r in draft.routes if r.channel not in _DIRECT)


def routes_of(draft: Draft) -> tuple[Route, ...]:
    return draft.routes


def watching(draft: Draft, alarms: tuple[Alarm, ...]) -> list[Component]:
    """Logs of every region and the alarms, as priced components."""
    gb = draft.load.log_gb
    logs_gb = gb.share(len(draft.places))
    logs = [
        Component(
            key=f"logs.{place.code}",
            role="logs",
            name="CloudWatch Logs",
            provider="aws",
            sku="standard",
            region=place.code,
            meters=(
                Meter(
                    name="Log ingestion",
                    price="aws.logs.ingest",
                    quantity=logs_gb,
                    assumption=f"{gb.floor:f}, {gb.expected:f} and {gb.ceiling:f} GB a month in all",
                ),
                Meter(name="Log storage", price="aws.logs.store", quantity=logs_gb),
            ),
            reason=f"what the {_WRITERS.get(draft.service or '', 'tasks write')}",
            because=("monitoring",),
        )
        for place in draft.places
    ]
    count = sum(len(where(a, draft)) for a in alarms if buildable(a))
    alarm = Component(
        key="alarms",
        role="alarm",
        name="CloudWatch alarms",
        provider="aws",
        sku="standard",
        meters=(Meter(name="Alarms", price="aws.alarm", quantity=Range.flat(count)),),
        reason="one for each stated condition and region",
        because=("monitoring",),
    )
    keys = (
        [_key(draft, place) for place in draft.places] if draft.quality == "secure" or _holds(draft) else []
    )
    return [*logs, *keys, alarm] if count else [*logs, *keys]


_WRITERS = {"lambda": "function writes", "ec2": "instances write", "eks": "pods write"}


def _holds(draft: Draft) -> bool:
    """Whether secrets of Kubernetes are encrypted with a key of one's own, at every level."""
    return draft.service == "eks"


def _key(draft: Draft, place: Place) -> Component:
    return Component(
        key=f"key.{place.code}",
        role="secrets",
        name="KMS key",
        provider="aws",
        sku="customer managed",
        region=place.code,
        meters=(Meter(name="Key", price="aws.kms.key", quantity=Range.flat(1)),),
        reason=f"encrypts {'secrets of the cluster, ' if _holds(draft) else ''}alarm messages and logs; the key that AWS "
        "manages for SNS is closed to CloudWatch",
        because=("monitoring",),
    )
