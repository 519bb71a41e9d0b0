"""Finds scale to zero on a service that keeps at least one instance.

## What it does
Looks for a stated zero where the service cannot start from nothing, or where nothing is saved by it.

## Why it matters
The bill does not fall, or the first visitor after a quiet hour gets an error.

## Example
```toml
hosting = "Azure App Service"
scaling = "auto-scale from 0 to 4 instances, scale to zero at night"
```

## Instead
A minimum of one, or a service that starts on a request.
```toml
scaling = "auto-scale from 1 to 4 instances when CPU > 70%"
```

## Sources
The services' own documentation; each finding cites its page.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.knowledge import Rule
from groundplan.rules._case import CLUSTERS, find, home, services, zero
from groundplan.rules._finding import quote, say

ROWS = {
    "autoscaler": (
        "the autoscaler of Fly.io clones living Machines and keeps at least one",
        "fly.autoscaler.min1",
        "a minimum of 1, or scale on concurrent requests, which can go to zero",
    ),
    "ec2": ("a scaling group without instances answers nobody", "", "a minimum of 1, or Lambda"),
    "app_engine": (
        "the flexible environment keeps at least one instance",
        "gcp.gae.flex",
        "a minimum of 1, the standard environment, or Cloud Run",
    ),
    "app_service": (
        "App Service bills the plan, whether or not the app runs",
        "azure.app.zero",
        "a minimum of 1, or Container Apps",
    ),
    "heroku": (
        "paid dynos of Heroku run until somebody scales them by hand",
        "",
        "a minimum of 1; only Eco dynos sleep",
    ),
    "onprem": ("a server that you own costs the same when it idles", "", "a minimum of 1"),
    "kubernetes": (
        "the pod autoscaler keeps at least one pod",
        "k8s.hpa.min0",
        "a minimum of 1, or KEDA with an event source",
    ),
}


def check(case: Case) -> Iterator[Diagnostic]:
    at = zero(case)
    if not at:
        return
    for key, (text, claim, fix) in ROWS.items():
        here = (
            key in services(case)
            or key == home(case)
            or (key == "kubernetes" and services(case) & CLUSTERS)
            or (key == "autoscaler" and case.plan and case.plan.role("autoscaler"))
        )
        if key == "app_engine" and not find(case, r"\bflex", "hosting", "scaling"):
            continue
        if key == "kubernetes" and find(case, r"\b(?:keda|knative)\b", "hosting", "scaling"):
            continue
        if here and not (key == "heroku" and find(case, r"\beco\b", "hosting", "scaling")):
            yield say(
                case,
                f"{quote(case, at, 'zero')}: {text}",
                why="the bill does not fall to zero, or nothing answers the first visitor",
                fix=fix,
                at=at,
                claim=claim,
            )
            return


RULE = Rule(
    code="GP311",
    name="cannot-go-to-zero",
    severity="warning",
    covers=("fly.autoscaler.min1", "gcp.gae.flex", "azure.app.zero", "k8s.hpa.min0"),
    platforms=("fly", "aws", "gcp", "azure", "heroku", "kubernetes", "onprem"),
    needs=("scaling.scale_to_zero", "scaling.min_instances"),
    check=check,
)
