"""The runbook's cluster, tasks, balancer, service and scaling."""

from __future__ import annotations

from groundplan.model.application import App, command_text
from groundplan.model.graph import Join, Value, Var
from groundplan.model.plan import ScaleTrigger
from groundplan.platforms.aws.container import container
from groundplan.platforms.aws.key_policy import key_policy
from groundplan.platforms.aws.runbook_network import open_port, task_subnets
from groundplan.platforms.aws.spot import METRICS, Spot, night_bounds, target_value, task_cpu
from groundplan.syntax.markdown import inline
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document, word

TRUST: Value = {
    "Version": "2012-10-17",
    "Statement": (
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        },
    ),
}
_PULL = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def logs(spot: Spot, *names: str) -> Step:
    days = spot.plan.log_retention_days
    made = [c for name in names for c in _log_group(spot, name)]
    return Step(
        title=f"Create the log group{'s' if len(names) > 1 else ''}{spot.where}",
        commands=(*(_key(spot) if spot.key else ()), *made),
        check=f"`aws logs describe-log-groups --log-group-name-prefix {names[0]}` shows {days or 'no'} days.",
    )


def _log_group(spot: Spot, name: str) -> tuple[str, ...]:
    days, key = spot.plan.log_retention_days, ' --kms-key-id "$KEY"' if spot.key else ""
    kept = (f"aws logs put-retention-policy --log-group-name {name} --retention-in-days {days}",)
    made = f"aws logs create-log-group --log-group-name {name} --tags Project={spot.plan.draft.project}{key}"
    return (made, *(kept if days else ()))


def _key(spot: Spot) -> tuple[str, ...]:
    """CloudWatch may not use the key that AWS manages for SNS, so messages and logs get a key of their own."""
    policy = document(key_policy(spot.code, Var("ACCOUNT")))
    return (
        f"KEY=$(aws kms create-key --description 'Alarm messages and logs of {spot.label}' --policy {policy} "
        f"--tags TagKey=Project,TagValue={spot.plan.draft.project} --query KeyMetadata.Arn --output text)",
        'aws kms enable-key-rotation --key-id "$KEY"',
        f'aws kms create-alias --alias-name alias/{spot.label} --target-key-id "$KEY"',
    )


def roles(spot: Spot) -> Step:
    names = {k: f"{spot.label}-{spot.code}-{k}"[:64] for k in ("execution", "task")}
    commands = [
        f"{kind.upper()}_ROLE=$(aws iam create-role --role-name {name} --assume-role-policy-document "
        f"{document(TRUST)} --tags Key=Project,Value={spot.plan.draft.project} --query Role.Arn --output text)"
        for kind, name in names.items()
    ]
    commands.append(f"aws iam attach-role-policy --role-name {names['execution']} --policy-arn {_PULL}")
    arns = tuple(_secret_arns(spot).values())
    if arns:
        allowed: Value = {"Effect": "Allow", "Action": ("secretsmanager:GetSecretValue",), "Resource": arns}
        policy = document({"Version": "2012-10-17", "Statement": (allowed,)})
        commands.append(
            f"aws iam put-role-policy --role-name {names['execution']} --policy-name read-secrets "
            f"--policy-document {policy}"
        )
    return Step(
        title=f"Create the roles{spot.where}",
        commands=tuple(commands),
        note="ECS pulls the image, writes logs and reads secrets with the first. The application itself runs with the "
        "second, which may do nothing until you add a policy.",
        check='`echo "$EXECUTION_ROLE $TASK_ROLE"` prints two ARNs.',
    )


def _secret_arns(spot: Spot) -> dict[str, Value]:
    own: dict[str, Value] = {s.name: Var(f"{s.name}_ARN") for s in spot.plan.secrets}
    return {**own, "DATABASE": Var("DATABASE_SECRET")} if spot.database else own


def _about(app: App) -> str:
    """Where the task's port, health path and command are from."""
    known = [("port", str(app.port)), ("health_path", app.health_path)]
    known += [("command", command_text(app.command))] if app.command else []
    told = [f"{field.replace('_', ' ')} {value}{app.note(field)}" for field, value in known]
    return f"Of the application: {inline('; '.join(told))}."


