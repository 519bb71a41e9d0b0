"""The container definition in ECS's own JSON, shared by every way to write it; references are given by the caller."""

from __future__ import annotations

from groundplan.model.graph import Join, Value
from groundplan.platforms.aws.spot import PORTS, Spot


def container(spot: Spot, refs: dict[str, Value], secrets: dict[str, Value]) -> dict[str, Value]:
    """`refs` has image, port, port_text, logs and, in the primary, database and cache; `secrets` name to ARN."""
    environment: list[Value] = [{"name": "PORT", "value": refs["port_text"]}]
    if spot.database:
        port = str(PORTS[str(spot.database.settings["engine"])])
        environment.append({"name": "DATABASE_HOST", "value": refs["database"]})
        environment.append({"name": "DATABASE_PORT", "value": port})
        environment.append({"name": "DATABASE_NAME", "value": "app"})
    if spot.cache:
        environment.append({"name": "REDIS_URL", "value": Join(("rediss://", refs["cache"], ":6379"))})
    return {
        "name": "web",
        "image": refs["image"],
        **({"command": command} if (command := spot.plan.draft.app.command) else {}),
        "essential": True,
        "portMappings": ({"containerPort": refs["port"], "protocol": "tcp"},),
        "environment": tuple(environment),
        "secrets": tuple({"name": name, "valueFrom": arn} for name, arn in secrets.items()),
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": refs["logs"],
                "awslogs-region": spot.code,
                "awslogs-stream-prefix": "web",
            },
        },
    }
