"""Says that the balancer closes connections that carry nothing.

## What it does
Looks for WebSockets, long polling or server-sent events beside a balancer of AWS.

## Why it matters
Connections that are quiet for a minute break.

## Example
```toml
hosting = "AWS ECS on Fargate, with WebSockets for the chat"
```

## Instead
A ping every 30 seconds, or a longer idle timeout.
```toml
hosting = "AWS ECS on Fargate"
```

## Sources
Application Load Balancers, attributes, third-party copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, services
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case,
        r"\b(?:web ?sockets?|long[- ]polling|server[- ]sent events|SSE)\b",
        "hosting",
        "scaling",
        "monitoring",
    )
    if place and not services(case) & {"lambda", "app_runner", "amplify"}:
        yield say(
            case,
            f"{quote(case, place, 'long connections')} are closed by the balancer after 60 quiet seconds",
            why="clients reconnect every minute, or lose messages",
            fix="send a ping every 30 seconds, or raise `idle_timeout` of the balancer in the generated code",
            at=place,
            claim="aws.alb.idle",
        )


RULE = Rule(
    code="GP337",
    name="balancer-closes-idle",
    severity="note",
    covers=("aws.alb.idle",),
    platforms=("aws",),
    words=("socket", "polling", "sent events", "sse"),
    check=check,
)
