"""What each alarm compares, in CloudWatch's own words, before any tool's spelling of it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from groundplan.model.plan import Alarm
from groundplan.platforms.aws.spot import Spot
from groundplan.platforms.aws.watching import buildable, where

Dimension = tuple[str, str]
"""CloudWatch name, and which part it names: balancer, targets, cluster, service or database."""

_BALANCER: Dimension = ("LoadBalancer", "balancer")
_SERVICE: tuple[Dimension, ...] = (("ClusterName", "cluster"), ("ServiceName", "service"))


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    namespace: str
    metric: str
    """Empty for the share of 5xx answers, which is computed from two metrics."""
    statistic: str
    dimensions: tuple[Dimension, ...]
    compare: str
    threshold: Decimal
    missing: str
    periods: int
    """Of one minute each."""


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
    match alarm.condition:
        case "downtime":
            both = (_BALANCER, ("TargetGroup", "targets"))
            return _low("AWS/ApplicationELB", "HealthyHostCount", "Maximum", both, Decimal(1), periods)
        case "latency":
            seconds = level if (alarm.unit or "ms") in ("s", "sec", "seconds") else level / 1000
            return _high("AWS/ApplicationELB", "TargetResponseTime", "p95", (_BALANCER,), seconds, periods)
        case "error_rate":
            return _high("AWS/ApplicationELB", "", "", (_BALANCER,), level, periods)
        case "disk":
            size = int(spot.database.settings["storage_gb"]) if spot.database else 0
            free = Decimal(size * 1024**3) * (100 - level) / 100
            own = (("DBInstanceIdentifier", "database"),)
            return _low("AWS/RDS", "FreeStorageSpace", "Minimum", own, Decimal(int(free)), periods)
        case _:
            name = "CPUUtilization" if alarm.condition == "cpu" else "MemoryUtilization"
            return _high("AWS/ECS", name, "Average", _SERVICE, level, periods)


def _high(
    namespace: str, metric: str, statistic: str, about: tuple[Dimension, ...], level: Decimal, periods: int
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


ERROR_SHARE = "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))"
"""RequestCount holds no request for which the balancer found no task, so those are added to both sides."""
ERROR_METRICS = {
    "failed": "HTTPCode_Target_5XX_Count",
    "refused": "HTTPCode_ELB_5XX_Count",
    "all": "RequestCount",
}
