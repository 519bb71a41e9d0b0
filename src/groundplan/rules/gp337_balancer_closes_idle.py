"""Says that the balancer closes connections that carry nothing.

## What it does
Looks for WebSockets, long polling, server-sent events, or requests that take minutes, beside a balancer of AWS.

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

SLOW = r"\b(?:requests?|responses?|uploads?|downloads?)\b[^.;,]{0,24}?\b(?:[2-9]|[1-9]\d) ?(?:min|minutes?)\b"


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case,
        r"\b(?:web ?sockets?|long[- ]polling|server[- ]sent events|SSE)\b",
        "hosting",
        "scaling",
        "monitoring",
    )
    slow = find(case, SLOW, "hosting", "scaling") if place is None else None
    if slow and not services(case) & {"lambda", "app_runner", "amplify"}:
        yield say(
            case,
            f"{quote(case, slow, 'long requests')}: the balancer gives up on a request after 60 seconds without a byte",
            why="the client gets a 504 while the work goes on",
            fix="answer at once and do the work in a queue, or raise `idle_timeout` of the balancer in the generated code",
            at=slow,
            claim="aws.alb.idle",
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
    words=("socket", "polling", "sent events", "sse", "min"),
    check=check,
)
