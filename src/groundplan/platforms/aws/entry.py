"""One name before several regions: Route 53 records that follow the health of each balancer. Knows no Terraform."""

from __future__ import annotations

from typing import Literal

from groundplan.model.plan import Component, Draft, Meter, Plan
from groundplan.model.quantity import Range

Policy = Literal["failover", "latency"]


def entry(draft: Draft) -> list[Component]:
    """The records, where there are several balancers and the answers name nothing else before them.

    An alias of a balancer is well while a target of it is, so no health check of its own is needed (the API model of
    Route 53 in botocore 1.44.8, `AliasTarget.EvaluateTargetHealth`, 2026-11-24); queries of aliases of AWS resources
    are free (github.com/awsdocs/amazon-route53-docs, resource-record-sets-choosing-alias-non-alias.md, 2026-11-24).
    """
    if not needed(draft):
        return []
    said = "the second region answers once the first fails" if policy(draft) == "failover" else (
        "each user is sent to the nearest region that is well"
    )  # fmt: skip
    made = Component(
        key="entry",
        role="dns",
        name="Route 53 records",
        provider="aws",
        sku=policy(draft),
        meters=(Meter(name="Hosted zone", price="aws.route53.zone", quantity=Range.flat(1)),),
        reason=said,
        because=("regions",),
    )
    return [made]


def needed(draft: Draft) -> bool:
    """An alias of a function's API follows no health, so its records stay a person's (`EvaluateTargetHealth`, as above)."""
    return len(draft.places) > 1 and draft.service != "lambda" and draft.own_entry


def policy(draft: Draft) -> Policy:
    """Failover between two regions where one stands by; there is one primary and one secondary, so more regions share.

    Source: `ResourceRecordSet.Failover` in the same API model.
    """
    return "failover" if draft.failover and len(draft.places) == 2 else "latency"


def planned(plan: Plan) -> bool:
    return bool(plan.role("dns"))
