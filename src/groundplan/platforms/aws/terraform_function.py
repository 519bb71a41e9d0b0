"""Function, its alias and role, and the API before it, in one region."""

from __future__ import annotations

from groundplan.model.graph import Block, Join, Json, Ref, Resource, Value, Var
from groundplan.platforms.aws import function as it
from groundplan.platforms.aws.terraform_key import key_of
from groundplan.platforms.aws.terraform_network import subnet_ids
from groundplan.platforms.aws.terraform_site import Site


def function(site: Site) -> list[Resource]:
    return [_logs(site), *_role(site), _function(site), *_alias(site), *_api(site), *_hours(site)]


def _logs(site: Site) -> Resource:
    return site.resource(
        "aws_cloudwatch_log_group",
        {
            "name": f"/aws/lambda/{site.label}",
            "retention_in_days": site.plan.log_retention_days,
            "kms_key_id": key_of(site),
        },
        file="monitoring",
    )


def _role(site: Site) -> list[Resource]:
    secrets = tuple(Var(f"{s.name.lower()}_secret_arn") for s in site.plan.secrets)
    master: tuple[Value, ...] = (_master(site),) if site.spot.database else ()
    logs = Join((site.ref("aws_cloudwatch_log_group", "arn"), ":*"))
    made = [
        site.resource(
            "aws_iam_role",
            {
                "name": f"{site.label}-{site.place.code}-function",
                "assume_role_policy": Json(it.trust()),
            },
            file="service",
            suffix="function",
            comment="The function runs with it; add a policy for what the application itself may do.",
        ),
        site.resource(
            "aws_iam_role_policy",
            {
                "name": "logs-and-secrets",
                "role": site.ref("aws_iam_role", "id", "function"),
                "policy": Json(it.policy(logs, (*secrets, *master))),
            },
            file="service",
            suffix="function",
        ),
    ]
    return [*made, _interfaces(site)] if site.private else made


def _master(site: Site) -> Ref:
    return site.ref("aws_db_instance", "master_user_secret[0].secret_arn")


def _interfaces(site: Site) -> Resource:
    return site.resource(
        "aws_iam_role_policy_attachment",
        {
            "role": site.ref("aws_iam_role", "name", "function"),
            "policy_arn": f"arn:aws:iam::aws:policy/{it.INTERFACES}",
        },
        file="service",
        suffix="function",
        comment="Makes the network interfaces by which the function reaches the database.",
    )


def _function(site: Site) -> Resource:
    web = site.web
    image = Join((site.ref("aws_ecr_repository", "repository_url"), ":", Var("image_tag")))
    logging: dict[str, Value] = {
        "log_format": "JSON",
        "log_group": site.ref("aws_cloudwatch_log_group", "name"),
    }
    arguments: dict[str, Value] = {
        "function_name": site.label,
        "package_type": "Image",
        "image_uri": image,
        "architectures": ("x86_64",),
        "role": site.ref("aws_iam_role", "arn", "function"),
        "memory_size": web.memory_mib,
        "timeout": it.timeout_s(site.spot),
        "reserved_concurrent_executions": web.maximum,
        "publish": True,
        "environment": Block({"variables": it.environment(site.spot, _refs(site), _secrets(site))}),
        "logging_config": Block(logging),
    }
    needed = [Ref("aws_iam_role_policy", site.named("function"), "")]
    if site.private:
        group = site.ref("aws_security_group", "id", site.runs)
        inside: dict[str, Value] = {"subnet_ids": subnet_ids(site, "private"), "security_group_ids": (group,)}
        arguments["vpc_config"] = Block(inside)
        needed.append(Ref("aws_iam_role_policy_attachment", site.named("function"), ""))
    return site.resource(
        "aws_lambda_function",
        arguments,
        file="service",
        depends_on=tuple(needed),
        comment="Reserved concurrency is the maximum: more requests at once than that are refused.",
    )


