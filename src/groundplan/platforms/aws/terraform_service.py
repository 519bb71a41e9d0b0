"""Balancer, cluster and task of one region."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Block, Join, Json, Ref, Resource, Value, Var
from groundplan.platforms.aws.terraform_key import key_of
from groundplan.platforms.aws.terraform_network import open_port, subnet_ids, task_subnets
from groundplan.platforms.aws.terraform_scaling import scaled, scaling
from groundplan.platforms.aws.terraform_site import Site


def service(site: Site) -> list[Resource]:
    return [*balancer(site), *_cluster(site), *_roles(site), *_task(site), *scaling(site)]


def balancer(site: Site) -> list[Resource]:
    lb = site.ref("aws_lb", "arn")
    forward = Block({"type": "forward", "target_group_arn": site.ref("aws_lb_target_group", "arn")})
    redirect = Block({"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"})
    health: Value = site.plan.draft.app.health_path if site.cluster else Var("health_path")
    return [
        site.resource(
            "aws_lb",
            {
                "name": site.label,
                "load_balancer_type": "application",
                "security_groups": (site.ref("aws_security_group", "id", "balancer"),),
                "subnets": subnet_ids(site, "public"),
                "drop_invalid_header_fields": True,
                "enable_deletion_protection": Var("deletion_protection"),
            },
            file="service",
        ),
        site.resource(
            "aws_lb_target_group",
            {
                "name": site.label,
                "port": open_port(site),
                "protocol": "HTTP",
                "target_type": "instance" if site.spot.on_machines else "ip",
                "vpc_id": site.ref("aws_vpc", "id"),
                "deregistration_delay": "30",
                "health_check": Block({"path": health, "matcher": "200-399", "interval": 15}),
            },
            file="service",
        ),
        site.resource(
            "aws_lb_listener",
            {
                "load_balancer_arn": lb,
                "port": 443,
                "protocol": "HTTPS",
                "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                "certificate_arn": Var(certificate(site)),
                "default_action": forward,
            },
            file="service",
            suffix="https",
        ),
        site.resource(
            "aws_lb_listener",
            {
                "load_balancer_arn": lb,
                "port": 80,
                "protocol": "HTTP",
                "default_action": Block({"type": "redirect", "redirect": redirect}),
            },
            file="service",
            suffix="http",
        ),
    ]


def certificate(site: Site) -> str:
    return (
        "certificate_arn" if site.name == "main" else f"certificate_arn_{site.place.code.replace('-', '_')}"
    )


def _cluster(site: Site) -> list[Resource]:
    return [
        site.resource("aws_ecs_cluster", {"name": site.label}, file="service"),
        site.resource(
            "aws_cloudwatch_log_group",
            {
                "name": f"/ecs/{site.label}",
                "retention_in_days": site.plan.log_retention_days,
                "kms_key_id": key_of(site),
            },
            file="monitoring",
        ),
    ]


def _roles(site: Site) -> list[Resource]:
    trust = Json(
        {
            "Version": "2012-10-17",
            "Statement": (
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRole",
                    "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                },
            ),
        }
    )
    made = [
        site.resource(
            "aws_iam_role",
            {"name": f"{site.label}-{site.place.code}-{kind}"[:64], "assume_role_policy": trust},
            file="service",
            suffix=kind,
            comment=comment,
        )
        for kind, comment in (
            ("execution", "ECS pulls the image, writes logs and reads secrets with it."),
            ("task", "The application itself runs with it; it may do nothing until a policy is added."),
        )
    ]
    made.append(
        site.resource(
            "aws_iam_role_policy_attachment",
            {
                "role": site.ref("aws_iam_role", "name", "execution"),
                "policy_arn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            },
            file="service",
            suffix="execution",
        )
    )
    arns = secret_arns(site)
    if arns:
        allowed: Value = {"Effect": "Allow", "Action": ("secretsmanager:GetSecretValue",), "Resource": arns}
        made.append(
            site.resource(
                "aws_iam_role_policy",
                {
                    "name": "read-secrets",
                    "role": site.ref("aws_iam_role", "id", "execution"),
                    "policy": Json({"Version": "2012-10-17", "Statement": (allowed,)}),
                },
                file="service",
                suffix="secrets",
            )
        )
    return made


def secret_arns(site: Site) -> tuple[Value, ...]:
    own = tuple(Var(f"{s.name.lower()}_secret_arn") for s in site.plan.secrets)
    master: tuple[Value, ...] = (_master(site),) if site.primary and site.plan.role("database", "aws") else ()
    return own + master


def _master(site: Site) -> Ref:
    return Ref("aws_db_instance", site.named(), "master_user_secret[0].secret_arn")


def _task(site: Site) -> list[Resource]:
    web = site.web
    arguments: dict[str, Value] = {
        "name": site.label,
        "cluster": site.ref("aws_ecs_cluster", "id"),
        "task_definition": site.ref("aws_ecs_task_definition", "arn"),
        "desired_count": web.initial,
        "launch_type": "FARGATE",
        "health_check_grace_period_seconds": 60,
        "network_configuration": Block(
            {
                "subnets": task_subnets(site),
                "security_groups": (site.ref("aws_security_group", "id", "tasks"),),
                "assign_public_ip": not site.private,
            }
        ),
        "load_balancer": Block(
            {
                "target_group_arn": site.ref("aws_lb_target_group", "arn"),
                "container_name": "web",
                "container_port": Var("container_port"),
            }
        ),
        "enable_ecs_managed_tags": True,
        "propagate_tags": "SERVICE",
        "availability_zone_rebalancing": "ENABLED",
        "deployment_circuit_breaker": Block({"enable": True, "rollback": True}),
    }
    if scaled(site.plan):
        arguments["lifecycle"] = Block({"ignore_changes": (Ref("desired_count", "", ""),)})
    return [
        site.resource(
            "aws_ecs_task_definition",
            {
                "family": site.label,
                "requires_compatibilities": ("FARGATE",),
                "network_mode": "awsvpc",
                "cpu": str(int((web.cpu or Decimal(0)) * 1024)),
                "memory": str(web.memory_mib),
                "runtime_platform": Block({"operating_system_family": "LINUX", "cpu_architecture": "X86_64"}),
                "execution_role_arn": site.ref("aws_iam_role", "arn", "execution"),
                "task_role_arn": site.ref("aws_iam_role", "arn", "task"),
                "container_definitions": Json((_container(site),)),
            },
            file="service",
            comment=site.plan.draft.app.started,
        ),
        site.resource(
            "aws_ecs_service",
            arguments,
            file="service",
            depends_on=(Ref("aws_lb_listener", site.named("https"), ""),),
        ),
    ]


def _container(site: Site) -> dict[str, Value]:
    environment: list[Value] = [{"name": "PORT", "value": Join((Var("container_port"),))}]
    secrets: list[Value] = [
        {"name": s.name, "valueFrom": Var(f"{s.name.lower()}_secret_arn")} for s in site.plan.secrets
    ]
    if site.primary and site.plan.role("database", "aws"):
        address = Ref("aws_db_instance", site.named(), "address")
        environment.append({"name": "DATABASE_HOST", "value": address})
        port = Ref("aws_db_instance", site.named(), "port")
        environment.append({"name": "DATABASE_PORT", "value": Join((port,))})
        name = Ref("aws_db_instance", site.named(), "db_name")
        environment.append({"name": "DATABASE_NAME", "value": name})
        for key, field in (("DATABASE_USER", "username"), ("DATABASE_PASSWORD", "password")):
            secrets.append({"name": key, "valueFrom": Join((_master(site), f":{field}::"))})
    if site.primary and site.plan.role("cache", "aws"):
        cache = Ref("aws_elasticache_replication_group", site.named(), "primary_endpoint_address")
        environment.append({"name": "REDIS_URL", "value": Join(("rediss://", cache, ":6379"))})
    return {
        "name": "web",
        "image": Var("image"),
        **({"command": command} if (command := site.plan.draft.app.command) else {}),
        "essential": True,
        "portMappings": ({"containerPort": Var("container_port"), "protocol": "tcp"},),
        "environment": tuple(environment),
        "secrets": tuple(secrets),
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": site.ref("aws_cloudwatch_log_group", "name"),
                "awslogs-region": site.place.code,
                "awslogs-stream-prefix": "web",
            },
        },
    }
