"""Finds a node count that a regional cluster multiplies.

## What it does
Looks for a regional GKE cluster beside a number of nodes.

## Why it matters
The count of a pool holds for each of three zones, and so does the bill.

## Example
```toml
hosting = "Google GKE, regional cluster"
scaling = "3 nodes"
```

## Instead
The number for each zone: one makes three.
```toml
scaling = "1 nodes per zone"
```

## Sources
Infracost test data, container_cluster_test.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\bregional (?:cluster|GKE)\b|\bGKE regional\b", "hosting", "scaling", "regions")
    nodes = find(
        case, r"\b(\d{1,2}) (?:[a-z]\d[\w-]* )?nodes\b(?! (?:per|in each) zone)", "hosting", "scaling"
    )
    if place and nodes and "gke" in services(case) and not find(case, r"\bautopilot\b", "hosting"):
        count = int(nodes.quote.split()[0])
        yield say(
            case,
            f"{quote(case, nodes, 'the nodes')} in a {quote(case, place, 'regional cluster')} are {count * 3} nodes: the count holds for each zone",
            why="three times the machines, and three times their bill",
            fix=f'say it for each zone: "{max(count // 3, 1)} nodes per zone"',
            at=nodes,
            claim="gcp.gke.regional",
        )


RULE = Rule(
    code="GP330",
    name="gke-nodes-per-zone",
    severity="warning",
    covers=("gcp.gke.regional",),
    platforms=("gcp", "kubernetes"),
    words=("regional",),
    check=check,
)
