"""Finds a scaling trigger that the service cannot act on.

## What it does
Compares each stated metric with what the service scales on by itself.

## Why it matters
A trigger that nothing acts on is an outage at the first peak.

## Example
```toml
hosting = "Heroku on performance-m dynos"
scaling = "auto-scale from 2 to 6 dynos when CPU > 70%"
```

## Instead
A metric of the service, or a metric of your own that it can read.
```toml
scaling = "auto-scale from 2 to 6 dynos when p95 response time > 800 ms"
```

## Sources
The services' own documentation; each finding cites its page.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.decision import Trigger
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import CLUSTERS, home, services, triggers
from groundplan.rules._finding import quote, say

METRICS = ("cpu", "memory", "requests", "p95_latency", "queue")
_PODS = (
    ("cpu", "memory"),
    "k8s.hpa.custom",
    "answer with CPU or memory, or plan KEDA or the Prometheus adapter for it",
)
ROWS = {
    "heroku": (
        ("p95_latency",),
        "heroku.autoscale.metric",
        'answer with a response time: "when p95 is above 1000 ms"',
    ),
    "cloud_run": (
        ("cpu", "requests"),
        "gcp.run.memory",
        "answer with concurrent requests or CPU; size the memory for the peak",
    ),
    "lambda": (
        (),
        "aws.lambda.metric",
        "leave the trigger out: state a limit (reserved concurrency) and a floor (provisioned concurrency)",
    ),
    "ec2": (
        ("cpu", "memory", "requests"),
        "aws.asg.metric",
        "answer with CPU, memory or requests per instance, or publish the metric with the CloudWatch agent",
    ),
    "app_engine": (
        ("cpu", "requests", "p95_latency"),
        "gcp.gae.metric",
        "answer with CPU, throughput or concurrent requests",
    ),
    "eks": _PODS,
    "gke": _PODS,
    "aks": _PODS,
    "kubernetes": _PODS,
}
"""Service or platform -> metrics it scales on, the claim, what to answer."""
NAMES = {"heroku": "Heroku", "cloud_run": "Cloud Run", "lambda": "Lambda", "ec2": "an EC2 scaling group", "app_engine": "App Engine",
         "eks": "EKS", "gke": "GKE", "aks": "AKS", "kubernetes": "Kubernetes"}  # fmt: skip


def check(case: Case) -> Iterator[Diagnostic]:
    for service in sorted({*services(case), home(case)} & ROWS.keys()):
        offered, claim, fix = ROWS[service]
        odd = [t for t in triggers(case, *METRICS) if t.metric not in offered]
        if service in CLUSTERS or service == "kubernetes":
            odd = [t for t in odd if t.metric != "requests" or t.value]  # `requests set` are those of a pod
        if not odd or (case.plan and case.plan.substitution("aws.fargate.metric")):
            continue
        own = service in CLUSTERS or service == "kubernetes"
        yield say(
            case,
            f"{quote(case, _at(case, odd[0]), odd[0].metric)} is nothing that {NAMES.get(service, service)} scales on by itself",
            why="under load nothing would be added, and everything would look configured",
            fix=fix,
            at=_at(case, odd[0]),
            claim=claim,
            severity="warning" if own else "error",
        )
        return


def _at(case: Case, trigger: Trigger) -> str:
    own = f"scaling.triggers.{case.decisions.scaling.triggers.index(trigger)}"
    return own if case.decisions.words("scaling", own.partition(".")[2]) else "scaling.triggers"


RULE = Rule(
    code="GP309",
    name="metric-not-offered",
    severity="error",
    covers=("heroku.autoscale.metric", "gcp.run.memory", "aws.lambda.metric", "aws.asg.metric"),
    platforms=("aws", "gcp", "heroku", "kubernetes"),
    needs=("scaling.triggers",),
    check=check,
)
