"""Says that the answer leaves open where to build.

## What it does
Fires where no primary platform could be read.

## Why it matters
Nothing can be planned, priced or written.

## Example
```toml
hosting = "either AWS or Google Cloud, we will see"
```

## Instead
Name one platform; others may be mentioned as plans.

## Sources
The answer itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    reading = case.decisions.readings.get("hosting")
    if reading is None or case.decisions.hosting.primary:
        return
    asked = reading.follow_ups[0].text if reading.follow_ups else "which platform is it?"
    words = " ".join(reading.text.split())[:80].replace("`", "'")
    yield say(
        case,
        f"`{words}` does not say where to build",
        why="nothing can be planned, priced or written",
        fix=f'{asked} Answer with one: "Fly.io", "AWS ECS on Fargate"',
        at="hosting.primary",
    )


RULE = Rule(
    code="GP001",
    name="platform-unclear",
    severity="error",
    covers=(),
    platforms=(),
    check=check,
)
