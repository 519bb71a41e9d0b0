"""The commands that put each region under one name. Knows Route 53; not what is behind the entry."""

from __future__ import annotations

from groundplan.model.graph import Join, Value, Var
from groundplan.platforms.aws.entry import FAILURES, INTERVAL_S, WATCHERS, planned, policy
from groundplan.platforms.aws.runbook_first import certificate
from groundplan.platforms.aws.spot import Spot
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document


def record(spot: Spot) -> tuple[Step, ...]:
    if not planned(spot.plan):
        return ()
    routed = f"Region={spot.code}"
    if policy(spot.plan.draft) == "failover":
        routed = "Failover=PRIMARY" if spot.primary else "Failover=SECONDARY"
    followed = "false" if spot.serverless else "true"
    well = "the API answers its health path" if spot.serverless else "a target of the balancer is well"
    zone = ("read -r -p 'Id of the public Route 53 zone that holds the name, as in Z0123456789: ' ZONE",)
    what = "API" if spot.serverless else "balancer"
    health = "HealthCheckId=$CHECK," if spot.serverless else ""
    made = Step(
        title=f"Put the name before the {what}{spot.where}",
        commands=(
            *(zone if spot.primary else ()),
            *(_api(spot) if spot.serverless else _balancer()),
            'aws route53 change-resource-record-sets --hosted-zone-id "$ZONE" --change-batch '
            f'"Changes=[{{Action=UPSERT,ResourceRecordSet={{Name=$DOMAIN,Type=A,SetIdentifier={spot.code},{routed},{health}'
            f'AliasTarget={{HostedZoneId=$ENTRY_ZONE,DNSName=$ENTRY_NAME,EvaluateTargetHealth={followed}}}}}}}]"',
        ),
        note="Where the name lies elsewhere, give a name below it a zone of its own, and enter that zone's four name "
        f"servers where the name lies. The record is followed while {well}.",
        check='`aws route53 list-resource-record-sets --hosted-zone-id "$ZONE" --query '
        f"\"ResourceRecordSets[?SetIdentifier=='{spot.code}']\"` shows the {what}.",
    )
    return (certificate(spot), made) if spot.serverless else (made,)


def _balancer() -> tuple[str, ...]:
    described = 'aws elbv2 describe-load-balancers --load-balancer-arns "$BALANCER" --output text --query'
    return (
        f"ENTRY_NAME=$({described} 'LoadBalancers[0].DNSName')",
        f"ENTRY_ZONE=$({described} 'LoadBalancers[0].CanonicalHostedZoneId')",
    )


def _api(spot: Spot) -> tuple[str, ...]:
    """The alias of an API has no targets whose health could be followed, so that it follows a check."""
    described = 'aws apigatewayv2 get-domain-name --domain-name "$DOMAIN" --output text --query'
    asked: Value = {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": Join((Var("API"), f".execute-api.{spot.code}.amazonaws.com")),
        "Port": 443,
        "ResourcePath": spot.plan.draft.app.health_path,
        "RequestInterval": INTERVAL_S,
        "FailureThreshold": FAILURES,
        "Regions": WATCHERS,
    }
    return (
        'aws apigatewayv2 create-domain-name --domain-name "$DOMAIN" --domain-name-configurations '
        '"CertificateArn=$CERTIFICATE,EndpointType=REGIONAL,SecurityPolicy=TLS_1_2" '
        f"--tags Project={spot.plan.draft.project}",
        'aws apigatewayv2 create-api-mapping --api-id "$API" --domain-name "$DOMAIN" --stage \'$default\'',
        f"ENTRY_NAME=$({described} 'DomainNameConfigurations[0].ApiGatewayDomainName')",
        f"ENTRY_ZONE=$({described} 'DomainNameConfigurations[0].HostedZoneId')",
        f'CHECK=$(aws route53 create-health-check --caller-reference "$API" --health-check-config {document(asked)} '
        "--query HealthCheck.Id --output text)",
        'aws route53 change-tags-for-resource --resource-type healthcheck --resource-id "$CHECK" '
        f"--add-tags Key=Name,Value={spot.label}-{spot.code} Key=Project,Value={spot.plan.draft.project}",
    )
