"""Finds a duty to stay in the EU beside a tool that keeps data elsewhere by default.

## What it does
Looks for GDPR or EU residency, and a monitoring tool whose account has a data site.

## Why it matters
Logs and errors carry personal data: addresses, names in URLs, mail in exceptions.

## Example
```toml
hosting = "Fly.io"
regions = "Frankfurt, data must stay in the EU"
monitoring = "Sentry for errors, email for downtime"
```

## Instead
The EU site of the tool, chosen when the account is made, and scrubbing of personal fields.
```toml
monitoring = "Sentry on its EU site for errors, email for downtime"
```

## Sources
Remembered; the vendors' pages on data sites.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import EEA_DUTIES, find
from groundplan.rules._finding import quote, say

SITES = frozenset(
    (
        "datadog",
        "sentry",
        "new_relic",
        "honeycomb",
        "rollbar",
        "bugsnag",
        "logrocket",
        "sumo_logic",
        "splunk",
        "grafana",
    )
)


def check(case: Case) -> Iterator[Diagnostic]:
    if not EEA_DUTIES & set(case.decisions.regions.residency):
        return
    if find(
        case,
        r"\bEU (?:site|region|data ?cent(?:er|re)|instance|cloud)\b|datadoghq\.eu|\bself-?hosted\b",
        "monitoring",
    ):
        return
    for n, tool in enumerate(case.decisions.monitoring.tools):
        if tool in SITES:
            yield say(
                case,
                f"{quote(case, f'monitoring.tools.{n}', tool)} keeps data at the site of its account, and {quote(case, 'regions.residency', 'the EU')} is stated",
                why="logs and errors carry personal data to that site, and the site is chosen at sign-up",
                fix='choose the EU site when you sign up, and say so: "… on its EU site"',
                at=f"monitoring.tools.{n}",
                claim="x.gdpr.tools",
            )


RULE = Rule(
    code="GP206",
    name="tool-outside-the-area",
    severity="note",
    covers=("x.gdpr.tools",),
    platforms=(),
    needs=("regions.residency",),
    check=check,
)
