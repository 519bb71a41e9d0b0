"""PromQL over Fly.io's metrics: what an alarm asks and how many Machines a trigger wants.

Knows metric names (fly.io/docs/monitoring/metrics, 2026-08-07); does not know where a query is used. Queries keep to
plain PromQL, which VictoriaMetrics behind Fly.io's endpoint understands as well.
"""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.plan import Alarm, ScaleTrigger
from groundplan.platforms.fly.scaling import per_second

_HOLD = "5m"
"""A peak is kept this long, so that Machines do not stop and start with every short wave."""


def alarm(alarm: Alarm, app: str) -> str | None:
    """The expression that is true while the alarm should ring; None where no metric states the condition."""
    labels = f'app="{app}"'
    if alarm.condition == "downtime":
        return f"absent(fly_instance_up{{{labels}}} == 1)"
    left = _left(alarm.condition, labels)
    if left is None:
        return None
    stated = alarm.threshold or Decimal(0)
    value = _milliseconds(stated, alarm.unit) if "latency" in alarm.condition else stated
    return f"{left} > {_number(value)}"


def wanted(triggers: tuple[ScaleTrigger, ...], app: str, region: str | None) -> str:
    """How many Machines the triggers ask for, as one number: the largest of them, held for five minutes."""
    labels = f'app="{app}"' + (f', region="{region}"' if region else "")
    parts = [_wanted(t, labels) for t in triggers]
    if len(parts) == 1:
        return f"max_over_time(({parts[0]})[{_HOLD}:30s])"
    marked = [f'label_replace({q}, "trigger", "{n}", "", "")' for n, q in enumerate(parts)]
    return f"max_over_time(max({' or '.join(marked)})[{_HOLD}:30s])"


def _wanted(trigger: ScaleTrigger, labels: str) -> str:
    """Sum of the load of all Machines divided by the target for one, as the Kubernetes autoscaler reckons."""
    value = trigger.value if trigger.value > 0 else Decimal(1)
    rate = per_second(trigger)
    match trigger.metric:
        case "cpu":
            return f"sum({_busy(labels)}) / {_share(value)}"
        case "memory":
            return f"sum({_used(labels)}) / {_share(value)}"
        case "p95_latency" | "latency":
            slow = _p95("fly_app_http_response_time_seconds_bucket", labels)
            target = _milliseconds(value, trigger.unit)
            return f"sum(fly_instance_up{{{labels}}}) * (({slow} > 0) or vector(0)) / {_number(target)}"
        case "requests" if rate:
            return f"sum(rate(fly_app_http_responses_count{{{labels}}}[2m])) / {_number(rate)}"
        case "requests":
            return f"sum(fly_app_concurrency{{{labels}}}) / {_number(value)}"
    return f"sum(queue_depth{{{labels}}}) / {_number(value)}"


def _busy(labels: str) -> str:
    """Share of its CPUs that each Machine uses or waits for; waiting counts, or a throttled Machine would look idle."""
    idle = f'sum by (instance) (rate(fly_instance_cpu{{{labels}, mode=~"idle|iowait"}}[2m]))'
    return f"1 - {idle} / sum by (instance) (rate(fly_instance_cpu{{{labels}}}[2m]))"


def _used(labels: str) -> str:
    return f"1 - fly_instance_memory_mem_available{{{labels}}} / fly_instance_memory_mem_total{{{labels}}}"


def _p95(bucket: str, labels: str) -> str:
    return f"histogram_quantile(0.95, sum by (le) (rate({bucket}{{{labels}}}[5m]))) * 1000"


def _share(percent: Decimal) -> str:
    return _number(percent / 100)


def _milliseconds(value: Decimal, unit: str | None) -> Decimal:
    return value * 1000 if (unit or "ms").lower() in ("s", "sec", "second", "seconds") else value


def _left(condition: str, labels: str) -> str | None:
    """What is compared with the threshold: per cent, milliseconds or messages."""
    responses = "fly_edge_http_responses_count"
    match condition:
        case "error_rate":
            errors = f'sum(rate({responses}{{{labels}, status=~"5.."}}[5m]))'
            return f"100 * {errors} / sum(rate({responses}{{{labels}}}[5m]))"
        case "cpu":
            return f"100 * avg({_busy(labels)})"
        case "memory":
            return f"100 * max({_used(labels)})"
        case "latency" | "p95_latency":
            return _p95("fly_edge_http_response_time_seconds_bucket", labels)
        case "disk":
            free = f"fly_instance_filesystem_blocks_avail{{{labels}}} / fly_instance_filesystem_blocks{{{labels}}}"
            return f"100 * max(1 - {free})"
        case "queue":
            return f"sum(queue_depth{{{labels}}})"
    return None


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
