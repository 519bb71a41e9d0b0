"""The commands that put each region under one name. Knows Route 53; not what is behind the balancer."""

from __future__ import annotations

from groundplan.platforms.aws.entry import planned, policy
from groundplan.platforms.aws.spot import Spot
from groundplan.syntax.runbook import Step


def record(spot: Spot) -> tuple[Step, ...]:
    if not planned(spot.plan):
        return ()
    routed = f"Region={spot.code}"
    if policy(spot.plan.draft) == "failover":
        routed = "Failover=PRIMARY" if spot.primary else "Failover=SECONDARY"
    zone = ("read -r -p 'Id of the public Route 53 zone that holds the name, as in Z0123456789: ' ZONE",)
    described = 'aws elbv2 describe-load-balancers --load-balancer-arns "$BALANCER" --output text --query'
    made = Step(
        title=f"Put the name before the balancer{spot.where}",
        commands=(
            *(zone if spot.primary else ()),
            f"BALANCER_NAME=$({described} 'LoadBalancers[0].DNSName')",
            f"BALANCER_ZONE=$({described} 'LoadBalancers[0].CanonicalHostedZoneId')",
            'aws route53 change-resource-record-sets --hosted-zone-id "$ZONE" --change-batch '
            f'"Changes=[{{Action=UPSERT,ResourceRecordSet={{Name=$DOMAIN,Type=A,SetIdentifier={spot.code},{routed},'
            'AliasTarget={HostedZoneId=$BALANCER_ZONE,DNSName=$BALANCER_NAME,EvaluateTargetHealth=true}}}]"',
        ),
        note="Where the name lies elsewhere, give a name below it a zone of its own, and enter that zone's four name "
        "servers where the name lies. The record is followed while a target of the balancer is well.",
        check='`aws route53 list-resource-record-sets --hosted-zone-id "$ZONE" --query '
        f"\"ResourceRecordSets[?SetIdentifier=='{spot.code}']\"` shows the balancer.",
    )
    return (made,)
