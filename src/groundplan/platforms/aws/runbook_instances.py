"""The runbook's instances: role, launch template, auto scaling group, its scaling, and how it is renewed."""

from __future__ import annotations

from groundplan.model.graph import Join, Value, Var
from groundplan.model.plan import ScaleTrigger
from groundplan.platforms.aws import instances as it
from groundplan.platforms.aws.instance_script import group as log_group
from groundplan.platforms.aws.instance_script import script
from groundplan.platforms.aws.instance_size import VOLUME
from groundplan.platforms.aws.runbook_network import runner, task_subnets
from groundplan.platforms.aws.spot import Spot, slug, target_value
from groundplan.syntax.runbook import Step, heredoc
from groundplan.syntax.shell import document, word

_HOW = '{"MinHealthyPercentage": 100, "MaxHealthyPercentage": 200, "AutoRollback": true}'


def role(spot: Spot) -> Step:
    name, project = f"{spot.label}-{spot.code}-instance", spot.plan.draft.project
    arns: tuple[Value, ...] = tuple(Var(f"{s.name}_ARN") for s in spot.plan.secrets)
    arns += (Var("DATABASE_SECRET"),) if spot.database else ()
    home = spot.plan.places[0].code
    refs: dict[str, Value] = {
        "repository": Join((f"arn:aws:ecr:{home}:", Var("ACCOUNT"), f":repository/{slug(project)}")),
        "streams": Join((f"arn:aws:logs:{spot.code}:", Var("ACCOUNT"), f":log-group:{log_group(spot)}:*")),
    }
    return Step(
        title=f"Create the role{spot.where}",
        commands=(
            f"aws iam create-role --role-name {name} --assume-role-policy-document {document(it.trust())} "
            f"--tags Key=Project,Value={project}",
            f"aws iam put-role-policy --role-name {name} --policy-name run-the-application "
            f"--policy-document {document(it.policy(spot, refs, arns), 2)}",
            f"PROFILE=$(aws iam create-instance-profile --instance-profile-name {name} "
            f"--tags Key=Project,Value={project} --query InstanceProfile.Arn --output text)",
            f"aws iam add-role-to-instance-profile --instance-profile-name {name} --role-name {name}",
            f"aws iam wait instance-profile-exists --instance-profile-name {name}",
        ),
        note="The instances use it. The containers cannot: their requests for credentials come from one hop too far.",
        check='`echo "$PROFILE"` prints an ARN.',
    )


def template(spot: Spot) -> Step:
    marks, text = _script(spot)
    filled = "".join(f' -e "s|@{name}@|${name}|g"' for name in marks)
    return Step(
        title=f"Describe an instance{spot.where}",
        commands=(
            *heredoc("user-data.sh", text),
            f"USER_DATA=$(sed{filled} user-data.sh | base64 | tr -d '\\n')"
            if marks
            else "USER_DATA=$(base64 < user-data.sh | tr -d '\\n')",
            f"MACHINE=$({_newest(spot)})",
            f"TEMPLATE=$(aws ec2 create-launch-template --launch-template-name {spot.label} "
            f"--tag-specifications 'ResourceType=launch-template,Tags=[{{Key=Project,Value={spot.plan.draft.project}}}]' "
            f"--launch-template-data {document(_described(spot), 2)} "
            "--query LaunchTemplate.LaunchTemplateId --output text)",
        ),
        note="An instance is the newest Amazon Linux 2023 that runs the image with Docker. It takes no SSH; "
        "`aws ssm start-session --target` and its id opens a shell.",
        check='`aws ec2 describe-launch-template-versions --launch-template-id "$TEMPLATE" --query '
        "'LaunchTemplateVersions[].VersionNumber'` shows version 1.",
    )


def _newest(spot: Spot) -> str:
    return f"aws ssm get-parameter --name {it.parameter(spot)} --query Parameter.Value --output text"


def _script(spot: Spot) -> tuple[tuple[str, ...], str]:
    """What stands for a shell variable in the text, and the text."""
    app = spot.plan.draft.app
    stated = it.stated_image(spot)
    refs: dict[str, Value] = {
        "image": stated or Var("IMAGE"),
        "port": str(app.port),
        "logs": log_group(spot),
        "database": Var("DATABASE_HOST"),
        "master": Var("DATABASE_SECRET"),
        "cache": Var("REDIS_HOST"),
    }
    secrets: dict[str, Value] = {s.name: Var(f"{s.name}_ARN") for s in spot.plan.secrets}
    lines = script(spot, refs, secrets).lines
    marks = dict.fromkeys(part.name for line in lines for part in line if isinstance(part, Var))
    text = "\n".join("".join(f"@{p.name}@" if isinstance(p, Var) else f"{p}" for p in line) for line in lines)
    return tuple(marks), text + "\n"


def _described(spot: Spot) -> dict[str, Value]:
    interface: Value = {
        "DeviceIndex": 0,
        "AssociatePublicIpAddress": not spot.private,
        "DeleteOnTermination": True,
        "Groups": (Var(runner(spot)),),
    }
    named = {"Name": spot.label, "Project": spot.plan.draft.project}
    tags: Value = tuple({"Key": key, "Value": value} for key, value in named.items())
    return {
        "ImageId": Var("MACHINE"),
        "InstanceType": spot.web.sku,
        "IamInstanceProfile": {"Arn": Var("PROFILE")},
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 1,
        },
        "Monitoring": {"Enabled": True},
        "NetworkInterfaces": (interface,),
        "BlockDeviceMappings": ({"DeviceName": it.DEVICE, "Ebs": VOLUME},),
        "TagSpecifications": ({"ResourceType": "volume", "Tags": tags},),
        "UserData": Var("USER_DATA"),
    }


