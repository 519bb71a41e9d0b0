"""EC2 instances in AWS's own words, shared by every way to write them; references are given by the caller.

The instances run the image with Docker, as one container each; a change of what they run replaces them.
"""

from __future__ import annotations

import re

from groundplan.model.application import IMAGE_NAME
from groundplan.model.graph import Value
from groundplan.platforms.aws.nights import Nights
from groundplan.platforms.aws.spot import Spot, night_bounds

DEVICE = "/dev/xvda"
"""The root volume of Amazon Linux 2023."""
GRACE_S, WARM_UP_S = 300, 180
"""An instance installs Docker and pulls the image before it answers, which takes one to two minutes."""
METRICS = {"cpu": "ASGAverageCPUUtilization", "requests": "ALBRequestCountPerTarget"}
"""What target tracking of a group knows by itself; memory is a metric of the agent.

Source: `MetricType` in the API model of Auto Scaling, botocore 1.44.8, 2026-11-24.
"""
AGENT = "CWAgent"
MEMORY = "mem_used_percent"
IMAGE = IMAGE_NAME


def parameter(spot: Spot) -> str:
    """Where AWS keeps the id of the newest Amazon Linux 2023, in each region.

    Both names are in the copy of AWS's public parameters at https://github.com/getmoto/moto, 2026-11-24.
    """
    word = "arm64" if spot.web.settings["architecture"] == "arm64" else "x86_64"
    return f"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{word}"


def stated_image(spot: Spot) -> str | None:
    """The image of the answers, where it is a name that a script can hold."""
    image = spot.plan.draft.app.image
    return image if image and re.fullmatch(IMAGE, image) else None


def hours(spot: Spot) -> tuple[tuple[str, str, int, int], ...]:
    """Name, time as cron says it, minimum and maximum of the evening and the morning."""
    found: Nights | None = spot.hours
    if found is None:
        return ()
    return tuple((name, _cron(when), low, high) for name, when, low, high in night_bounds(spot, found))


def _cron(schedule: str) -> str:
    """`cron(0 20 ? * MON-FRI *)` as five fields."""
    minute, hour, _, _, days, _ = schedule.removeprefix("cron(").removesuffix(")").split()
    return f"{minute} {hour} * * {days}"


def trust() -> dict[str, Value]:
    allowed: Value = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "ec2.amazonaws.com"},
    }
    return {"Version": "2012-10-17", "Statement": (allowed,)}


def policy(spot: Spot, refs: dict[str, Value], secrets: tuple[Value, ...]) -> dict[str, Value]:
    """Pull the image, write logs and the agent's metrics, take sessions, read the secrets; nothing else.

    `refs` has the ARNs repository and streams. What sessions need is the list of AWS's own editor toolkit, without its two
    actions that only look (github.com/aws/aws-toolkit-vscode, src/shared/remoteSession.ts, 2026-11-24). That the agent needs
    ec2:DescribeTags to add the group's name is remembered and not read in a source.
    """
    pull = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
    own: Value = {"StringEquals": {"cloudwatch:namespace": AGENT}}
    sessions = tuple(f"ssmmessages:{v}{c}Channel" for v in ("Create", "Open") for c in ("Control", "Data"))
    statements: list[Value] = [
        _allow(("ecr:GetAuthorizationToken",), "*"),
        _allow(pull, (refs["repository"], *_elsewhere(spot))),
        _allow(("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"), refs["streams"]),
        {"Effect": "Allow", "Action": ("cloudwatch:PutMetricData",), "Resource": "*", "Condition": own},
        _allow(("ec2:DescribeTags", "ssm:UpdateInstanceInformation", *sessions), "*"),
    ]
    if secrets:
        statements.append(_allow(("secretsmanager:GetSecretValue",), secrets))
    return {"Version": "2012-10-17", "Statement": tuple(statements)}


def _allow(actions: tuple[Value, ...], resource: Value) -> dict[str, Value]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def _elsewhere(spot: Spot) -> tuple[str, ...]:
    """The stated image, where it is in another repository of ECR."""
    found = re.match(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)", stated_image(spot) or "")
    return (f"arn:aws:ecr:{found[2]}:{found[1]}:repository/{found[3]}",) if found else ()
