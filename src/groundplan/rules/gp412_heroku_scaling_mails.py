"""Finds somebody who wants to be told of scaling by Heroku's own mails.

## What it does
Looks for a mail or a message on scaling, beside Heroku.

## Why it matters
At most one mail a day says that the limit of dynos was reached; the second peak of the day is silent.

## Example
```toml
hosting = "Heroku on performance-m dynos"
monitoring = "email when autoscaling reaches its limit, UptimeRobot for downtime"
```

## Instead
A threshold alert on the response time, or a check from outside.
```toml
monitoring = "email when p95 latency is above 800 ms, UptimeRobot for downtime"
```

## Sources
Heroku Dev Center, autoscaling.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

MAILS = (
    r"\b(?:e-?mails?|mails?|notif\w+|alerts?|tell\w*)\b[^.;]{0,30}\b(?:auto-?scal\w+|scal(?:es|ed|ing) (?:up|out|limit)"
    r"|dyno limit|dyno maximum)\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, MAILS, "monitoring", "scaling")
    if place:
        yield say(
            case,
            f"{quote(case, place, 'the mails on scaling')}: Heroku sends at most one such mail a day",
            why="the second peak of a day is silent",
            fix='a threshold alert: "email when p95 latency is above 800 ms"; or a check from outside',
            at=place,
            claim="heroku.autoscale.notify",
        )


RULE = Rule(
    code="GP412",
    name="heroku-scaling-mails",
    severity="note",
    covers=("heroku.autoscale.notify",),
    platforms=("heroku",),
    check=check,
)
