"""Finds a utilisation target without a size to measure against.

## What it does
Looks for a CPU or memory percentage on a cluster, without a stated size of the pods.

## Why it matters
Utilisation is a share of the request; without a request the autoscaler takes no action.

## Example
```toml
hosting = "Google GKE"
scaling = "auto-scale from 2 to 8 pods when CPU > 70%"
```

## Instead
The size of a pod: CPU for a CPU target, memory for a memory target.
```toml
scaling = "auto-scale from 2 to 8 pods with 0.5 vCPU and 512 MB each when CPU > 70%"
```

## Sources
Kubernetes documentation, horizontal pod autoscaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import CLUSTERS, find, home, services, triggers
from groundplan.rules._finding import quote, say

REQUESTS = r"\brequests?\b(?: (?:of|are|is|set|to|cpu|at))* ?[:=]? ?\d+(?:\.\d+)? ?(?:m\b|CPU|vCPU|Mi)|\bwith (?:CPU |resource )?requests\b|\brequests (?:are )?(?:set|on (?:every|each|all))\b"


def check(case: Case) -> Iterator[Diagnostic]:
    if not (services(case) & CLUSTERS or home(case) == "kubernetes"):
        return
    said = case.decisions.scaling
    if find(case, REQUESTS, "scaling"):
        return
    for trigger in triggers(case, "cpu", "memory"):
        if (said.cpu if trigger.metric == "cpu" else said.memory_mb) is None:
            yield say(
                case,
                f"{quote(case, 'scaling.triggers', trigger.metric)} is a share of what a pod requests, and no {trigger.metric.replace('cpu', 'CPU')} of a pod was stated",
                why="without a request the autoscaler takes no action",
                fix='state the size: "pods with 0.5 CPU and 512 MB each"',
                at="scaling.triggers",
                claim="k8s.hpa.requests",
            )


RULE = Rule(
    code="GP326",
    name="pods-need-requests",
    severity="warning",
    covers=("k8s.hpa.requests",),
    platforms=("kubernetes",),
    check=check,
)
