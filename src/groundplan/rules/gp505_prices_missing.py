"""Finds lines of the estimate for which no price is known.

## What it does
Lists meters whose price is in no facts file for that region, and says what the whole would cost with the prices of the
vendor's best known region in their place.

## Why it matters
The total leaves them out; the real bill does not.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "Single region: ap-southeast-5"
```

## Instead
Look the price up, and treat the total as a lower bound.

## Sources
The catalogue; `groundplan catalog prices`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._finding import say


def check(case: Case) -> Iterator[Diagnostic]:
    estimate = case.estimate
    if estimate and estimate.missing:
        missing = estimate.missing
        names = "; ".join(_counted(m.meter for m in missing))
        yield say(
            case,
            f"no price is known for {len(missing)} line{'s' if len(missing) > 1 else ''}: {names}",
            why=f"{'it is' if len(missing) == 1 else 'they are'} not in the total, and the bill will hold {'it' if len(missing) == 1 else 'them'}"
            + (f"; {estimate.like_words}" if estimate.like else ""),
            fix=f"look {'it' if len(missing) == 1 else 'them'} up at the vendor and give {'it' if len(missing) == 1 else 'them'} in an own facts file; until then the total is a lower bound",
        )


def _counted(meters: Iterable[str]) -> Iterator[str]:
    """`Log ingestion (2)`: the same in several regions is one name."""
    for meter, times in Counter(meters).items():
        yield f"{meter} ({times})" if times > 1 else meter


RULE = Rule(
    code="GP505",
    name="prices-missing",
    severity="warning",
    covers=(),
    platforms=(),
    needs=("prices=missing",),
    check=check,
)
