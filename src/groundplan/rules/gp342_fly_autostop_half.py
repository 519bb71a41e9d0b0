"""Finds machines that stop and never start, or start and never stop.

## What it does
Looks for one of auto_stop and auto_start said to be on and the other off.

## Why it matters
A Machine that the proxy stopped stays stopped, and the next visitor gets an error; the other way round nothing ever stops.

## Example
```toml
hosting = "Fly.io"
scaling = "2 machines, auto_stop_machines on and auto_start_machines off"
```

## Instead
Both on, or both off.
```toml
scaling = "2 machines, auto_stop_machines on and auto_start_machines on"
```

## Sources
Fly.io documentation, launch/autostop-autostart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

NAME = r"auto[_ -]?{}(?:_machines)?"
STATE = r"\W{1,4}(?:is |set |to |at )*[\"']?(on|off|true|false|enabled|disabled|stop|suspend)\b"
ON = frozenset(("on", "true", "enabled", "stop", "suspend"))


def check(case: Case) -> Iterator[Diagnostic]:
    stop = find(case, NAME.format("stop") + STATE, "scaling")
    start = find(case, NAME.format("start") + STATE, "scaling")
    if stop is None or start is None or _on(stop.quote) == _on(start.quote):
        return
    stops = _on(stop.quote)
    yield say(
        case,
        f"{quote(case, stop, 'auto stop')} and {quote(case, start, 'auto start')} do not go together",
        why="Machines stop, and nothing starts them again"
        if stops
        else "Machines start, and nothing stops them again",
        fix="answer with both on, or both off",
        at=stop,
        claim="fly.autostop.pair",
    )


def _on(said: str) -> bool:
    return re.findall(r"[a-z]+", said.lower())[-1] in ON


RULE = Rule(
    code="GP342",
    name="fly-autostop-half",
    severity="error",
    covers=("fly.autostop.pair",),
    platforms=("fly",),
    words=("autost", "auto_st", "auto-st", "auto st"),
    check=check,
)
