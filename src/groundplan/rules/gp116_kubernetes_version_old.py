"""Finds an EKS version whose fee has gone up.

## What it does
Looks for a Kubernetes version older than 1.35, the oldest in standard support from 2 December 2026 on beside EKS.

## Why it matters
Out of standard support the cluster fee is six times as high.

## Example
```toml
hosting = "AWS EKS, Kubernetes 1.29"
```

## Instead
A version in standard support.
```toml
hosting = "AWS EKS, Kubernetes 1.35"
```

## Sources
EKS version calendar, third-party notes of 2026-09-29.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b1\.(?:2[0-9]|3[0-4])\b", "hosting") if "eks" in services(case) else None
    if place:
        yield say(
            case,
            f"{quote(case, place, 'this version')} of Kubernetes is out of standard support on EKS",
            why="the fee of the cluster rises from 73 to 438 USD a month",
            fix="answer with a version from 1.35 on",
            at=place,
            claim="aws.eks.extended",
        )


RULE = Rule(
    code="GP116",
    name="kubernetes-version-old",
    severity="warning",
    covers=("aws.eks.extended",),
    platforms=("aws",),
    words=("1.2", "1.3"),
    check=check,
)
