"""Finds an application for Windows, where everything is planned and priced for Linux.

## What it does
Looks for Windows, IIS or the .NET Framework in the hosting and scaling answers.

## Why it matters
The licence is in the price: an App Service B1 plan costs four times as much on Windows, P1v3 twice as much.

## Example
```toml
hosting = "Azure App Service on Windows, P1v3"
```

## Instead
.NET 8 and later run on Linux; else the prices of Windows, in a facts file of your own.
```toml
hosting = "Azure App Service on Linux, P1v3"
```

## Sources
Infracost test data, service_plan_test: B1 54.75 against 12.41, P1v3 229.95 against 113.15 USD a month in East US.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, home
from groundplan.rules._finding import quote, say

WINDOWS = (
    r"\bwindows (?:server|app service|plan|containers?|vms?|instances?|nodes?)\b|\b(?:on|for|run(?:s|ning)) windows\b"
    r"|\bIIS\b|\.NET Framework\b|\bASP\.NET (?:4|web ?forms)"
)


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, WINDOWS, "hosting", "scaling")
    if place is None or case.plan is None:
        return
    yield say(
        case,
        f"{quote(case, place, 'Windows')} is not planned: sizes, images and prices here are those of Linux",
        why="the licence is in the price of a Windows machine, so the bill is up to four times the estimate",
        fix="Linux, where .NET 8 and later run; or the prices of Windows in a facts file of your own",
        at=place,
        claim="azure.app.os" if home(case) == "azure" else "",
    )


RULE = Rule(
    code="GP121",
    name="windows-is-not-planned",
    severity="warning",
    covers=("azure.app.os",),
    platforms=(),
    words=("windows", "iis", ".net framework", "asp.net"),
    check=check,
)
