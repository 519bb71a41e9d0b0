"""Balancer, cluster, task and scaling of one stack."""

from __future__ import annotations

from groundplan.model.graph import Join, Resource, Value, Var
from groundplan.model.plan import ScaleTrigger
from groundplan.platforms.aws.cloudformation_key import key
from groundplan.platforms.aws.cloudformation_network import open_port, subnets, task_subnets
from groundplan.platforms.aws.cloudformation_part import camel, part, ref
from groundplan.platforms.aws.container import container
from groundplan.platforms.aws.spot import METRICS, Spot, night_bounds, target_value, task_cpu


def service(spot: Spot) -> list[Resource]:
    return [*balancer(spot), *_cluster(spot), *_roles(spot), _task(spot), _service(spot), *_scaling(spot)]


def secret_parameter(name: str) -> str:
    return f"{camel(name)}SecretArn"


def balancer(spot: Spot) -> list[Resource]:
    attributes = {
        "deletion_protection.enabled": "true",
        "routing.http.drop_invalid_header_fields.enabled": "true",
    }
    return [
        part(
            spot,
            "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Balancer",
            {
                "Name": spot.label,
                "Type": "application",
                "SecurityGroups": (ref("BalancerGroup", "GroupId"),),
                "Subnets": subnets("Public"),
                "LoadBalancerAttributes": tuple({"Key": k, "Value": v} for k, v in attributes.items()),
            },
            after=("GatewayAttachment",),
        ),
        part(
            spot,
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            "Targets",
            {
                "Name": spot.label,
                "Port": open_port(spot),
                "Protocol": "HTTP",
                "TargetType": "instance" if spot.on_machines else "ip",
                "VpcId": ref("Vpc"),
                "HealthCheckPath": Var("HealthPath"),
                "HealthCheckIntervalSeconds": 15,
                "Matcher": {"HttpCode": "200-399"},
                "TargetGroupAttributes": ({"Key": "deregistration_delay.timeout_seconds", "Value": "30"},),
            },
        ),
        _https(spot),
        _http(spot),
    ]


def _https(spot: Spot) -> Resource:
    return part(
        spot,
        "AWS::ElasticLoadBalancingV2::Listener",
        "HttpsListener",
        {
            "LoadBalancerArn": ref("Balancer"),
            "Port": 443,
            "Protocol": "HTTPS",
            "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "Certificates": ({"CertificateArn": Var("CertificateArn")},),
            "DefaultActions": ({"Type": "forward", "TargetGroupArn": ref("Targets")},),
        },
    )


def _http(spot: Spot) -> Resource:
    redirect: Value = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    return part(
        spot,
        "AWS::ElasticLoadBalancingV2::Listener",
        "HttpListener",
        {
            "LoadBalancerArn": ref("Balancer"),
            "Port": 80,
            "Protocol": "HTTP",
            "DefaultActions": ({"Type": "redirect", "RedirectConfig": redirect},),
        },
    )


def _cluster(spot: Spot) -> list[Resource]:
    kept: dict[str, Value] = {"LogGroupName": f"/ecs/{spot.label}"}
    if spot.plan.log_retention_days:
        kept["RetentionInDays"] = spot.plan.log_retention_days
    if spot.key:
        kept["KmsKeyId"] = ref("Key", "Arn")
    return [
        *key(spot),
        part(spot, "AWS::ECS::Cluster", "Cluster", {"ClusterName": spot.label}),
        part(spot, "AWS::Logs::LogGroup", "Logs", kept, keep="Retain"),
    ]


def _roles(spot: Spot) -> list[Resource]:
    trust: Value = {
        "Version": "2012-10-17",
        "Statement": (
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            },
        ),
    }
    policy = ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    execution: dict[str, Value] = {
        "AssumeRolePolicyDocument": trust,
        "ManagedPolicyArns": (Join(("arn:", Var("AWS::Partition"), policy)),),
    }
    arns: tuple[Value, ...] = tuple(Var(secret_parameter(s.name)) for s in spot.plan.secrets)
    if spot.database:
        arns += (ref("Database", "MasterUserSecret.SecretArn"),)
    if arns:
        allowed: Value = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": arns}
        document: Value = {"Version": "2012-10-17", "Statement": (allowed,)}
        execution["Policies"] = ({"PolicyName": "read-secrets", "PolicyDocument": document},)
    return [
        part(
            spot,
            "AWS::IAM::Role",
            "ExecutionRole",
            execution,
            comment="ECS pulls the image, writes logs and reads secrets with it.",
        ),
        part(
            spot,
            "AWS::IAM::Role",
            "TaskRole",
            {"AssumeRolePolicyDocument": trust},
            comment="The application itself runs with it; it may do nothing until a policy is added.",
        ),
    ]


