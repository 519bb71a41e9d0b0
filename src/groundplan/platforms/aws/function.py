"""The function in Lambda's own words, shared by every way to write it; references are given by the caller.

A web application runs as a function behind the AWS Lambda Web Adapter in its image, which is told port and path.
Source: https://awslabs.github.io/aws-lambda-web-adapter/configuration/environment-variables.html, 2026-11-24.
"""

from __future__ import annotations

from groundplan.model.graph import Join, Value
from groundplan.platforms.aws.spot import PORTS, Spot

ALIAS = "live"
"""What callers reach: a version is published first, and the alias moves to it."""
ADAPTER = "public.ecr.aws/awsguru/aws-lambda-adapter:1.0.0"
"""https://github.com/aws/aws-lambda-web-adapter, 2026-11-24."""
INTERFACES = "service-role/AWSLambdaENIManagementAccess"
"""Makes the network interfaces by which a function is in a network, and nothing else."""


def environment(spot: Spot, refs: dict[str, Value], secrets: dict[str, Value]) -> dict[str, Value]:
    """`refs` has port_text, health and, in the primary, database, cache and master; `secrets` name to ARN.

    ARNs and no values: what is in a function's environment is shown to everyone who may read its settings.
    """
    made: dict[str, Value] = {
        "PORT": refs["port_text"],
        "AWS_LWA_PORT": refs["port_text"],
        "AWS_LWA_READINESS_CHECK_PATH": refs["health"],
        **{f"{name}_SECRET_ARN": arn for name, arn in secrets.items()},
    }
    if spot.database:
        made |= {
            "DATABASE_HOST": refs["database"],
            "DATABASE_PORT": str(PORTS[str(spot.database.settings["engine"])]),
            "DATABASE_NAME": "app",
            "DATABASE_SECRET_ARN": refs["master"],
        }
    if spot.cache:
        made["REDIS_URL"] = Join(("rediss://", refs["cache"], ":6379"))
    return made


def trust(service: str = "lambda.amazonaws.com") -> dict[str, Value]:
    allowed: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return {"Version": "2012-10-17", "Statement": (allowed,)}


def policy(logs: Value, secrets: tuple[Value, ...]) -> dict[str, Value]:
    """Streams of its own log group, and the secrets that it is told of."""
    written: Value = {
        "Effect": "Allow",
        "Action": ("logs:CreateLogStream", "logs:PutLogEvents"),
        "Resource": logs,
    }
    read: Value = {"Effect": "Allow", "Action": ("secretsmanager:GetSecretValue",), "Resource": secrets}
    return {"Version": "2012-10-17", "Statement": (written, read) if secrets else (written,)}


def timeout_s(spot: Spot) -> int:
    return int(spot.web.settings["timeout_s"])


def night_counts(spot: Spot) -> tuple[tuple[str, str, int], ...]:
    """Name, schedule and instances kept ready of the evening and the morning; nothing where none is kept ready."""
    hours, kept = spot.hours, spot.web.minimum
    if hours is None or not kept:
        return ()
    evening, morning = hours.names
    ready = min(hours.count, spot.web.maximum if hours.stated else kept)
    return ((evening, hours.evening, ready), (morning, hours.morning, kept))
