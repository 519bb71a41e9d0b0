"""Finds a receiver that nothing in the plan can reach.

## What it does
Compares the stated channels with the routes of the plan.

## Why it matters
What was meant for it goes another way, and somebody waits for a message that does not come.

## Example
```toml
hosting = "Fly.io"
monitoring = "SMS alerts for downtime"
```

## Instead
A channel that the plan carries, or an on-call service that sends text messages itself.
```toml
monitoring = "PagerDuty alerts for downtime"
```

## Sources
The plan; Alertmanager's list of receivers.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import quote, say

TEXTING = frozenset(("uptimerobot", "better_stack", "pingdom", "statuscake", "grafana"))
"""Tools that send text messages themselves."""


def check(case: Case) -> Iterator[Diagnostic]:
    if case.plan is None:
        return
    carried = {r.channel for r in case.plan.routes}
    for n, channel in enumerate(case.decisions.monitoring.alert_channels):
        if channel not in carried and not (
            channel == "sms" and TEXTING & set(case.decisions.monitoring.tools)
        ):
            ways = " and ".join(sorted(carried)) or "nothing"
            yield say(
                case,
                f"{quote(case, f'monitoring.alert_channels.{n}', channel)} cannot be reached by what raises the alarms here",
                why=f"what was meant for it goes by {ways}",
                fix="answer with e-mail, Slack or PagerDuty; PagerDuty sends text messages and calls by itself",
                at=f"monitoring.alert_channels.{n}",
                served_by=ways,
            )


RULE = Rule(
    code="GP405",
    name="channel-not-carried",
    severity="warning",
    covers=("x.alert.pager",),
    platforms=(),
    needs=("monitoring.alert_channels",),
    check=check,
)
