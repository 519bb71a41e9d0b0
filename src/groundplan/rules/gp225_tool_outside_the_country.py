"""Finds a tool that has no place in the country where data must stay.

## What it does
Looks for a duty that names one country, and a monitoring tool of the plan none of whose sites lies there.

## Why it matters
Logs, traces and errors carry personal data, and whoever reads the duty will look at them too.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "São Paulo, data must stay in Brazil"
monitoring = "Datadog for logs and metrics, email for downtime"
```

## Instead
A tool of the platform itself, one that you run there, or a word that logs may leave.
```toml
monitoring = "CloudWatch for logs and metrics, email for downtime"
```

## Sources
The catalogue's sites of each tool: `groundplan catalog`.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.facts.names import name, place
from groundplan.facts.residency import countries, placements
from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

MAY_LEAVE = r"\b(?:logs?|telemetry|metrics|errors?)\b[^.;,]{0,30}\bmay (?:leave|go)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    named = countries(case.decisions.regions.residency)
    if case.plan is None or not named or find(case, MAY_LEAVE, "regions", "monitoring"):
        return
    tools = case.decisions.monitoring.tools
    for placed in placements(case.plan, case.facts):
        if placed.inside is not False or placed.provider not in tools:
            continue
        if placed.what not in ("tool", "logs") or placed.component.startswith(("uptime.", "route.")):
            continue  # a check from outside sees a public address alone
        at = f"monitoring.tools.{tools.index(placed.provider)}"
        stays = " and ".join(place(c.lower()) for c in named)
        where = ", ".join(p for p in (placed.city, place(placed.country.lower())) if p)
        yield say(
            case,
            f"{quote(case, at, name(placed.provider))} keeps its data in {where}, and data must stay in {stays}",
            why="logs, traces and errors carry personal data to that place, and no site of the tool lies inside",
            fix=f'a tool that runs in {stays}, or "logs may leave the country" in the regions answer',
            at=at,
        )


RULE = Rule(
    code="GP225",
    name="tool-outside-the-country",
    severity="warning",
    covers=(),
    platforms=(),
    check=check,
)
