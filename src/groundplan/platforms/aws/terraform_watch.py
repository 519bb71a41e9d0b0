"""Alarms, their routes and the budget. Each route is a topic of its own, so an alarm reaches exactly its receivers."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Block, Resource, Value, Var
from groundplan.model.plan import Plan
from groundplan.platforms.aws import metrics
from groundplan.platforms.aws.metrics import NamedAlarm, Share, Watched
from groundplan.platforms.aws.terraform_routes import route, topics
from groundplan.platforms.aws.terraform_site import Site
from groundplan.platforms.aws.watching import buildable


def watch(site: Site) -> list[Resource]:
    if not any(map(buildable, site.plan.alarms)):
        return []
    named = metrics.alarms(site.spot)
    made: list[Resource] = []
    for channel in dict.fromkeys(r.channel for r in site.plan.routes):
        told = tuple(f"{site.label}-{n.name}" for n in named if channel in n.alarm.routes)
        made += route(site, channel, told)
    return made + [_alarm(site, n) for n in named]


def _alarm(site: Site, named: NamedAlarm) -> Resource:
    alarm, told = metrics.watched(site.spot, named.alarm), topics(site, named.alarm)
    level: dict[str, Value] = {
        "comparison_operator": alarm.compare,
        "threshold": alarm.threshold,
        "treat_missing_data": alarm.missing,
    }
    arguments: dict[str, Value] = {
        "alarm_name": f"{site.label}-{named.name}",
        **(_single(site, alarm) if alarm.metric else {}),
        **level,
        **({"metric_query": _share(site, alarm, alarm.share)} if alarm.share else {}),
        "evaluation_periods": alarm.periods,
        "datapoints_to_alarm": alarm.periods,
        "alarm_actions": told,
        "ok_actions": told,
    }
    suffix = named.name.replace("-", "_")
    return site.resource("aws_cloudwatch_metric_alarm", arguments, file="monitoring", suffix=suffix)


_PARTS = {
    "balancer": ("aws_lb", "arn_suffix"),
    "targets": ("aws_lb_target_group", "arn_suffix"),
    "cluster": ("aws_ecs_cluster", "name"),
    "service": ("aws_ecs_service", "name"),
    "group": ("aws_autoscaling_group", "name"),
    "kubernetes": ("aws_eks_cluster", "name"),
    "function": ("aws_lambda_function", "function_name"),
    "api": ("aws_apigatewayv2_api", "id"),
    "database": ("aws_db_instance", "identifier"),
}


def _dimensions(site: Site, alarm: Watched) -> dict[str, Value]:
    return {**{key: site.ref(*_PARTS[part]) for key, part in alarm.dimensions}, **dict(alarm.fixed)}


def _single(site: Site, alarm: Watched) -> dict[str, Value]:
    percentile = alarm.statistic.startswith("p")
    return {
        "namespace": alarm.namespace,
        "metric_name": alarm.metric,
        "statistic": None if percentile else alarm.statistic,
        "period": alarm.period_s,
        "dimensions": _dimensions(site, alarm),
        "extended_statistic": alarm.statistic if percentile else None,
        "evaluate_low_sample_count_percentiles": "ignore" if percentile else None,
    }


def _share(site: Site, alarm: Watched, share: Share) -> tuple[Value, ...]:
    """A minute without requests is no error."""

    def query(key: str, name: str) -> Block:
        metric: dict[str, Value] = {
            "namespace": alarm.namespace,
            "metric_name": name,
            "stat": "Sum",
            "period": 60,
            "dimensions": _dimensions(site, alarm),
        }
        return Block({"id": key, "metric": Block(metric)})

    whole: dict[str, Value] = {
        "id": "share",
        "expression": share.expression,
        "label": share.label,
        "return_data": True,
    }
    return (Block(whole), *(query(key, name) for key, name in share.metrics.items()))


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
