"""Finds automatic scaling on servers that somebody must buy.

## What it does
Looks for automatic scaling on own servers without a layer that places work, and for Compose, which has no autoscaler.

## Why it matters
At the peak nothing is added.

## Example
```toml
hosting = "our own servers with docker compose"
scaling = "auto-scale from 2 to 6 instances when CPU > 70%"
```

## Instead
Capacity for the peak, or Kubernetes within fixed nodes.
```toml
scaling = "Manual: 4 instances"
```

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic, find
from groundplan.rules._finding import quote, say

LAYER = r"\b(?:k3s|k8s|kubernetes|nomad|openshift|proxmox|vsphere|vmware|openstack|swarm)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    if (
        not automatic(case)
        or "kubernetes" in case.decisions.hosting.platforms
        or find(case, LAYER, "hosting", "iac", "scaling")
    ):
        return
    yield say(
        case,
        f"{quote(case, 'scaling.triggers', 'automatic scaling')} adds nothing on servers that you own: no layer starts further instances",
        why="the peak meets the number that was started by hand",
        fix="a fixed number for the peak, or Kubernetes on these servers with a maximum that they can hold",
        at="scaling.mode",
    )


RULE = Rule(
    code="GP323",
    name="servers-do-not-appear",
    severity="error",
    covers=("onprem.autoscale", "x.iac.compose.scale"),
    platforms=("onprem",),
    check=check,
)
