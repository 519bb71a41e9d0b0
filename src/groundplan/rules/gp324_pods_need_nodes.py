"""Finds pods that scale on nodes that do not.

## What it does
Looks for automatic scaling on a cluster of your own, without words on what adds nodes.

## Why it matters
Pods that fit nowhere wait, and the peak is not served.

## Example
```toml
hosting = "kubeadm cluster on our own servers"
scaling = "auto-scale from 2 to 10 pods when CPU > 70%"
```

## Instead
A maximum that the nodes can hold, or a node autoscaler.
```toml
scaling = "auto-scale from 2 to 10 pods when CPU > 70%, on 3 worker nodes"
```

## Sources
Kubernetes documentation, horizontal pod autoscaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, find, maximum, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if not automatic(case) or "self_managed_k8s" not in services(case):
        return
    if find(
        case,
        r"\b(?:karpenter|(?:cluster|node) ?autoscaler|spare (?:nodes|capacity)|fits? (?:on|in)|(?:\d+|two|three|four|five|six)\b[^.;,]{0,20}\b(?:nodes|boxes|servers|machines|hosts))\b",
        "hosting",
        "scaling",
    ):
        return
    yield say(
        case,
        f"{quote(case, 'scaling.max_instances', str(maximum(case) or 'more pods'))} need room, and nothing was said that adds nodes",
        why="pods that fit on no node stay pending while the load lasts",
        fix='say how many nodes there are ("3 nodes with 8 GB"), or name a node autoscaler',
        at="scaling.max_instances",
        claim="k8s.nodes",
    )


RULE = Rule(
    code="GP324",
    name="pods-need-nodes",
    severity="warning",
    covers=("k8s.nodes",),
    platforms=("kubernetes",),
    check=check,
)
