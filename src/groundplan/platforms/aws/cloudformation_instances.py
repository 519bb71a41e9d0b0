"""Launch template, auto scaling group, its role and its scaling, in one stack."""

from __future__ import annotations

import re

from groundplan.model.graph import Base64, Join, Resource, Value, Var
from groundplan.model.plan import ScaleTrigger
from groundplan.platforms.aws import instances as it
from groundplan.platforms.aws.cloudformation_key import key
from groundplan.platforms.aws.cloudformation_network import runner, task_subnets
from groundplan.platforms.aws.cloudformation_part import camel, part, ref
from groundplan.platforms.aws.cloudformation_service import balancer, secret_parameter
from groundplan.platforms.aws.instance_script import group as log_group
from groundplan.platforms.aws.instance_script import script
from groundplan.platforms.aws.instance_size import VOLUME
from groundplan.platforms.aws.spot import Spot, slug, target_value

MACHINE = "MachineImage"
PATH = r"/[A-Za-z0-9._~%/?&=@:+,;!()*-]*"
"""Health paths that the script of an instance can ask for; what a shell would read is not among them."""
_READY = "PT15M"


def instances(spot: Spot) -> list[Resource]:
    return [
        *key(spot),
        *balancer(spot),
        _logs(spot),
        *_role(spot),
        _template(spot),
        _group(spot),
        *(_policy(spot, trigger) for trigger in spot.tracked),
        *_hours(spot),
    ]


def stated_path(spot: Spot) -> str | None:
    path = spot.plan.draft.app.health_path
    return path if re.fullmatch(PATH, path) else None


def _logs(spot: Spot) -> Resource:
    kept: dict[str, Value] = {"LogGroupName": log_group(spot)}
    if spot.plan.log_retention_days:
        kept["RetentionInDays"] = spot.plan.log_retention_days
    if spot.key:
        kept["KmsKeyId"] = ref("Key", "Arn")
    return part(spot, "AWS::Logs::LogGroup", "Logs", kept, keep="Retain")


def _role(spot: Spot) -> list[Resource]:
    arns: tuple[Value, ...] = tuple(Var(secret_parameter(s.name)) for s in spot.plan.secrets)
    if spot.database:
        arns += (ref("Database", "MasterUserSecret.SecretArn"),)
    home = spot.plan.places[0].code
    pushed = f":repository/{slug(spot.plan.draft.project)}"
    own = Join(("arn:", Var("AWS::Partition"), f":ecr:{home}:", Var("AWS::AccountId"), pushed))
    allowed = it.policy(spot, {"repository": own, "streams": ref("Logs", "Arn")}, arns)
    role: dict[str, Value] = {
        "AssumeRolePolicyDocument": it.trust(),
        "Policies": ({"PolicyName": "run-the-application", "PolicyDocument": allowed},),
    }
    why = (
        "The instance uses it. The container cannot: its requests for credentials come from one hop too far."
    )
    profile: dict[str, Value] = {"Roles": (ref("InstanceRole"),)}
    return [
        part(spot, "AWS::IAM::Role", "InstanceRole", role, comment=why),
        part(spot, "AWS::IAM::InstanceProfile", "InstanceProfile", profile),
    ]


def _template(spot: Spot) -> Resource:
    interface: Value = {
        "DeviceIndex": 0,
        "AssociatePublicIpAddress": not spot.private,
        "DeleteOnTermination": True,
        "Groups": (ref(runner(spot), "GroupId"),),
    }
    made: Value = {
        "ImageId": Var(MACHINE),
        "InstanceType": spot.web.sku,
        "IamInstanceProfile": {"Arn": ref("InstanceProfile", "Arn")},
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 1,
        },
        "Monitoring": {"Enabled": True},
        "NetworkInterfaces": (interface,),
        "BlockDeviceMappings": ({"DeviceName": it.DEVICE, "Ebs": VOLUME},),
        "TagSpecifications": ({"ResourceType": "volume", "Tags": _tags(spot)},),
        "UserData": _script(spot),
    }
    own: Value = {"ResourceType": "launch-template", "Tags": _tags(spot)}
    properties: dict[str, Value] = {
        "LaunchTemplateName": spot.label,
        "LaunchTemplateData": made,
        "TagSpecifications": (own,),
    }
    return part(spot, "AWS::EC2::LaunchTemplate", "Template", properties, comment=spot.plan.draft.app.started)


def _script(spot: Spot) -> Base64:
    refs: dict[str, Value] = {
        "image": Var("Image"),
        "port": Var("ContainerPort"),
        "logs": ref("Logs"),
        "database": ref("Database", "Endpoint.Address"),
        "master": ref("Database", "MasterUserSecret.SecretArn"),
        "cache": ref("Cache", "PrimaryEndPoint.Address"),
    }
    secrets: dict[str, Value] = {s.name: Var(secret_parameter(s.name)) for s in spot.plan.secrets}
    address = ("'http://localhost:", Var("ContainerPort"), Var("HealthPath"), "'")
    signal = f"--resource Group --region {spot.code}"
    ready: tuple[tuple[Value, ...], ...] = (
        ("# CloudFormation waits for this, and goes back where it does not come.",),
        ("dnf install -y aws-cfn-bootstrap",),
        ("until curl -fsS -o /dev/null ", *address, "; do sleep 5; done"),
        ("/opt/aws/bin/cfn-signal --success true --stack '", Var("AWS::StackName"), f"' {signal} || true"),
    )
    return script(spot, refs, secrets, ready)