def _refs(site: Site) -> dict[str, Value]:
    return {
        "port_text": Join((Var("container_port"),)),
        "health": Var("health_path"),
        "database": site.ref("aws_db_instance", "address"),
        "master": _master(site),
        "cache": site.ref("aws_elasticache_replication_group", "primary_endpoint_address"),
    }


def _secrets(site: Site) -> dict[str, Value]:
    return {s.name: Var(f"{s.name.lower()}_secret_arn") for s in site.plan.secrets}


def _alias(site: Site) -> list[Resource]:
    name = site.ref("aws_lambda_function", "function_name")
    alias: dict[str, Value] = {
        "name": it.ALIAS,
        "description": "What the API calls",
        "function_name": name,
        "function_version": site.ref("aws_lambda_function", "version"),
    }
    made = [site.resource("aws_lambda_alias", alias, file="service")]
    if site.web.minimum:
        kept: dict[str, Value] = {
            "function_name": name,
            "qualifier": site.ref("aws_lambda_alias", "name"),
            "provisioned_concurrent_executions": site.web.minimum,
        }
        if it.night_counts(site.spot):
            changed = Ref("provisioned_concurrent_executions", "", "")
            kept["lifecycle"] = Block({"ignore_changes": (changed,)})
        made.append(site.resource("aws_lambda_provisioned_concurrency_config", kept, file="scaling"))
    return made


def _api(site: Site) -> list[Resource]:
    api = site.ref("aws_apigatewayv2_api", "id")
    parts: list[tuple[str, dict[str, Value]]] = [
        ("aws_apigatewayv2_api", {"name": site.label, "protocol_type": "HTTP"}),
        (
            "aws_apigatewayv2_integration",
            {
                "api_id": api,
                "integration_type": "AWS_PROXY",
                "integration_uri": site.ref("aws_lambda_alias", "invoke_arn"),
                "payload_format_version": "2.0",
            },
        ),
        (
            "aws_apigatewayv2_route",
            {
                "api_id": api,
                "route_key": "$default",
                "target": Join(("integrations/", site.ref("aws_apigatewayv2_integration", "id"))),
            },
        ),
        ("aws_apigatewayv2_stage", {"api_id": api, "name": "$default", "auto_deploy": True}),
        (
            "aws_lambda_permission",
            {
                "statement_id": "api",
                "action": "lambda:InvokeFunction",
                "function_name": site.ref("aws_lambda_function", "function_name"),
                "qualifier": site.ref("aws_lambda_alias", "name"),
                "principal": "apigateway.amazonaws.com",
                "source_arn": Join((site.ref("aws_apigatewayv2_api", "execution_arn"), "/*/*")),
            },
        ),
    ]
    return [site.resource(kind, arguments, file="service") for kind, arguments in parts]


def _hours(site: Site) -> list[Resource]:
    """Fewer instances kept ready in the evening; hours are those of a variable time zone."""
    counts = it.night_counts(site.spot)
    if not counts:
        return []
    function, alias = site.ref("aws_lambda_function", "function_name"), site.ref("aws_lambda_alias", "name")
    target = site.resource(
        "aws_appautoscaling_target",
        {
            "min_capacity": site.web.minimum,
            "max_capacity": site.web.minimum,
            "resource_id": Join(("function:", function, ":", alias)),
            "scalable_dimension": "lambda:function:ProvisionedConcurrency",
            "service_namespace": "lambda",
        },
        file="scaling",
        depends_on=(Ref("aws_lambda_provisioned_concurrency_config", site.named(), ""),),
    )
    names = ("resource_id", "scalable_dimension", "service_namespace")
    return [target] + [
        site.resource(
            "aws_appautoscaling_scheduled_action",
            {
                "name": f"{site.label}-{name}",
                **{n: site.ref("aws_appautoscaling_target", n) for n in names},
                "schedule": schedule,
                "timezone": Var("schedule_timezone"),
                "scalable_target_action": Block({"min_capacity": count, "max_capacity": count}),
            },
            file="scaling",
            suffix=name,
        )
        for name, schedule, count in counts
    ]