def _task(spot: Spot) -> Resource:
    secrets: dict[str, Value] = {s.name: Var(secret_parameter(s.name)) for s in spot.plan.secrets}
    if spot.database:
        master = ref("Database", "MasterUserSecret.SecretArn")
        secrets["DATABASE_USER"] = Join((master, ":username::"))
        secrets["DATABASE_PASSWORD"] = Join((master, ":password::"))
    refs: dict[str, Value] = {
        "image": Var("Image"),
        "port": Var("ContainerPort"),
        "port_text": Var("ContainerPort"),
        "logs": ref("Logs"),
        "database": ref("Database", "Endpoint.Address"),
        "cache": ref("Cache", "PrimaryEndPoint.Address"),
    }
    return part(
        spot,
        "AWS::ECS::TaskDefinition",
        "Task",
        {
            "Family": spot.label,
            "RequiresCompatibilities": ("FARGATE",),
            "NetworkMode": "awsvpc",
            "Cpu": task_cpu(spot),
            "Memory": str(spot.web.memory_mib),
            "ExecutionRoleArn": ref("ExecutionRole", "Arn"),
            "TaskRoleArn": ref("TaskRole", "Arn"),
            "ContainerDefinitions": (_pascal(container(spot, refs, secrets)),),
        },
        comment=spot.plan.draft.app.started,
    )


def _pascal(value: Value) -> Value:
    """ECS's own JSON in CloudFormation's spelling; the options of a log driver keep theirs."""
    match value:
        case dict():
            return {
                key[:1].upper() + key[1:]: item if key == "options" else _pascal(item)
                for key, item in value.items()
                if item != ()
            }
        case tuple():
            return tuple(_pascal(item) for item in value)
    return value


def _service(spot: Spot) -> Resource:
    web = spot.web
    public = "DISABLED" if spot.private else "ENABLED"
    own = {"SecurityGroups": (ref("TasksGroup", "GroupId"),), "Subnets": task_subnets(spot)}
    counted = not spot.tracked or web.initial != web.minimum
    properties: dict[str, Value] = {
        "ServiceName": spot.label,
        "Cluster": ref("Cluster"),
        "TaskDefinition": ref("Task"),
        **({"DesiredCount": web.initial} if counted else {}),
        "LaunchType": "FARGATE",
        "HealthCheckGracePeriodSeconds": 60,
        "NetworkConfiguration": {"AwsvpcConfiguration": {"AssignPublicIp": public, **own}},
        "LoadBalancers": (
            {
                "ContainerName": "web",
                "ContainerPort": Var("ContainerPort"),
                "TargetGroupArn": ref("Targets"),
            },
        ),
        "DeploymentConfiguration": {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}},
        "EnableECSManagedTags": True,
        "PropagateTags": "SERVICE",
        "AvailabilityZoneRebalancing": "ENABLED",
    }
    why = "Without DesiredCount an update leaves the running count alone; scaling starts it at its minimum."
    again = "An update of this resource sets DesiredCount again; remove it after the first deployment."
    comment = "" if not spot.tracked else again if counted else why
    return part(spot, "AWS::ECS::Service", "Service", properties, comment=comment, after=("HttpsListener",))


def _scaling(spot: Spot) -> list[Resource]:
    if not spot.tracked and spot.hours is None:
        return []
    bounds = part(
        spot,
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "Scaling",
        {
            "MinCapacity": spot.web.minimum,
            "MaxCapacity": spot.web.maximum,
            "ResourceId": Join(("service/", ref("Cluster"), "/", ref("Service", "Name"))),
            "ScalableDimension": "ecs:service:DesiredCount",
            "ServiceNamespace": "ecs",
            **_hours(spot),
        },
    )
    return [bounds, *(_policy(spot, trigger) for trigger in spot.tracked)]


def _hours(spot: Spot) -> dict[str, Value]:
    """Fewer tasks in the evening, as many as usual in the morning."""
    if spot.hours is None:
        return {}
    actions: tuple[Value, ...] = tuple(
        {
            "ScheduledActionName": f"{spot.label}-{name}",
            "Schedule": schedule,
            "Timezone": Var("ScheduleTimezone"),
            "ScalableTargetAction": {"MinCapacity": low, "MaxCapacity": high},
        }
        for name, schedule, low, high in night_bounds(spot, spot.hours)
    )
    return {"ScheduledActions": actions}


def _policy(spot: Spot, trigger: ScaleTrigger) -> Resource:
    metric: dict[str, Value] = {"PredefinedMetricType": METRICS[trigger.metric]}
    if trigger.metric == "requests":
        names = (ref("Balancer", "LoadBalancerFullName"), "/", ref("Targets", "TargetGroupFullName"))
        metric["ResourceLabel"] = Join(names)
    return part(
        spot,
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        f"ScaleOn{camel(trigger.metric)}",
        {
            "PolicyName": f"{spot.label}-{trigger.metric}",
            "PolicyType": "TargetTrackingScaling",
            "ScalingTargetId": ref("Scaling"),
            "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": target_value(trigger),
                "PredefinedMetricSpecification": metric,
                "ScaleInCooldown": 300,
                "ScaleOutCooldown": 60,
            },
        },
    )
