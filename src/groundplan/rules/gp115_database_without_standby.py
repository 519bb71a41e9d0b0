"""Finds a production database without a standby.

## What it does
Looks for a planned database in one zone, and for Heroku plans without a standby, at the quality levels production and
secure. A standby that was stated is planned; the finding is then about what cannot have one.

## Why it matters
Maintenance or the loss of a zone stops the application until the database is back.

## Example
```toml
hosting = "AWS ECS on Fargate with RDS PostgreSQL"
```

## Instead
A standby in a second zone, at twice the price of the instance.
```toml
hosting = "AWS ECS on Fargate with RDS PostgreSQL Multi-AZ"
```

## Sources
Infracost test data for the price; Heroku Dev Center for the plans.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic, Where
from groundplan.model.knowledge import Rule
from groundplan.model.plan import Component
from groundplan.rules._case import find, home, production
from groundplan.rules._finding import quote, say

STANDBY = r"\b(?:multi[- ]?AZ|(?:hot |a )?standby|with HA|zone[- ]redundant)\b"

SINGLE = r"\bsingle[- ](?:AZ|zone)\b"

HOW = {"aws": "Multi-AZ", "gcp": "high availability", "azure": "zone-redundant"}
CLAIMS = {"aws": "aws.rds.multiaz", "gcp": "gcp.sql.ha"}


def check(case: Case) -> Iterator[Diagnostic]:
    if not production(case):
        return
    for component in case.plan.role("database") if case.plan else ():
        if component.settings.get("multi_az") is False:
            asked = find(case, STANDBY, "hosting")
            one = find(case, SINGLE, "hosting", "regions", "scaling")
            if one:
                yield _one_zone(case, one, component)
                continue
            yield say(
                case,
                (f"{quote(case, asked, 'a standby')} is not planned: " if asked else "")
                + f"{component.name} is planned in one zone, without a standby",
                why="maintenance or the loss of that zone stops the application; a standby doubles the database line",
                fix=f'accept it, or say "{HOW.get(home(case), "with a standby")}" behind the database',
                at=asked or "hosting.addons",
                claim=CLAIMS.get(home(case), ""),
                severity="warning" if asked else None,
            )
    place = (
        find(case, r"\b(?:essential|standard|mini)-[0-9]\b", "hosting") if home(case) == "heroku" else None
    )
    if place and find(
        case, r"\b(?:HA|high availability|standby|failover)\b", "hosting", "regions", "scaling"
    ):
        yield say(
            case,
            f"{quote(case, place, 'the plan')} of Heroku Postgres has no standby",
            why="Essential may be down four hours a month, Standard one hour",
            fix="answer with Premium-0 or larger",
            at=place,
            claim="heroku.pg.ha",
            severity="warning",
        )


def _one_zone(case: Case, said: Where, component: Component) -> Diagnostic:
    return say(
        case,
        f"{quote(case, said, 'one zone')} is what you said, so {component.name} is planned without a standby",
        why="maintenance or the loss of that zone stops the application, whatever the quality level asks for",
        fix=f'keep it, or say "{HOW.get(home(case), "with a standby")}" instead; it doubles the database line',
        at=said,
        claim=CLAIMS.get(home(case), ""),
        severity="warning" if case.answers.project.quality == "secure" else None,
    )


RULE = Rule(
    code="GP115",
    name="database-without-standby",
    severity="note",
    covers=("aws.rds.multiaz", "heroku.pg.ha", "gcp.sql.ha"),
    platforms=("aws", "gcp", "azure", "heroku"),
    check=check,
)
