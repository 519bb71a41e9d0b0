"""What each alarm compares, in CloudWatch's own words, before any tool's spelling of it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.plan import Alarm
from groundplan.platforms.aws.cluster import WEB
from groundplan.platforms.aws.instances import AGENT, MEMORY
from groundplan.platforms.aws.spot import Spot
from groundplan.platforms.aws.watching import BROKEN, OWN_DISKS, RELAYED, UNREACHABLE, buildable, where

Dimension = tuple[str, str]
"""CloudWatch name, and which part it names: balancer, targets, cluster, service, function, api, group,
kubernetes or database."""

_BALANCER: Dimension = ("LoadBalancer", "balancer")
_FUNCTION: Dimension = ("FunctionName", "function")
_GROUP: Dimension = ("AutoScalingGroupName", "group")
_API: Dimension = ("ApiId", "api")
_CLUSTER: Dimension = ("ClusterName", "kubernetes")
_SERVICE: tuple[Dimension, ...] = (("ClusterName", "cluster"), ("ServiceName", "service"))


class Share(msgspec.Struct, frozen=True):
    """An expression over sums of metrics of one namespace; id -> metric."""

    expression: str
    label: str
    metrics: dict[str, str]


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    namespace: str
    metric: str
    """Empty where it is a share, computed from several metrics."""
    statistic: str
    dimensions: tuple[Dimension, ...]
    compare: str
    threshold: Decimal
    missing: str
    periods: int
    period_s: int = 60
    share: Share | None = None
    fixed: tuple[tuple[str, str], ...] = ()
    """Further dimensions, whose values are words."""


class NamedAlarm(msgspec.Struct, frozen=True):
    name: str
    """Unique in the region: `cpu`, `cpu-2`."""
    alarm: Alarm


def alarms(spot: Spot) -> tuple[NamedAlarm, ...]:
    """The region's alarms; the disk is the primary's, where the database lies."""
    found: list[NamedAlarm] = []
    for alarm in spot.plan.alarms:
        if not buildable(alarm) or spot.code not in where(alarm, spot.plan.draft):
            continue
        taken = sum(1 for f in found if f.alarm.condition == alarm.condition)
        word = alarm.condition.replace("_", "-")
        found.append(NamedAlarm(f"{word}-{taken + 1}" if taken else word, alarm))
    return tuple(found)


def watched(spot: Spot, alarm: Alarm) -> Watched:
    level = alarm.threshold if alarm.threshold is not None else Decimal(0)
    periods = max(alarm.window_s // 60, 1)
    if alarm.served_by == BROKEN:
        return _undelivered(spot, alarm.condition.removeprefix(UNREACHABLE))
    if alarm.served_by in OWN_DISKS:
        return _node_disk(level, periods) if spot.cluster else _disk(level, periods)
    if alarm.condition == "disk":
        return _free_storage(spot, level, periods)
    if spot.serverless:
        return _of_function(alarm, level, periods)
    if spot.instances and alarm.condition in ("cpu", "memory"):
        return _of_instances(alarm, level, periods)
    if spot.cluster and alarm.condition in ("cpu", "memory"):
        return _of_pods(spot, alarm, level, periods)
    return _of_tasks(alarm, level, periods)


def _of_pods(spot: Spot, alarm: Alarm, level: Decimal, periods: int) -> Watched:
    """Per cent of what a pod may use, as the autoscaler counts them; `PodName` is what the pods are made by.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html.
    """
    name = f"pod_{alarm.condition}_utilization_over_pod_limit"
    found = _high("ContainerInsights", name, "Average", (_CLUSTER,), level, periods)
    namespace = (("Namespace", spot.label), ("PodName", WEB))
    return msgspec.structs.replace(found, fixed=namespace)


def _node_disk(level: Decimal, periods: int) -> Watched:
    return _high("ContainerInsights", "node_filesystem_utilization", "Maximum", (_CLUSTER,), level, periods)


def _undelivered(spot: Spot, channel: str) -> Watched:
    """A message that was given up counts once, a failed attempt at an https address each time, told every five minutes.

    Sources: https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/awsx/functions/classic.sns.metrics.numberOfNotificationsFailed.html
    and https://elastic.co/docs/reference/beats/metricbeat/metricbeat-metricset-aws-sns, 2026-12-01; that EventBridge counts
    FailedInvocations by RuleName is remembered and not read in a source.
    """
    name = f"{spot.label}-{channel}"
    about = (
        ("AWS/Events", "FailedInvocations")
        if channel in RELAYED
        else ("AWS/SNS", "NumberOfNotificationsFailed")
    )
    found = _high(*about, "Sum", (), Decimal(0), 1)
    key = "RuleName" if channel in RELAYED else "TopicName"
    return msgspec.structs.replace(found, fixed=((key, name),), period_s=300)


def _of_instances(alarm: Alarm, level: Decimal, periods: int) -> Watched:
    """EC2 sees the CPU from outside; memory is what the agent on each instance says."""
    namespace, name = ("AWS/EC2", "CPUUtilization") if alarm.condition == "cpu" else (AGENT, MEMORY)
    return _high(namespace, name, "Average", (_GROUP,), level, periods)


def _disk(level: Decimal, periods: int) -> Watched:
    """The fullest root volume; the agent names path and file system beside the group where the device is dropped.

    That Amazon Linux 2023 has xfs there is remembered and not read in a source.
    """
    found = _high(AGENT, "disk_used_percent", "Maximum", (_GROUP,), level, periods)
    return msgspec.structs.replace(found, fixed=(("fstype", "xfs"), ("path", "/")))


def _of_function(alarm: Alarm, level: Decimal, periods: int) -> Watched:
    """A function that nobody asks is not down, so downtime is every request lost and no answer missing."""
    match alarm.condition:
        case "downtime":
            lost = _high("AWS/Lambda", "", "", (_FUNCTION,), Decimal(100), periods, LOST)
            return msgspec.structs.replace(lost, compare="GreaterThanOrEqualToThreshold")
        case "error_rate":
            return _high("AWS/ApiGateway", "", "", (_API,), level, periods, API_ERRORS)
        case _:
            return _high("AWS/ApiGateway", "Latency", "p95", (_API,), _milliseconds(alarm, level), periods)


def _seconds(alarm: Alarm, level: Decimal) -> Decimal:
    return level if _in_seconds(alarm) else level / 1000


def _milliseconds(alarm: Alarm, level: Decimal) -> Decimal:
    return level * 1000 if _in_seconds(alarm) else level


def _in_seconds(alarm: Alarm) -> bool:
    return (alarm.unit or "ms") in ("s", "sec", "seconds")


def _free_storage(spot: Spot, level: Decimal, periods: int) -> Watched:
    (database,) = spot.plan.role("database", "aws")
    free = Decimal(int(database.settings["storage_gb"]) * 1024**3) * (100 - level) / 100
    own = (("DBInstanceIdentifier", "database"),)
    return _low("AWS/RDS", "FreeStorageSpace", "Minimum", own, Decimal(int(free)), periods)


def _of_tasks(alarm: Alarm, level: Decimal, periods: int) -> Watched:
    match alarm.condition:
        case "downtime":
            both = (_BALANCER, ("TargetGroup", "targets"))
            return _low("AWS/ApplicationELB", "HealthyHostCount", "Maximum", both, Decimal(1), periods)
        case "latency":
            seconds = _seconds(alarm, level)
            return _high("AWS/ApplicationELB", "TargetResponseTime", "p95", (_BALANCER,), seconds, periods)
        case "error_rate":
            return _high("AWS/ApplicationELB", "", "", (_BALANCER,), level, periods, ERRORS)
        case _:
            name = "CPUUtilization" if alarm.condition == "cpu" else "MemoryUtilization"
            return _high("AWS/ECS", name, "Average", _SERVICE, level, periods)


def _high(
    namespace: str,
    metric: str,
    statistic: str,
    about: tuple[Dimension, ...],
    level: Decimal,
    periods: int,
    share: Share | None = None,
) -> Watched:
    return Watched(
        namespace=namespace,
        metric=metric,
        statistic=statistic,
        dimensions=about,
        compare="GreaterThanThreshold",
        threshold=level,
        missing="notBreaching",
        periods=periods,
        share=share,
    )


def _low(
    namespace: str, metric: str, statistic: str, about: tuple[Dimension, ...], level: Decimal, periods: int
) -> Watched:
    missing = "breaching" if metric == "HealthyHostCount" else "missing"
    return Watched(
        namespace=namespace,
        metric=metric,
        statistic=statistic,
        dimensions=about,
        compare="LessThanThreshold",
        threshold=level,
        missing=missing,
        periods=periods,
    )


_ALL = "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))"
ERRORS = Share(
    _ALL,
    "5xx answers, per cent",
    {"failed": "HTTPCode_Target_5XX_Count", "refused": "HTTPCode_ELB_5XX_Count", "all": "RequestCount"},
)
"""RequestCount holds no request for which the balancer found no task, so those are added to both sides."""
LOST = Share(
    _ALL,
    "requests that failed or were throttled, per cent",
    {"failed": "Errors", "refused": "Throttles", "all": "Invocations"},
)
"""Invocations hold no throttled request: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html."""
API_ERRORS = Share("100 * FILL(failed, 0) / all", "5xx answers, per cent", {"failed": "5xx", "all": "Count"})
"""Count holds every request: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html."""