def _tags(spot: Spot) -> tuple[Value, ...]:
    named = {"Name": spot.label, "Project": spot.plan.draft.project, "ManagedBy": "cloudformation"}
    return tuple({"Key": name, "Value": value} for name, value in named.items())


def _group(spot: Spot) -> Resource:
    web = spot.web
    counted = not spot.tracked or web.initial != web.minimum
    template: Value = {
        "LaunchTemplateId": ref("Template"),
        "Version": ref("Template", "LatestVersionNumber"),
    }
    properties: dict[str, Value] = {
        "AutoScalingGroupName": spot.label,
        "MinSize": str(web.minimum),
        "MaxSize": str(web.maximum),
        **({"DesiredCapacity": str(web.initial)} if counted else {}),
        "VPCZoneIdentifier": task_subnets(spot),
        "TargetGroupARNs": (ref("Targets"),),
        "HealthCheckType": "ELB",
        "HealthCheckGracePeriod": it.GRACE_S,
        "DefaultInstanceWarmup": it.WARM_UP_S,
        "LaunchTemplate": template,
        "Tags": tuple({**t, "PropagateAtLaunch": True} for t in _tags(spot) if isinstance(t, dict)),
    }
    beside: dict[str, Value] = {
        "CreationPolicy": {"ResourceSignal": {"Count": web.initial, "Timeout": _READY}},
        "UpdatePolicy": _replaced(spot),
    }
    way_out = "Private" if spot.private else "Public"
    return part(
        spot,
        "AWS::AutoScaling::AutoScalingGroup",
        "Group",
        properties,
        comment=_about(spot, counted),
        after=("HttpsListener", f"{way_out}WayOut", *(f"{way_out}Subnet{zone}Routes" for zone in "AB")),
        beside=beside,
    )


def _about(spot: Spot, counted: bool) -> str:
    lines = [
        "A change of the template replaces the instances; the stack goes back if they do not become healthy."
    ]
    if spot.web.maximum == 1:
        lines.append("With a maximum of one there is none while it is replaced: a few minutes.")
    if spot.tracked:
        left = "Without DesiredCapacity an update leaves the running count alone; it starts at the minimum."
        again = "An update of this resource sets DesiredCapacity again; remove it after the first deployment."
        lines.append(again if counted else left)
    return "\n".join(lines)


def _replaced(spot: Spot) -> Value:
    """CloudFormation wants fewer in service than the maximum, so that there is room for a new one."""
    web = spot.web
    rolling: Value = {
        "MinInstancesInService": min(web.minimum, web.maximum - 1),
        "MaxBatchSize": max(web.maximum // 4, 1),
        "PauseTime": _READY,
        "WaitOnResourceSignals": True,
        "SuspendProcesses": (
            "HealthCheck",
            "ReplaceUnhealthy",
            "AZRebalance",
            "AlarmNotification",
            "ScheduledActions",
        ),
    }
    return {
        "AutoScalingRollingUpdate": rolling,
        "AutoScalingScheduledAction": {"IgnoreUnmodifiedGroupSizeProperties": True},
    }


def _policy(spot: Spot, trigger: ScaleTrigger) -> Resource:
    tracking: Value = {"TargetValue": target_value(trigger), **_metric(trigger)}
    properties: dict[str, Value] = {
        "AutoScalingGroupName": ref("Group"),
        "PolicyType": "TargetTrackingScaling",
        "TargetTrackingConfiguration": tracking,
    }
    return part(spot, "AWS::AutoScaling::ScalingPolicy", f"ScaleOn{camel(trigger.metric)}", properties)


def _metric(trigger: ScaleTrigger) -> dict[str, Value]:
    if trigger.metric == "memory":
        group: Value = {"Name": "AutoScalingGroupName", "Value": ref("Group")}
        own: Value = {
            "Namespace": it.AGENT,
            "MetricName": it.MEMORY,
            "Statistic": "Average",
            "Dimensions": (group,),
        }
        return {"CustomizedMetricSpecification": own}
    known: dict[str, Value] = {"PredefinedMetricType": it.METRICS[trigger.metric]}
    if trigger.metric == "requests":
        names = (ref("Balancer", "LoadBalancerFullName"), "/", ref("Targets", "TargetGroupFullName"))
        known["ResourceLabel"] = Join(names)
    return {"PredefinedMetricSpecification": known}


def _hours(spot: Spot) -> list[Resource]:
    """Fewer instances in the evening; hours are those of a time zone in the parameters."""
    return [
        part(
            spot,
            "AWS::AutoScaling::ScheduledAction",
            camel(name),
            {
                "AutoScalingGroupName": ref("Group"),
                "Recurrence": when,
                "TimeZone": Var("ScheduleTimezone"),
                "MinSize": low,
                "MaxSize": high,
            },
        )
        for name, when, low, high in it.hours(spot)
    ]
