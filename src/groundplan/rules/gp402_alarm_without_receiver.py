"""Finds alarms for which nobody was named, and receivers that nothing tells.

## What it does
Looks for triggers without a channel in the monitoring answer, and channels without a trigger.

## Why it matters
An alarm that nobody gets is no alarm.

## Example
```toml
hosting = "Fly.io"
monitoring = "Alert when the error rate is above 5%"
```

## Instead
Pair each trigger with a channel.

## Sources
By definition.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    reading = case.decisions.readings.get("monitoring")
    if reading is None or reading.status != "ok" or case.plan is None:
        return
    said = case.decisions.monitoring
    channels = {*said.alert_channels, *(t.channel for t in said.alert_triggers if t.channel)}
    if said.alert_triggers and not channels:
        yield say(
            case,
            "the answer says what triggers an alert and not who is told",
            why="an alarm that nobody receives changes nothing",
            fix='add a receiver: "e-mail to the on-call mailbox"',
            at="monitoring.alert_triggers",
            served_by="e-mail to a variable that you set, until a receiver is named",
        )
    if channels and not said.alert_triggers:
        yield say(
            case,
            "the answer says who is told and not about what",
            why="a receiver without a trigger is never told anything",
            fix='add a trigger: "for downtime and when the error rate is above 5 %"',
            at="monitoring.alert_channels",
            severity="note",
            served_by="downtime and a high error rate are watched, until a trigger is named",
        )


RULE = Rule(
    code="GP402",
    name="alarm-without-receiver",
    severity="warning",
    covers=("x.alert.receiver",),
    platforms=(),
    check=check,
)
