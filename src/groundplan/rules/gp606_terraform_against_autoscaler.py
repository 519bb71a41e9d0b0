"""Finds Terraform and an autoscaler that both set the number of dynos.

## What it does
Looks for Terraform beside automatic scaling on Heroku.

## Why it matters
Each apply puts the number back that the autoscaler had changed.

## Example
```toml
hosting = "Heroku on performance-m dynos"
scaling = "auto-scale from 2 to 6 dynos when p95 response time > 800 ms"
iac = "Terraform"
```

## Instead
`ignore_changes` on the quantity, and autoscaling by the command line.
```toml
iac = "none"
```

## Sources
heroku/terraform-provider-heroku 5.3.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import automatic
from groundplan.rules._finding import quote, say


def check(case: Case) -> Iterator[Diagnostic]:
    if case.decisions.iac.tool in ("terraform", "opentofu") and automatic(case):
        yield say(
            case,
            f"{quote(case, 'iac.tool', 'Terraform')} knows a fixed number of dynos only, and {quote(case, 'scaling.mode', 'automatic scaling')} changes it",
            why="each apply during a peak takes the dynos away again",
            fix="leave the quantity to the autoscaler with `ignore_changes`, and enable it with `heroku ps:autoscale:enable`",
            at="iac.tool",
            claim="heroku.autoscale.iac",
        )


RULE = Rule(
    code="GP606",
    name="terraform-against-autoscaler",
    severity="warning",
    covers=("heroku.autoscale.iac",),
    platforms=("heroku",),
    check=check,
)
