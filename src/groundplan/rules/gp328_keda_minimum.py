"""Says that KEDA goes to zero where no minimum is set.

## What it does
Looks for KEDA without a stated minimum.

## Why it matters
The first message after a quiet hour waits for a pod.

## Example
```toml
hosting = "Google GKE with KEDA"
scaling = "KEDA, up to 10 pods when queue length > 100"
```

## Instead
State the minimum.
```toml
scaling = "KEDA, at least 1 pod, up to 10 pods when queue length > 100"
```

## Sources
KEDA 2.21, ScaledObject specification.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\bkeda\b", "hosting", "scaling")
    said = case.decisions.scaling
    if place and said.min_instances is None and said.initial_instances is None and not said.scale_to_zero:
        yield say(
            case,
            f"{quote(case, place, 'KEDA')} goes to zero where no minimum is set, and none was stated",
            why="the first message after a quiet hour waits until a pod has started",
            fix='state it: "at least 1 pod", or "scale to zero"',
            at=place,
            claim="k8s.keda.min",
        )


RULE = Rule(
    code="GP328",
    name="keda-minimum",
    severity="note",
    covers=("k8s.keda.min",),
    platforms=("kubernetes",),
    words=("keda",),
    check=check,
)
