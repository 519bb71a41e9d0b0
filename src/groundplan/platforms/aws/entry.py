"""One name before several regions: Route 53 records that follow the health of each region. Knows no Terraform."""

from __future__ import annotations

from typing import Literal

from groundplan.model.plan import Component, Draft, Meter, Plan
from groundplan.model.quantity import Range

Policy = Literal["failover", "latency"]
WATCHERS = ("us-east-1", "eu-west-1", "ap-southeast-1")
"""Where checks of an API ask from: as few as Route 53 takes, because each of them is a request to the function.

Source: `HealthCheckConfig.Regions` in the API model of Route 53, botocore 1.44.8, read 2026-12-01.
"""
INTERVAL_S, FAILURES = 30, 3
"""Seconds between two requests of a checker, and how many in a row must fail; Route 53's own defaults."""


def entry(draft: Draft) -> list[Component]:
    """The records, where there are several regions and the answers name nothing else before them.

    An alias of a balancer is well while a target of it is, so no health check of its own is needed (the API model of
    Route 53 in botocore 1.44.8, `AliasTarget.EvaluateTargetHealth`, 2026-11-24); queries of aliases of AWS resources
    are free (github.com/awsdocs/amazon-route53-docs, resource-record-sets-choosing-alias-non-alias.md, 2026-11-24).
    An alias of an API has no such targets, so a check asks each API for its health path.
    """
    if not needed(draft):
        return []
    said = "the second region answers once the first fails" if policy(draft) == "failover" else (
        "each user is sent to the nearest region that is well"
    )  # fmt: skip
    zone = Meter(name="Hosted zone", price="aws.route53.zone", quantity=Range.flat(1))
    made = Component(
        key="entry",
        role="dns",
        name="Route 53 records",
        provider="aws",
        sku=policy(draft),
        meters=(zone, *_checks(draft)),
        reason=said,
        because=("regions",),
    )
    return [made]


def needed(draft: Draft) -> bool:
    return len(draft.places) > 1 and draft.own_entry


def _checks(draft: Draft) -> tuple[Meter, ...]:
    """The first 50 checks of what runs at AWS are free; HTTPS is an optional feature that is paid for."""
    if draft.service != "lambda":
        return ()
    said = "one for each region; requests that the check makes are not counted"
    count = Range.flat(len(draft.places))
    return (Meter(name="HTTPS health checks", price="aws.route53.https", quantity=count, assumption=said),)


def policy(draft: Draft) -> Policy:
    """Failover between two regions where one stands by; there is one primary and one secondary, so more regions share.

    Source: `ResourceRecordSet.Failover` in the same API model.
    """
    return "failover" if draft.failover and len(draft.places) == 2 else "latency"


def planned(plan: Plan) -> bool:
    return bool(plan.role("dns"))
