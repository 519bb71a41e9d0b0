"""Finds a cluster of your own in production without three control-plane nodes.

## What it does
Looks for a self-managed cluster at the quality levels production and secure, without words on its control plane.

## Why it matters
With one control-plane node, nothing can be deployed, moved or scaled while it is away.

## Example
```toml
hosting = "kubeadm cluster on our own servers"
```

## Instead
Three control-plane nodes, or a managed service.
```toml
hosting = "kubeadm cluster on our own servers with 3 control plane nodes"
```

## Sources
Remembered; common practice for etcd.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, production, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if not production(case) or "self_managed_k8s" not in services(case):
        return
    if find(
        case,
        r"\b(?:3|three|5|five|HA|redundant)\b[^.;,]{0,20}\b(?:control|master|server)",
        "hosting",
        "scaling",
    ):
        return
    yield say(
        case,
        f"{quote(case, 'hosting.services', 'the cluster')} is run by you, and the answer does not say how many control-plane nodes it has",
        why="with one, nothing can be deployed or replaced while that node is away",
        fix="plan three control-plane nodes, or answer with a managed cluster",
        at="hosting.services",
        claim="k8s.controlplane",
    )


RULE = Rule(
    code="GP118",
    name="one-control-plane",
    severity="note",
    covers=("k8s.controlplane",),
    platforms=("kubernetes",),
    check=check,
)
