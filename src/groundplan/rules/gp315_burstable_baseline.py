"""Finds a CPU trigger above what a burstable instance may use for ever.

## What it does
Looks for t2, t3, t3a and t4g sizes beside a CPU threshold above their baseline.

## Why it matters
Above the baseline the instance spends credits, then money or speed; the trigger comes after that.

## Example
```toml
hosting = "AWS EC2, t3.large"
scaling = "auto-scale from 2 to 6 instances when CPU > 70%"
```

## Instead
A threshold below the baseline, or an m7g or c7g instance.
```toml
scaling = "auto-scale from 2 to 6 instances when CPU > 25%"
```

## Sources
EC2, burstable credits and baselines, third-party notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

BASELINE = {"nano": 5, "micro": 10, "small": 20, "medium": 20, "large": 30, "xlarge": 40, "2xlarge": 40}
"""Per cent of each vCPU, of T3; T2 and T4g differ by little."""


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(
        case,
        r"(?<!db\.)(?<!cache\.)\bt(?:2|3|3a|4g)\.(?:nano|micro|small|medium|large|xlarge|2xlarge)\b",
        "hosting",
        "scaling",
    )
    base = BASELINE[place.quote.lower().partition(".")[2]] if place else 0
    for n, trigger in enumerate(case.decisions.scaling.triggers if place else ()):
        if place and trigger.metric == "cpu" and trigger.value and trigger.value > base:
            own = f"scaling.triggers.{n}"
            at = own if case.decisions.words("scaling", f"triggers.{n}") else "scaling.triggers"
            yield say(
                case,
                f"{quote(case, at, f'CPU > {trigger.value} %')} is above the {base} % that {quote(case, place, 'it')} may use for ever",
                why="before the trigger is met the instance is throttled, or costs 0.05 USD for each extra vCPU hour",
                fix=f"a threshold of at most {base} %, or an instance without credits, such as m7g",
                at=at,
                claim="aws.t.baseline",
            )


RULE = Rule(
    code="GP315",
    name="burstable-baseline",
    severity="warning",
    covers=("aws.t.baseline",),
    platforms=("aws",),
    words=("t2.", "t3.", "t3a.", "t4g."),
    check=check,
)