def task(spot: Spot) -> Step:
    app = spot.plan.draft.app
    secrets: dict[str, Value] = {s.name: Var(f"{s.name}_ARN") for s in spot.plan.secrets}
    if spot.database:
        secrets["DATABASE_USER"] = Join((Var("DATABASE_SECRET"), ":username::"))
        secrets["DATABASE_PASSWORD"] = Join((Var("DATABASE_SECRET"), ":password::"))
    refs: dict[str, Value] = {
        "image": app.image or Var("IMAGE"),
        "port": app.port,
        "port_text": str(app.port),
        "logs": f"/ecs/{spot.label}",
        "database": Var("DATABASE_HOST"),
        "cache": Var("REDIS_HOST"),
    }
    return Step(
        title=f"Create the cluster and describe the task{spot.where}",
        commands=(
            f"aws ecs create-cluster --cluster-name {spot.label} {_tags(spot)}",
            f"aws ecs register-task-definition --family {spot.label} --requires-compatibilities FARGATE "
            f"--network-mode awsvpc --cpu {task_cpu(spot)} --memory {spot.web.memory_mib} "
            '--execution-role-arn "$EXECUTION_ROLE" --task-role-arn "$TASK_ROLE" '
            f"{_tags(spot)} --container-definitions {document((container(spot, refs, secrets),), 2)}",
        ),
        note=_about(app),
        check=f"`aws ecs describe-task-definition --task-definition {spot.label} --query "
        "taskDefinition.status` says ACTIVE.",
    )


def balancer(spot: Spot) -> Step:
    app, name, tags = spot.plan.draft.app, spot.label, f"--tags Key=Project,Value={spot.plan.draft.project}"
    kind = "instance" if spot.on_machines else "ip"
    redirect = document(
        (
            {
                "Type": "redirect",
                "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"},
            },
        )
    )
    return Step(
        title=f"Create the balancer{spot.where}",
        commands=(
            f"BALANCER=$(aws elbv2 create-load-balancer --name {name} --type application --subnets "
            f'"$PUBLIC_A" "$PUBLIC_B" --security-groups "$BALANCER_GROUP" {tags} '
            "--query 'LoadBalancers[0].LoadBalancerArn' --output text)",
            'aws elbv2 modify-load-balancer-attributes --load-balancer-arn "$BALANCER" --attributes '
            "Key=deletion_protection.enabled,Value=true Key=routing.http.drop_invalid_header_fields.enabled,Value=true",
            f"TARGETS=$(aws elbv2 create-target-group --name {name} --protocol HTTP --port {open_port(spot)} "
            f'--vpc-id "$VPC" --target-type {kind} --health-check-path {word(app.health_path)} '
            f"--matcher HttpCode=200-399 --health-check-interval-seconds 15 {tags} "
            "--query 'TargetGroups[0].TargetGroupArn' --output text)",
            'aws elbv2 modify-target-group-attributes --target-group-arn "$TARGETS" --attributes '
            "Key=deregistration_delay.timeout_seconds,Value=30",
            'aws elbv2 create-listener --load-balancer-arn "$BALANCER" --protocol HTTPS --port 443 '
            '--ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06 --certificates "CertificateArn=$CERTIFICATE" '
            f'--default-actions "Type=forward,TargetGroupArn=$TARGETS" {tags}',
            'aws elbv2 create-listener --load-balancer-arn "$BALANCER" --protocol HTTP --port 80 '
            f"--default-actions {redirect} {tags}",
        ),
        check='`aws elbv2 describe-load-balancers --load-balancer-arns "$BALANCER" --query '
        "'LoadBalancers[0].[State.Code,DNSName]'` says active; point the public name at that DNS name.",
    )


