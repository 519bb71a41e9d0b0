"""Finds two things that both change the number of nodes.

## What it does
Looks for scale-set rules beside AKS.

## Why it matters
They undo each other's work, and remove nodes that hold pods.

## Example
```toml
hosting = "Azure AKS"
scaling = "autoscale the VMSS from 2 to 5 nodes when CPU > 70%"
```

## Instead
The cluster autoscaler alone.
```toml
scaling = "cluster autoscaler from 2 to 5 nodes"
```

## Sources
AKS, cluster autoscaler overview.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b(?:VMSS|(?:virtual machine )?scale sets?)\b", "scaling", "hosting")
    if place and "aks" in services(case) and automatic(case):
        yield say(
            case,
            f"{quote(case, place, 'the scale set')} must not scale by rules of its own below AKS",
            why="two autoscalers undo each other, and nodes with running pods are removed",
            fix="answer with the cluster autoscaler and a range of nodes",
            at=place,
            claim="azure.ca.vmss",
        )


RULE = Rule(
    code="GP329",
    name="two-node-autoscalers",
    severity="error",
    covers=("k8s.ca.vmss",),
    platforms=("kubernetes", "azure"),
    words=("vmss", "scale set"),
    check=check,
)
