"""Says that sovereignty is more than a region.

## What it does
Looks for the word sovereignty beside AWS.

## Why it matters
A European region of AWS belongs to the same company, accounts and control plane as the American ones.

## Example
```toml
hosting = "AWS ECS on Fargate"
regions = "Frankfurt, digital sovereignty required"
```

## Instead
Residency in a European region where that is enough; else the AWS European Sovereign Cloud, with its own accounts and fewer services.
```toml
regions = "Frankfurt, data must stay in the EU"
```

## Sources
Partitions of botocore 1.44.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import find, regions
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    place = find(case, r"\b(?:digital )?(?:sovereign|souverän|souverain)\w*", "regions", "hosting")
    if place and not any(r.code.startswith("eusc-") for r in regions(case)):
        yield say(
            case,
            f"{quote(case, place, 'sovereignty')} is more than a region: the AWS European Sovereign Cloud is separate, with the region `eusc-de-east-1`",
            why="it needs other accounts and other endpoints, and has fewer services",
            fix='if residency is enough, say "data must stay in the EU"; the sovereign partition is not built for by groundplan yet',
            at=place,
            claim="aws.sovereign",
        )


RULE = Rule(
    code="GP216",
    name="sovereignty",
    severity="note",
    covers=("x.sovereign",),
    platforms=("aws",),
    words=("sover", "souver"),
    check=check,
)