def group(spot: Spot) -> Step:
    web, name = spot.web, spot.label
    subnets = ",".join(f"${v}" for v in task_subnets(spot))
    tags = " ".join(
        f"Key={key},Value={value},PropagateAtLaunch=true"
        for key, value in (("Name", name), ("Project", spot.plan.draft.project))
    )
    return Step(
        title=f"Start the instances{spot.where}",
        commands=(
            f"aws autoscaling create-auto-scaling-group --auto-scaling-group-name {name} "
            '--launch-template "LaunchTemplateId=$TEMPLATE,Version=1" '
            f"--min-size {web.minimum} --max-size {web.maximum} --desired-capacity {web.initial} "
            f'--vpc-zone-identifier "{subnets}" --target-group-arns "$TARGETS" --health-check-type ELB '
            f"--health-check-grace-period {it.GRACE_S} --default-instance-warmup {it.WARM_UP_S} --tags {tags}",
            'aws elbv2 wait target-in-service --target-group-arn "$TARGETS"',
        ),
        note="The first answer takes three to five minutes. What an instance says while it starts is in the log group.",
        check=f'`curl -fsS "https://$DOMAIN"{word(spot.plan.draft.app.health_path)}` answers, and '
        f"`aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names {name} --query "
        f"'length(AutoScalingGroups[0].Instances)'` says {web.initial}.",
    )


def scaling(spot: Spot) -> tuple[Step, ...]:
    if not spot.tracked and not it.hours(spot):
        return ()
    where, web = f"--auto-scaling-group-name {spot.label}", spot.web
    policies = tuple(
        f"aws autoscaling put-scaling-policy {where} --policy-name {spot.label}-{t.metric} "
        f"--policy-type TargetTrackingScaling --target-tracking-configuration {_tracking(spot, t)}"
        for t in spot.tracked
    )
    listed = ", ".join(f"{spot.label}-{t.metric}" for t in spot.tracked) or "nothing"
    return (
        Step(
            title=f"Let it scale from {web.minimum} to {web.maximum} instances{spot.where}",
            commands=(
                *(('LABEL="${BALANCER#*:loadbalancer/}/${TARGETS##*:}"',) if policies else ()),
                *policies,
                *_hours(spot, where),
            ),
            check=f"`aws autoscaling describe-policies {where} --query 'ScalingPolicies[].PolicyName'` lists {listed}.",
        ),
    )


def _tracking(spot: Spot, trigger: ScaleTrigger) -> str:
    if trigger.metric == "memory":
        about: Value = {"Name": "AutoScalingGroupName", "Value": spot.label}
        own: Value = {
            "Namespace": it.AGENT,
            "MetricName": it.MEMORY,
            "Statistic": "Average",
            "Dimensions": (about,),
        }
        return document({"TargetValue": target_value(trigger), "CustomizedMetricSpecification": own})
    metric: dict[str, Value] = {"PredefinedMetricType": it.METRICS[trigger.metric]}
    if trigger.metric == "requests":
        metric["ResourceLabel"] = Var("LABEL")
    return document({"TargetValue": target_value(trigger), "PredefinedMetricSpecification": metric})


def _hours(spot: Spot, where: str) -> tuple[str, ...]:
    found = it.hours(spot)
    if not found:
        return ()
    actions = tuple(
        f'aws autoscaling put-scheduled-update-group-action {where} --time-zone "$ZONE" '
        f"--scheduled-action-name {spot.label}-{name} --recurrence {word(when)} --min-size {low} --max-size {high}"
        for name, when, low, high in found
    )
    return ("read -r -p 'Time zone of the schedule, as in Europe/Berlin: ' ZONE", *actions)


def renew(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title="Renew the instances, once a month",
        commands=(
            f"MACHINE=$({_newest(spot)})",
            f"REVISION=$(aws ec2 create-launch-template-version --launch-template-name {name} "
            "--source-version '$Latest' --launch-template-data \"ImageId=$MACHINE\" "
            "--query LaunchTemplateVersion.VersionNumber --output text)",
            _refresh(name),
        ),
        note="Patches arrive with new instances, which are started before the old ones go. AWS_REGION is the region. A "
        "new release is the same with a new user-data.sh.",
        check=f"`aws autoscaling describe-instance-refreshes --auto-scaling-group-name {name} --max-records 1` "
        "says Successful in the end.",
    )


def rollback(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title="Go back to an earlier release",
        commands=(
            f"aws ec2 describe-launch-template-versions --launch-template-name {name} "
            "--query 'LaunchTemplateVersions[].[VersionNumber,CreateTime]' --output text",
            "read -r -p 'Version to return to, as in 4: ' REVISION",
            _refresh(name),
        ),
        note="For the day that needs it, with AWS_REGION set to the region. Changes of the database's schema are not "
        "undone by it. Instances that do not become healthy are taken back by themselves.",
        check=f"`aws autoscaling describe-instance-refreshes --auto-scaling-group-name {name} --max-records 1` "
        "says Successful in the end.",
    )


def _refresh(name: str) -> str:
    wanted: Value = {"LaunchTemplate": {"LaunchTemplateName": name, "Version": Var("REVISION")}}
    return (
        f"aws autoscaling start-instance-refresh --auto-scaling-group-name {name} "
        f"--desired-configuration {document(wanted)} --preferences '{_HOW}'"
    )