def service(spot: Spot) -> Step:
    name, web = spot.label, spot.web
    subnets = ",".join(f"${v}" for v in task_subnets(spot))
    public = "DISABLED" if spot.private else "ENABLED"
    return Step(
        title=f"Start the service{spot.where}",
        commands=(
            f"aws ecs create-service --cluster {name} --service-name {name} --task-definition {name} "
            f"--desired-count {web.initial} --launch-type FARGATE --health-check-grace-period-seconds 60 "
            f'--network-configuration "awsvpcConfiguration={{subnets=[{subnets}],'
            f'securityGroups=[$TASKS_GROUP],assignPublicIp={public}}}" '
            f'--load-balancers "targetGroupArn=$TARGETS,containerName=web,containerPort={spot.plan.draft.app.port}" '
            "--deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}' "
            f"--propagate-tags SERVICE {_tags(spot)}",
            f"aws ecs wait services-stable --cluster {name} --services {name}",
        ),
        check=f'`curl -fsS "https://$DOMAIN"{word(spot.plan.draft.app.health_path)}` answers, and '
        f"`aws ecs describe-services --cluster {name} --services {name} --query 'services[0].runningCount'` "
        f"says {web.initial}.",
    )


def scaling(spot: Spot) -> tuple[Step, ...]:
    if not spot.tracked and spot.hours is None:
        return ()
    where = (
        "--service-namespace ecs --scalable-dimension ecs:service:DesiredCount "
        f"--resource-id service/{spot.label}/{spot.label}"
    )
    web = spot.web
    policies = [
        f"aws application-autoscaling put-scaling-policy {where} --policy-name {spot.label}-{t.metric} "
        f"--policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration {_tracking(t)}"
        for t in spot.tracked
    ]
    return (
        Step(
            title=f"Let it scale from {web.minimum} to {web.maximum} tasks{spot.where}",
            commands=(
                f"aws application-autoscaling register-scalable-target {where} "
                f"--tags Project={spot.plan.draft.project} --min-capacity {web.minimum} "
                f"--max-capacity {web.maximum}",
                *(('LABEL="${BALANCER#*:loadbalancer/}/${TARGETS##*:}"',) if policies else ()),
                *policies,
                *_hours(spot, where),
            ),
            check="`aws application-autoscaling describe-scaling-policies --service-namespace ecs --query "
            "'ScalingPolicies[].PolicyName'` lists "
            + ", ".join(f"{spot.label}-{t.metric}" for t in spot.tracked)
            + ".",
        ),
    )


def _hours(spot: Spot, where: str) -> tuple[str, ...]:
    if spot.hours is None:
        return ()
    actions = tuple(
        f'aws application-autoscaling put-scheduled-action {where} --timezone "$ZONE" '
        f"--scheduled-action-name {spot.label}-{name} --schedule {word(schedule)} "
        f"--scalable-target-action MinCapacity={low},MaxCapacity={high}"
        for name, schedule, low, high in night_bounds(spot, spot.hours)
    )
    return ("read -r -p 'Time zone of the schedule, as in Europe/Berlin: ' ZONE", *actions)


def _tracking(trigger: ScaleTrigger) -> str:
    metric: dict[str, Value] = {"PredefinedMetricType": METRICS[trigger.metric]}
    if trigger.metric == "requests":
        metric["ResourceLabel"] = Var("LABEL")
    return document(
        {
            "TargetValue": target_value(trigger),
            "PredefinedMetricSpecification": metric,
            "ScaleInCooldown": 300,
            "ScaleOutCooldown": 60,
        }
    )


def rollback(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title="Go back to an earlier release",
        commands=(
            f"aws ecs list-task-definitions --family-prefix {name} --sort DESC",
            "read -r -p 'Revision to return to, as in 4: ' REVISION",
            f'aws ecs update-service --cluster {name} --service {name} --task-definition "{name}:$REVISION"',
            f"aws ecs wait services-stable --cluster {name} --services {name}",
        ),
        note="For the day that needs it, with AWS_REGION set to the region. Changes of the database's schema are not "
        "undone by it. A deployment whose tasks do not start goes back by itself.",
        check=f"`aws ecs describe-services --cluster {name} --services {name} --query "
        "'services[0].taskDefinition'` names the revision.",
    )


def _tags(spot: Spot) -> str:
    return f"--tags key=Project,value={spot.plan.draft.project}"
