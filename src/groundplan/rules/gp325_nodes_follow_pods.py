"""Finds nodes that are expected to follow CPU or memory.

## What it does
Looks for nodes beside a CPU or memory threshold.

## Why it matters
Node autoscalers add a node when a pod does not fit; they do not look at load.

## Example
```toml
hosting = "Azure AKS"
scaling = "add nodes when CPU > 70%, from 2 to 5 nodes"
```

## Instead
A threshold for pods, with requests of the right size; nodes follow.
```toml
scaling = "from 2 to 5 pods with 0.5 CPU each when CPU > 70%"
```

## Sources
AKS, cluster autoscaler overview.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, triggers
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case, r"\bnodes?\b[^.;,]{0,25}\b(?:cpu|memory)\b|\b(?:cpu|memory)\b[^.;,]{0,20}\bnodes?\b", "scaling"
    )
    if place and triggers(case, "cpu", "memory"):
        yield say(
            case,
            f"{quote(case, place, 'nodes')} do not follow load: the cluster autoscaler adds one when a pod does not fit",
            why="with requests that are too small, nodes run hot and none is added",
            fix='state the threshold for pods ("when CPU > 70 % per pod") and their size; nodes follow',
            at=place,
            claim="azure.ca.pods",
        )


RULE = Rule(
    code="GP325",
    name="nodes-follow-pods",
    severity="note",
    covers=("k8s.ca.requests",),
    platforms=("kubernetes",),
    words=("node",),
    check=check,
)
