"""Launch template, auto scaling group, its role and its scaling, in one region."""

from __future__ import annotations

from groundplan.model.graph import Base64, Block, Join, Json, Ref, Resource, Value, Var
from groundplan.model.plan import ScaleTrigger
from groundplan.platforms.aws import instances as it
from groundplan.platforms.aws.instance_script import group as log_group
from groundplan.platforms.aws.instance_script import script
from groundplan.platforms.aws.instance_size import DISK_GB
from groundplan.platforms.aws.spot import target_value
from groundplan.platforms.aws.terraform_key import key_of
from groundplan.platforms.aws.terraform_network import ZONES, task_subnets
from groundplan.platforms.aws.terraform_service import balancer, secret_arns
from groundplan.platforms.aws.terraform_site import Site


def instances(site: Site) -> list[Resource]:
    return [
        *balancer(site),
        _logs(site),
        *_role(site),
        _image(site),
        _template(site),
        _group(site),
        *(_policy(site, trigger) for trigger in site.spot.tracked),
        *_hours(site),
    ]


def _logs(site: Site) -> Resource:
    kept: dict[str, Value] = {
        "name": log_group(site.spot),
        "retention_in_days": site.plan.log_retention_days,
        "kms_key_id": key_of(site),
    }
    return site.resource("aws_cloudwatch_log_group", kept, file="monitoring")


def _role(site: Site) -> list[Resource]:
    refs: dict[str, Value] = {
        "repository": Ref("aws_ecr_repository", "main", "arn"),
        "streams": Join((site.ref("aws_cloudwatch_log_group", "arn"), ":*")),
    }
    allowed = it.policy(site.spot, refs, secret_arns(site))
    name = f"{site.label}-{site.place.code}-instance"
    parts: list[tuple[str, dict[str, Value], str]] = [
        (
            "aws_iam_role",
            {"name": name, "assume_role_policy": Json(it.trust())},
            "The instance uses it. The container cannot: its requests for credentials come from one hop too far.",
        ),
        (
            "aws_iam_role_policy",
            {
                "name": "run-the-application",
                "role": site.ref("aws_iam_role", "id", "instance"),
                "policy": Json(allowed),
            },
            "",
        ),
        (
            "aws_iam_instance_profile",
            {"name": name, "role": site.ref("aws_iam_role", "name", "instance")},
            "",
        ),
    ]
    return [
        site.resource(kind, arguments, file="service", suffix="instance", comment=comment)
        for kind, arguments, comment in parts
    ]


def _image(site: Site) -> Resource:
    return site.resource(
        "aws_ssm_parameter",
        {"name": it.parameter(site.spot)},
        file="service",
        suffix="image",
        comment="The newest Amazon Linux 2023: once there is another one, an apply replaces the instances.",
        data=True,
    )


def _template(site: Site) -> Resource:
    volume: dict[str, Value] = {
        "volume_size": DISK_GB,
        "volume_type": "gp3",
        "encrypted": True,
        "delete_on_termination": True,
    }
    interface: dict[str, Value] = {
        "associate_public_ip_address": not site.private,
        "delete_on_termination": True,
        "security_groups": (site.ref("aws_security_group", "id", site.runs),),
    }
    metadata: dict[str, Value] = {
        "http_endpoint": "enabled",
        "http_tokens": "required",
        "http_put_response_hop_limit": 1,
    }
    return site.resource(
        "aws_launch_template",
        {
            "name": site.label,
            "image_id": Ref("aws_ssm_parameter", site.named("image"), "insecure_value", data=True),
            "instance_type": site.web.sku,
            "update_default_version": True,
            "user_data": _script(site),
            "iam_instance_profile": Block({"arn": site.ref("aws_iam_instance_profile", "arn", "instance")}),
            "metadata_options": Block(metadata),
            "monitoring": Block({"enabled": True}),
            "network_interfaces": Block(interface),
            "block_device_mappings": Block({"device_name": it.DEVICE, "ebs": Block(volume)}),
            "tag_specifications": Block({"resource_type": "volume", "tags": _tags(site)}),
        },
        file="service",
        comment=site.plan.draft.app.started,
    )


def _script(site: Site) -> Base64:
    refs: dict[str, Value] = {
        "image": Var("image"),
        "port": Var("container_port"),
        "logs": site.ref("aws_cloudwatch_log_group", "name"),
        "database": site.ref("aws_db_instance", "address"),
        "master": site.ref("aws_db_instance", "master_user_secret[0].secret_arn"),
        "cache": site.ref("aws_elasticache_replication_group", "primary_endpoint_address"),
    }
    secrets: dict[str, Value] = {s.name: Var(f"{s.name.lower()}_secret_arn") for s in site.plan.secrets}
    return script(site.spot, refs, secrets)


