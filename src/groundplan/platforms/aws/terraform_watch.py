"""Alarms, their routes and the budget. Each route is a topic of its own, so an alarm reaches exactly its receivers."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Block, Ref, Resource, Value, Var
from groundplan.model.plan import Alarm, Plan
from groundplan.platforms.aws.terraform_routes import route, topics
from groundplan.platforms.aws.terraform_site import Site
from groundplan.platforms.aws.watching import buildable, where

_COMPARE = "GreaterThanThreshold"


def watch(site: Site) -> list[Resource]:
    alarms = [a for a in site.plan.alarms if buildable(a)]
    if not alarms:
        return []
    named = [(a, suffix) for a, suffix in _suffixes(alarms) if site.place.code in where(a, site.plan.draft)]
    made: list[Resource] = []
    for channel in dict.fromkeys(r.channel for r in site.plan.routes):
        told = tuple(_name(site, suffix) for a, suffix in named if channel in a.routes)
        made += route(site, channel, told)
    return made + [_alarm(site, alarm, suffix) for alarm, suffix in named]


def _suffixes(alarms: list[Alarm]) -> list[tuple[Alarm, str]]:
    """`cpu`, `cpu_2`: two alarms may watch the same with different thresholds."""
    taken: dict[str, int] = {}
    named = []
    for alarm in alarms:
        taken[alarm.condition] = count = taken.get(alarm.condition, 0) + 1
        named.append((alarm, alarm.condition if count == 1 else f"{alarm.condition}_{count}"))
    return named


def _name(site: Site, suffix: str) -> str:
    return f"{site.label}-{suffix.replace('_', '-')}"


def _alarm(site: Site, alarm: Alarm, suffix: str) -> Resource:
    told = topics(site, alarm)
    arguments: dict[str, Value] = {
        "alarm_name": _name(site, suffix),
        **_metric(site, alarm),
        "evaluation_periods": max(alarm.window_s // 60, 1),
        "datapoints_to_alarm": max(alarm.window_s // 60, 1),
        "alarm_actions": told,
        "ok_actions": told,
    }
    return site.resource("aws_cloudwatch_metric_alarm", arguments, file="monitoring", suffix=suffix)


def _metric(site: Site, alarm: Alarm) -> dict[str, Value]:
    level = alarm.threshold if alarm.threshold is not None else Decimal(0)
    match alarm.condition:
        case "downtime":
            low: dict[str, Value] = {
                "comparison_operator": "LessThanThreshold",
                "threshold": 1,
                "treat_missing_data": "breaching",
            }
            return {**_balancer(site, "HealthyHostCount", "Maximum", group=True), **low}
        case "latency":
            seconds = level if (alarm.unit or "ms") in ("s", "sec", "seconds") else level / 1000
            base = _balancer(site, "TargetResponseTime", None, group=False)
            return {
                **base,
                "extended_statistic": "p95",
                "evaluate_low_sample_count_percentiles": "ignore",
                **_above(seconds),
            }
        case "error_rate":
            return _error_rate(site, level)
        case "disk":
            (database,) = site.plan.role("database")
            size = Decimal(int(database.settings["storage_gb"]) * 1024**3)
            free = size * (100 - level) / 100
            dimension: dict[str, Value] = {
                "DBInstanceIdentifier": Ref("aws_db_instance", site.named(), "identifier")
            }
            base = _single("AWS/RDS", "FreeStorageSpace", "Minimum", dimension)
            short: dict[str, Value] = {
                "comparison_operator": "LessThanThreshold",
                "threshold": int(free),
                "treat_missing_data": "missing",
            }
            return {**base, **short}
        case _:
            name = "CPUUtilization" if alarm.condition == "cpu" else "MemoryUtilization"
            dimensions: dict[str, Value] = {
                "ClusterName": site.ref("aws_ecs_cluster", "name"),
                "ServiceName": site.ref("aws_ecs_service", "name"),
            }
            return {**_single("AWS/ECS", name, "Average", dimensions), **_above(level)}


def _above(level: Decimal) -> dict[str, Value]:
    return {"comparison_operator": _COMPARE, "threshold": level, "treat_missing_data": "notBreaching"}


def _single(
    namespace: str, name: str, statistic: str | None, dimensions: dict[str, Value]
) -> dict[str, Value]:
    return {
        "namespace": namespace,
        "metric_name": name,
        "statistic": statistic,
        "period": 60,
        "dimensions": dimensions,
    }


def _dimensions(site: Site, *, group: bool) -> dict[str, Value]:
    found: dict[str, Value] = {"LoadBalancer": site.ref("aws_lb", "arn_suffix")}
    if group:
        found["TargetGroup"] = site.ref("aws_lb_target_group", "arn_suffix")
    return found


def _balancer(site: Site, name: str, statistic: str | None, *, group: bool) -> dict[str, Value]:
    return _single("AWS/ApplicationELB", name, statistic, _dimensions(site, group=group))


def _error_rate(site: Site, level: Decimal) -> dict[str, Value]:
    """Share of 5xx answers in per cent, the balancer's own among them; a minute without requests is no error.

    RequestCount holds no request for which the balancer found no task, so those are added to both sides.
    """

    def query(key: str, name: str) -> Block:
        metric: dict[str, Value] = {
            "namespace": "AWS/ApplicationELB",
            "metric_name": name,
            "stat": "Sum",
            "period": 60,
            "dimensions": _dimensions(site, group=False),
        }
        return Block({"id": key, "metric": Block(metric)})

    share: dict[str, Value] = {
        "id": "share",
        "expression": "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))",
        "label": "5xx answers, per cent",
        "return_data": True,
    }
    return {
        **_above(level),
        "metric_query": (
            Block(share),
            query("failed", "HTTPCode_Target_5XX_Count"),
            query("refused", "HTTPCode_ELB_5XX_Count"),
            query("all", "RequestCount"),
        ),
    }


BILLED = "USD"
"""AWS answers to any other unit that it `is not in the supported unit set: [USD]`.

https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/682, 2024-12-18, read 2026-11-24.
"""
BUDGET_IN_DOLLARS = "budget_limit_usd"


def budget(plan: Plan) -> list[Resource]:
    """The account's cost budget at the stated limit; nothing where no limit was stated."""
    limit = plan.budget.limit
    if limit is None:
        return []
    sums = plan.budget.threshold_amounts if limit.currency == BILLED else ()
    notes = [_notification(s.amount, "ACTUAL", "ABSOLUTE_VALUE") for s in sums]
    notes += [] if sums else [_notification(p, "ACTUAL") for p in plan.budget.thresholds_percent]
    notes.append(_notification(Decimal(100), "FORECASTED"))
    arguments: dict[str, Value] = {
        "name": f"{plan.draft.project}-monthly",
        "budget_type": "COST",
        "limit_amount": f"{limit.amount:f}" if limit.currency == BILLED else Var(BUDGET_IN_DOLLARS),
        "limit_unit": BILLED,
        "time_unit": "MONTHLY",
        "notification": tuple(notes),
    }
    return [
        Resource(
            kind="aws_budgets_budget",
            name="main",
            arguments=arguments,
            file="budget",
            comment="Updated a few times a day; it notifies and stops nothing.",
        )
    ]


def _notification(level: Decimal, kind: str, unit: str = "PERCENTAGE") -> Block:
    return Block(
        {
            "comparison_operator": "GREATER_THAN",
            "threshold": level,
            "threshold_type": unit,
            "notification_type": kind,
            "subscriber_email_addresses": (Var("budget_email"),),
        }
    )
