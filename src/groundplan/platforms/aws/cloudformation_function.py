"""Function, its version and alias, its role, and the API before it, in one stack."""

from __future__ import annotations

from groundplan.model.graph import Join, Resource, Value, Var
from groundplan.platforms.aws import function as it
from groundplan.platforms.aws.cloudformation_key import key
from groundplan.platforms.aws.cloudformation_network import runner, subnets
from groundplan.platforms.aws.cloudformation_part import part, ref
from groundplan.platforms.aws.cloudformation_service import secret_parameter
from groundplan.platforms.aws.spot import Spot, slug


def function(spot: Spot) -> list[Resource]:
    return [*key(spot), _logs(spot), _role(spot), _function(spot), *_alias(spot), *_api(spot), *_hours(spot)]


def _logs(spot: Spot) -> Resource:
    kept: dict[str, Value] = {"LogGroupName": f"/aws/lambda/{spot.label}"}
    if spot.plan.log_retention_days:
        kept["RetentionInDays"] = spot.plan.log_retention_days
    if spot.key:
        kept["KmsKeyId"] = ref("Key", "Arn")
    return part(spot, "AWS::Logs::LogGroup", "Logs", kept, keep="Retain")


def _role(spot: Spot) -> Resource:
    arns: tuple[Value, ...] = tuple(Var(secret_parameter(s.name)) for s in spot.plan.secrets)
    if spot.database:
        arns += (ref("Database", "MasterUserSecret.SecretArn"),)
    policy: Value = {"PolicyName": "logs-and-secrets", "PolicyDocument": it.policy(ref("Logs", "Arn"), arns)}
    role: dict[str, Value] = {"AssumeRolePolicyDocument": it.trust(), "Policies": (policy,)}
    if spot.private:
        managed = Join(("arn:", Var("AWS::Partition"), f":iam::aws:policy/{it.INTERFACES}"))
        role["ManagedPolicyArns"] = (managed,)
    why = "The function runs with it; add a policy for what the application itself may do."
    return part(spot, "AWS::IAM::Role", "FunctionRole", role, comment=why)


def _function(spot: Spot) -> Resource:
    registry = f".dkr.ecr.{spot.code}.amazonaws.com/{slug(spot.plan.draft.project)}:"
    secrets: dict[str, Value] = {s.name: Var(secret_parameter(s.name)) for s in spot.plan.secrets}
    refs: dict[str, Value] = {
        "port_text": Var("ContainerPort"),
        "health": Var("HealthPath"),
        "database": ref("Database", "Endpoint.Address"),
        "master": ref("Database", "MasterUserSecret.SecretArn"),
        "cache": ref("Cache", "PrimaryEndPoint.Address"),
    }
    properties: dict[str, Value] = {
        "FunctionName": spot.label,
        "PackageType": "Image",
        "Code": {"ImageUri": Join((Var("AWS::AccountId"), registry, Var("ImageTag")))},
        "Architectures": ("x86_64",),
        "Role": ref("FunctionRole", "Arn"),
        "MemorySize": spot.web.memory_mib,
        "Timeout": it.timeout_s(spot),
        "ReservedConcurrentExecutions": spot.web.maximum,
        "Environment": {"Variables": it.environment(spot, refs, secrets)},
        "LoggingConfig": {"LogFormat": "JSON", "LogGroup": ref("Logs")},
    }
    if spot.private:
        group = ref(runner(spot), "GroupId")
        properties["VpcConfig"] = {"SubnetIds": subnets("Private"), "SecurityGroupIds": (group,)}
    why = "Reserved concurrency is the maximum: more requests at once than that are refused."
    return part(spot, "AWS::Lambda::Function", "Function", properties, comment=why)


def _alias(spot: Spot) -> list[Resource]:
    version: dict[str, Value] = {"FunctionName": ref("Function"), "Description": Var("ImageTag")}
    alias: dict[str, Value] = {
        "Name": it.ALIAS,
        "Description": "What the API calls",
        "FunctionName": ref("Function"),
        "FunctionVersion": ref("Version", "Version"),
    }
    if spot.web.minimum:
        alias["ProvisionedConcurrencyConfig"] = {"ProvisionedConcurrentExecutions": spot.web.minimum}
    why = "A new tag publishes a new version, with what else has changed in the function; the earlier ones stay."
    return [
        part(spot, "AWS::Lambda::Version", "Version", version, comment=why, keep="Retain"),
        part(spot, "AWS::Lambda::Alias", "Alias", alias),
    ]


def _api(spot: Spot) -> list[Resource]:
    integration: dict[str, Value] = {
        "ApiId": ref("Api"),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": ref("Alias"),
        "PayloadFormatVersion": "2.0",
    }
    route: dict[str, Value] = {
        "ApiId": ref("Api"),
        "RouteKey": "$default",
        "Target": Join(("integrations/", ref("Integration"))),
    }
    calls = (
        "arn:",
        Var("AWS::Partition"),
        f":execute-api:{spot.code}:",
        Var("AWS::AccountId"),
        ":",
        ref("Api"),
    )
    allowed: dict[str, Value] = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": ref("Alias"),
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": Join((*calls, "/*/*")),
    }
    stage: dict[str, Value] = {"ApiId": ref("Api"), "StageName": "$default", "AutoDeploy": True}
    return [
        part(spot, "AWS::ApiGatewayV2::Api", "Api", {"Name": spot.label, "ProtocolType": "HTTP"}),
        part(spot, "AWS::ApiGatewayV2::Integration", "Integration", integration),
        part(spot, "AWS::ApiGatewayV2::Route", "Route", route),
        part(spot, "AWS::ApiGatewayV2::Stage", "Stage", stage),
        part(spot, "AWS::Lambda::Permission", "ApiPermission", allowed),
    ]


def _hours(spot: Spot) -> list[Resource]:
    """Fewer instances kept ready in the evening; hours are those of a time zone in the parameters."""
    actions: tuple[Value, ...] = tuple(
        {
            "ScheduledActionName": f"{spot.label}-{name}",
            "Schedule": schedule,
            "Timezone": Var("ScheduleTimezone"),
            "ScalableTargetAction": {"MinCapacity": count, "MaxCapacity": count},
        }
        for name, schedule, count in it.night_counts(spot)
    )
    properties: dict[str, Value] = {
        "MinCapacity": spot.web.minimum,
        "MaxCapacity": spot.web.minimum,
        "ResourceId": Join(("function:", ref("Function"), f":{it.ALIAS}")),
        "ScalableDimension": "lambda:function:ProvisionedConcurrency",
        "ServiceNamespace": "lambda",
        "ScheduledActions": actions,
    }
    kind = "AWS::ApplicationAutoScaling::ScalableTarget"
    return [part(spot, kind, "Scaling", properties, after=("Alias",))] if actions else []
