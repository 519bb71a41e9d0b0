"""Minimum, maximum, what is tracked, and the hours with fewer tasks, in one region."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Block, Join, Resource, Value, Var
from groundplan.model.plan import Plan, ScaleTrigger
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.spot import night_bounds
from groundplan.platforms.aws.terraform_site import Site

METRICS = {
    "cpu": "ECSServiceAverageCPUUtilization",
    "memory": "ECSServiceAverageMemoryUtilization",
    "requests": "ALBRequestCountPerTarget",
}
USUAL = ScaleTrigger(metric="cpu", op=">", value=Decimal(60), unit="%", assumed=True)


def scaled(plan: Plan) -> bool:
    """Whether anything but a person changes the number of tasks."""
    return plan.draft.scaling.mode != "manual" or nights(plan.draft.scaling.schedule) is not None


def scaling(site: Site) -> list[Resource]:
    if not scaled(site.plan):
        return []
    web, wish = site.web, site.plan.draft.scaling
    target = site.resource(
        "aws_appautoscaling_target",
        {
            "min_capacity": web.minimum,
            "max_capacity": web.maximum,
            "resource_id": Join(
                ("service/", site.ref("aws_ecs_cluster", "name"), "/", site.ref("aws_ecs_service", "name"))
            ),
            "scalable_dimension": "ecs:service:DesiredCount",
            "service_namespace": "ecs",
        },
        file="scaling",
    )
    made = [target, *_hours(site)]
    if wish.mode == "manual":
        return made
    tracked = [t for t in wish.triggers if t.metric in METRICS] or [USUAL]
    by_metric = {t.metric: t for t in tracked}
    return [*made, *(_policy(site, t) for t in by_metric.values())]


def _policy(site: Site, trigger: ScaleTrigger) -> Resource:
    metric: dict[str, Value] = {"predefined_metric_type": METRICS[trigger.metric]}
    if trigger.metric == "requests":
        lb, group = site.ref("aws_lb", "arn_suffix"), site.ref("aws_lb_target_group", "arn_suffix")
        metric["resource_label"] = Join((lb, "/", group))
    tracking: dict[str, Value] = {
        "target_value": _per_minute(trigger),
        "scale_in_cooldown": 300,
        "scale_out_cooldown": 60,
        "predefined_metric_specification": Block(metric),
    }
    return site.resource(
        "aws_appautoscaling_policy",
        {
            "name": f"{site.label}-{trigger.metric}",
            "policy_type": "TargetTrackingScaling",
            **_target(site),
            "target_tracking_scaling_policy_configuration": Block(tracking),
        },
        file="scaling",
        suffix=trigger.metric,
    )


def _per_minute(trigger: ScaleTrigger) -> Decimal:
    """ALBRequestCountPerTarget counts requests a minute; a rate by the second is sixty times that."""
    second = any(mark in trigger.unit.lower() for mark in ("/s", "per second", "rps", "req/s", "second"))
    return trigger.value * 60 if trigger.metric == "requests" and second else trigger.value


def _target(site: Site) -> dict[str, Value]:
    names = ("resource_id", "scalable_dimension", "service_namespace")
    return {name: site.ref("aws_appautoscaling_target", name) for name in names}


def _hours(site: Site) -> list[Resource]:
    """Another number of tasks in a part of the week; hours are those of a variable time zone."""
    hours = site.spot.hours
    return (
        []
        if hours is None
        else [
            site.resource(
                "aws_appautoscaling_scheduled_action",
                {
                    "name": f"{site.label}-{name}",
                    **_target(site),
                    "schedule": schedule,
                    "timezone": Var("schedule_timezone"),
                    "scalable_target_action": Block({"min_capacity": low, "max_capacity": high}),
                },
                file="scaling",
                suffix=name,
            )
            for name, schedule, low, high in night_bounds(site.spot, hours)
        ]
    )
