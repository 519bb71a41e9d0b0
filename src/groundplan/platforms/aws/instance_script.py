"""What an instance does when it starts: Docker, the agent, and the application under systemd. Knows a shell script.

It holds no `${` of the shell's own, because Terraform and CloudFormation read that as theirs.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

from groundplan.model.graph import Base64, Join, Value
from groundplan.platforms.aws.instances import AGENT, MEMORY
from groundplan.platforms.aws.spot import PORTS, Spot

Line = tuple[Value, ...]
_ETC = "/opt/aws/amazon-cloudwatch-agent/etc/instance.json"
_CONTROL = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"
_UNIT = """\
[Unit]
Description=The application, in a container
Requires=docker.service
After=docker.service network-online.target
[Service]
ExecStart=/usr/local/bin/web
ExecStop=/usr/bin/docker stop web
Restart=always
RestartSec=5
[Install]
WantedBy=multi-user.target"""


def script(
    spot: Spot, refs: dict[str, Value], secrets: dict[str, Value], last: tuple[Line, ...] = ()
) -> Base64:
    """`refs` has image, port, logs and, in the primary, database, cache and master; `secrets` name to ARN.

    `last` are lines that follow once the application is started.
    """
    lines: list[Line] = [
        ("#!/bin/bash",),
        ("# Runs once, when the instance starts; the log group holds what it says.",),
        ("set -euo pipefail",),
        ("dnf install -y docker amazon-cloudwatch-agent jq",),
        ("systemctl enable --now docker",),
        ("# Reads the secrets each time that it starts; systemd starts it again when it ends.",),
        *_file("/usr/local/bin/web", "WEB", tuple(_start(spot, refs, secrets))),
        ("chmod 755 /usr/local/bin/web",),
        *_file("/etc/systemd/system/web.service", "UNIT", tuple((text,) for text in _UNIT.splitlines())),
        ("systemctl enable --now web",),
        ("# Memory and disk, which EC2 does not see from outside.",),
        *_file(_ETC, "AGENT", tuple((text,) for text in _agent(spot).splitlines())),
        (f"{_CONTROL} -a fetch-config -m ec2 -s -c file:{_ETC}",),
        *last,
    ]
    return Base64(tuple(lines))


def _file(path: str, mark: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return ((f"cat >{path} <<'{mark}'",), *lines, (mark,))


def _agent(spot: Spot) -> str:
    """Metrics of the group and not of each instance: two instead of two for every one that ever ran."""
    metrics = {
        "namespace": AGENT,
        "append_dimensions": {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"},
        "metrics_collected": {
            "mem": {"measurement": [MEMORY]},
            "disk": {"measurement": ["used_percent"], "resources": ["/"], "drop_device": True},
        },
    }
    start = {
        "file_path": "/var/log/cloud-init-output.log",
        "log_group_name": group(spot),
        "log_stream_name": "start/{instance_id}",
    }
    found = {
        "agent": {"metrics_collection_interval": 60, "run_as_user": "root"},
        "metrics": metrics,
        "logs": {"logs_collected": {"files": {"collect_list": [start]}}},
    }
    return re.sub(r"\[\s+(\"[^\"]+\")\s+\]", r"[\1]", json.dumps(found, indent=2))


def group(spot: Spot) -> str:
    """The log group of the instances."""
    return f"/ec2/{spot.label}"


def _start(spot: Spot, refs: dict[str, Value], secrets: dict[str, Value]) -> Iterator[Line]:
    plain, hidden = _environment(spot, refs), _hidden(spot, refs, secrets)
    yield ("#!/bin/bash",)
    yield ("set -euo pipefail",)
    yield (f"export HOME=/root AWS_DEFAULT_REGION={spot.code}",)
    yield ("IMAGE='", refs["image"], "'")
    yield (
        'secret() { aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text; }',
    )
    for name, value in plain.items():
        yield (f"export {name}='", *(value.parts if isinstance(value, Join) else (value,)), "'")
    for name, (arn, field) in hidden.items():
        yield (f"{name}=$(secret '", arn, f"'{f' | jq -r .{field}' if field else ''})")
    if hidden:
        yield (f"export {' '.join(hidden)}",)
    yield ('case "$IMAGE" in *.dkr.ecr.*)',)
    yield ('  REGISTRY=$(cut -d/ -f1 <<<"$IMAGE")',)
    yield ('  aws ecr get-login-password --region "$(cut -d. -f4 <<<"$REGISTRY")" |',)
    yield ('    docker login --username AWS --password-stdin "$REGISTRY" ;;',)
    yield ("esac",)
    yield ("docker rm --force web >/dev/null 2>&1 || true",)
    yield ('exec docker run --rm --name web --publish "$PORT:$PORT" \\',)
    yield ("  --log-driver awslogs --log-opt awslogs-group='", refs["logs"], "' \\")
    yield (f'  --log-opt awslogs-region={spot.code} --log-opt awslogs-stream="web/$HOSTNAME" \\',)
    yield (f"  {' '.join(f'--env {name}' for name in (*plain, *hidden))} \\",)
    yield (f'  "$IMAGE"{_command(spot)}',)


def _environment(spot: Spot, refs: dict[str, Value]) -> dict[str, Value]:
    made: dict[str, Value] = {"PORT": refs["port"]}
    if spot.database:
        made |= {
            "DATABASE_HOST": refs["database"],
            "DATABASE_PORT": str(PORTS[str(spot.database.settings["engine"])]),
            "DATABASE_NAME": "app",
        }
    if spot.cache:
        made["REDIS_URL"] = Join(("rediss://", refs["cache"], ":6379"))
    return made


def _hidden(spot: Spot, refs: dict[str, Value], secrets: dict[str, Value]) -> dict[str, tuple[Value, str]]:
    """Name -> ARN of the secret, and the field of it where it holds several."""
    made: dict[str, tuple[Value, str]] = {name: (arn, "") for name, arn in secrets.items()}
    if spot.database:
        made |= {
            "DATABASE_USER": (refs["master"], "username"),
            "DATABASE_PASSWORD": (refs["master"], "password"),
        }
    return made


def _command(spot: Spot) -> str:
    return "".join(f" {_word(w)}" for w in spot.plan.draft.app.command)


def _word(text: str) -> str:
    """One word on one line: a text with line breaks could end the document that it stands in."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + "'"
