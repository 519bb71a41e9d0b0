"""Finds automatic scaling on a cluster that may not measure anything.

## What it does
Looks for automatic scaling on a cluster of your own whose distribution does not bring metrics-server.

## Why it matters
Without it the autoscaler sees no CPU and no memory.

## Example
```toml
hosting = "kubeadm cluster on our own servers"
scaling = "auto-scale from 2 to 6 pods when CPU > 70%"
```

## Instead
Install metrics-server, or a distribution that brings it (k3s, RKE2).
```toml
hosting = "kubeadm cluster with metrics-server on our own servers"
```

## Sources
Kubernetes documentation, horizontal pod autoscaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, triggers
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    bare = find(case, r"\b(?:kubeadm|kops|kubespray|talos(?: linux)?|vanilla k\w+|k0s)\b", "hosting")
    if (
        bare
        and triggers(case, "cpu", "memory")
        and not find(case, r"metrics[- ]server|prometheus[- ]adapter", "hosting", "scaling", "monitoring")
    ):
        yield say(
            case,
            f"{quote(case, bare, 'this cluster')} does not bring metrics-server, which the autoscaler reads",
            why="no CPU and no memory is measured, so no pod is added",
            fix='install metrics-server, and say so: "with metrics-server"',
            at=bare,
            claim="k8s.hpa.metrics",
        )


RULE = Rule(
    code="GP327",
    name="cluster-without-metrics",
    severity="warning",
    covers=("k8s.hpa.metrics",),
    platforms=("kubernetes",),
    words=("kubeadm", "kops", "kubespray", "talos", "vanilla", "k0s"),
    check=check,
)
