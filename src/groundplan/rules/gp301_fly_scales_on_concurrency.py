"""Finds a scaling trigger that Fly Proxy cannot see.

## What it does
Looks for a trigger on CPU, memory or latency where the platform is Fly.io. The plan then holds the autoscaler app, which asks the metrics endpoint and changes the number of Machines.

## Why it matters
Fly Proxy starts and stops Machines on concurrency alone. A CPU threshold in the answers that nothing acts on is an outage at the first peak.

## Example
```toml
hosting = "Fly.io"
scaling = "Start with 2 instances, auto-scale up to 5 when CPU > 80%"
```

## Instead
Keep the trigger and run the autoscaler that the plan adds, or scale on concurrent requests, which the proxy does by itself.

## Sources
Fly.io documentation, proxy autostop/autostart and autoscale by metric; see `groundplan catalog` for dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    served = case.plan.substitution("fly.scale.metric") if case.plan else None
    if served is None:
        return
    said = quote(case, "scaling.triggers", served.intent)
    yield say(
        case,
        f"{said} cannot scale Machines on Fly.io by itself: its proxy counts concurrent requests and never looks at CPU, memory or latency",
        why="without another construct the app would stay at its first size under load; the autoscaler is one more app, on one Machine",
        fix='keep it, and run the autoscaler app of the plan; or answer with concurrent requests: "scale above 100 concurrent requests"',
        at="scaling.triggers",
        claim="fly.scale.metric",
        severity="note" if find(case, r"fly[- ]autoscaler", "scaling", "hosting") else None,
        served_by=served.served_by,
    )


RULE = Rule(
    code="GP301",
    name="fly-scales-on-concurrency",
    severity="warning",
    covers=("fly.scale.metric", "fly.autoscaler.single"),
    platforms=("fly",),
    check=check,
)
