"""Finds serverless scaling on a platform that keeps servers.

## What it does
Looks for the mode serverless on Fly.io, EC2, Heroku, plain Kubernetes and own servers.

## Why it matters
Somebody still decides how many run, and pays for idle ones.

## Example
```toml
hosting = "Heroku"
scaling = "serverless"
```

## Instead
Lambda, Cloud Run or Container Apps; on Fly.io: stop Machines that are idle.
```toml
scaling = "2 dynos"
```

## Sources
By definition of the services.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home, services
from groundplan.rules._finding import quote, say

ROWS = {
    "fly": (
        "Machines of Fly.io are virtual servers; the proxy can stop idle ones",
        'state a range: "from 0 to 4 instances above 50 concurrent requests"',
        "the proxy starts Machines on a request and stops idle ones",
    ),
    "ec2": (
        "EC2 instances are servers that you size",
        "answer with AWS Lambda, or with a range of instances",
        "",
    ),
    "heroku": ("dynos are containers that run until they are scaled", "answer with a number of dynos", ""),
    "kubernetes": (
        "pods run until they are scaled",
        "answer with a range of pods, or add Knative or KEDA",
        "",
    ),
    "onprem": ("your servers run whether or not anybody calls", "answer with a number of instances", ""),
}


def check(case: Case) -> Iterator[Diagnostic]:
    keys = {*services(case), home(case)} & ROWS.keys()
    if case.decisions.scaling.mode != "serverless" or not keys or services(case) & {"lambda", "fargate"}:
        return
    if find(case, r"\b(?:knative|keda|openfaas)\b", "hosting", "scaling"):
        return
    text, fix, served = ROWS[sorted(keys)[0]]
    yield say(
        case,
        f"{quote(case, 'scaling.mode', 'serverless')}: {text}",
        why="idle instances are paid for, and their number is yours to choose",
        fix=fix,
        at="scaling.mode",
        served_by=served if case.plan else "",
        severity="warning" if case.plan else "error",
    )


RULE = Rule(
    code="GP322",
    name="not-serverless",
    severity="warning",
    covers=("x.scale.serverless",),
    platforms=("fly", "aws", "heroku", "kubernetes", "onprem"),
    needs=("scaling.mode=serverless",),
    check=check,
)