def _tags(site: Site) -> dict[str, Value]:
    return {"Name": site.label, "Project": site.plan.draft.project, "ManagedBy": "terraform"}


def _group(site: Site) -> Resource:
    web = site.web
    template: dict[str, Value] = {
        "id": site.ref("aws_launch_template", "id"),
        "version": Join((site.ref("aws_launch_template", "latest_version"),)),
    }
    replaced: dict[str, Value] = {
        "min_healthy_percentage": 100,
        "max_healthy_percentage": 200,
        "auto_rollback": True,
    }
    arguments: dict[str, Value] = {
        "name": site.label,
        "min_size": web.minimum,
        "max_size": web.maximum,
        "desired_capacity": web.initial,
        "vpc_zone_identifier": task_subnets(site),
        "target_group_arns": (site.ref("aws_lb_target_group", "arn"),),
        "health_check_type": "ELB",
        "health_check_grace_period": it.GRACE_S,
        "default_instance_warmup": it.WARM_UP_S,
        "launch_template": Block(template),
        "instance_refresh": Block({"strategy": "Rolling", "preferences": Block(replaced)}),
        "tag": tuple(
            Block({"key": key, "value": value, "propagate_at_launch": True})
            for key, value in _tags(site).items()
        ),
    }
    if site.spot.tracked or it.hours(site.spot):
        arguments["lifecycle"] = Block({"ignore_changes": (Ref("desired_capacity", "", ""),)})
    return site.resource(
        "aws_autoscaling_group",
        arguments,
        file="service",
        depends_on=_needed(site),
        comment="A change of the template replaces the instances, new ones first; it goes back by itself if they do not "
        "become healthy.",
    )


def _needed(site: Site) -> tuple[Ref, ...]:
    """What an instance uses in its first minute, and the listener without which nobody asks it."""
    way_out = "private" if site.private else "public"
    return (
        Ref("aws_iam_role_policy", site.named("instance"), ""),
        Ref("aws_lb_listener", site.named("https"), ""),
        *(Ref("aws_route_table_association", site.named(f"{way_out}_{zone}"), "") for zone in range(ZONES)),
        Ref("aws_vpc_security_group_egress_rule", site.named(site.runs), ""),
    )


def _policy(site: Site, trigger: ScaleTrigger) -> Resource:
    tracking: dict[str, Value] = {"target_value": target_value(trigger), **_metric(site, trigger)}
    return site.resource(
        "aws_autoscaling_policy",
        {
            "name": f"{site.label}-{trigger.metric}",
            "autoscaling_group_name": site.ref("aws_autoscaling_group", "name"),
            "policy_type": "TargetTrackingScaling",
            "target_tracking_configuration": Block(tracking),
        },
        file="scaling",
        suffix=trigger.metric,
    )


def _metric(site: Site, trigger: ScaleTrigger) -> dict[str, Value]:
    if trigger.metric == "memory":
        group = site.ref("aws_autoscaling_group", "name")
        own: dict[str, Value] = {
            "namespace": it.AGENT,
            "metric_name": it.MEMORY,
            "statistic": "Average",
            "metric_dimension": Block({"name": "AutoScalingGroupName", "value": group}),
        }
        return {"customized_metric_specification": Block(own)}
    known: dict[str, Value] = {"predefined_metric_type": it.METRICS[trigger.metric]}
    if trigger.metric == "requests":
        lb, targets = site.ref("aws_lb", "arn_suffix"), site.ref("aws_lb_target_group", "arn_suffix")
        known["resource_label"] = Join((lb, "/", targets))
    return {"predefined_metric_specification": Block(known)}


def _hours(site: Site) -> list[Resource]:
    """Fewer instances in the evening, as many as usual in the morning; hours are those of a variable time zone."""
    found = it.hours(site.spot)
    first = found[0][1] if found else ""
    return [
        site.resource(
            "aws_autoscaling_schedule",
            {
                "scheduled_action_name": f"{site.label}-{name}",
                "autoscaling_group_name": site.ref("aws_autoscaling_group", "name"),
                "recurrence": when,
                "time_zone": Var("schedule_timezone"),
                "min_size": low,
                "max_size": high,
                "desired_capacity": -1,
            },
            file="scaling",
            suffix=name,
            comment="-1 leaves the number alone where it lies between the two." if when == first else "",
        )
        for name, when, low, high in found
    ]
