"""Finds more regions for the app than for its database.

## What it does
Counts planned places and database components.

## Why it matters
Requests in the second region write across the ocean, and failover without data is no failover.

## Example
```toml
hosting = "Fly.io with PostgreSQL on Fly"
regions = "Multi-region: Frankfurt and Virginia"
```

## Instead
A read replica in each region with a stated loss and recovery time, or one region that stands by.
```toml
hosting = "Fly.io with PostgreSQL on Fly, and a read replica in Virginia"
```

## Sources
By construction.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Plan
from groundplan.rules._case import find
from groundplan.rules._finding import quote, say

STRATEGY = (
    r"\b(?:read[- ]replicas?|cross-region replica\w*|global database|multi-region database|followers?)\b"
)


def check(case: Case) -> Iterator[Diagnostic]:
    plan = case.plan
    if plan is None or len(plan.places) < 2 or find(case, STRATEGY, "hosting", "regions"):
        return
    stores = [c for c in plan.role("database") if "replica" not in c.key]
    regions = {c.region for c in stores}
    if stores and len(regions) < len(plan.places):
        if plan.draft.failover:
            yield _standing_by(case, plan)
            return
        names = ", ".join(p.code for p in plan.places)
        yield say(
            case,
            f"the app runs in {len(plan.places)} regions ({names}) and its database in one",
            why="the far region waits for every write to cross, and cannot serve when the database's region is down",
            fix="state a data strategy: a read replica in each region, or one region that stands by",
            at="regions.regions",
        )


def _standing_by(case: Case, plan: Plan) -> Diagnostic:
    far = " and ".join(p.said or p.city for p in plan.places[1:])
    loss = find(case, r"\bRPO\b[^.;,()]{0,20}", "regions", "hosting")
    promise = f"; {quote(case, loss, 'the RPO')} cannot be kept" if loss else ""
    return say(
        case,
        f"{far} is to take over, and the plan holds no copy of the database there",
        why=f"its snapshots stay in {plan.places[0].city}, and a restore begins after somebody has copied them{promise}",
        fix=f'state it: "with a read replica in {far}", and add its price, about that of the database',
        at=loss or "regions.failover",
    )


RULE = Rule(
    code="GP204",
    name="many-regions-one-database",
    severity="warning",
    covers=("x.region.db", "x.region.cost"),
    platforms=(),
    needs=("places=several",),
    check=check,
)
