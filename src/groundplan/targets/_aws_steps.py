"""Steps that come before any tool on AWS: the certificate and the application's secrets. Knows AWS CLI commands."""

from __future__ import annotations

import re

from groundplan.model.application import IMAGE_NAME
from groundplan.model.plan import Plan
from groundplan.syntax.runbook import Step

ADAPTER = "public.ecr.aws/awsguru/aws-lambda-adapter:1.0.0"
"""https://github.com/aws/aws-lambda-web-adapter, 2026-11-24."""

ROOM = (
    "Reserved concurrency is taken from what the account has, of which AWS keeps 100 for other functions; a new account "
    "may have as few as 10. `aws lambda get-account-settings` shows it, and Service Quotas takes the request for more."
)


INSIDE = (
    "Needs kubectl and envsubst, of gettext, and the role or user of `{admin}`. For a new version set `IMAGE_URI` to another "
    "tag and run the commands again."
)
"""What is said of the objects of a cluster."""


def exported(plan: Plan) -> tuple[str, ...]:
    """Where the image is known; only the objects of a cluster take it from the shell."""
    return (f"export IMAGE_URI={stated(plan)}",) if plan.service == "eks" else ()


def stated(plan: Plan) -> str | None:
    """The image that runs as it was answered; a function takes one from the registry of its region alone."""
    image = plan.draft.app.image
    if plan.service == "eks":
        return image if image and re.fullmatch(IMAGE_NAME, image) else None
    return None if plan.service == "lambda" else image


def architecture(plan: Plan) -> str:
    """What an image is built for: the processor of the instances, where there are any."""
    return str(plan.role("web")[0].settings.get("architecture", "amd64"))


def waits(plan: Plan) -> str:
    """Seen at https://exchangetuts.com/lambda-in-vpc-deletion-takes-more-time-1639915403102533, read 2026-11-24."""
    inside = plan.service == "lambda" and plan.role("network")
    return (
        " Lambda can take up to 45 minutes to give its network interfaces back; the rest waits for it."
        if inside
        else ""
    )


def certificates(plan: Plan) -> tuple[Step, ...]:
    """One a region, because entries take only those of their own; an API without a name of ours has one by itself."""
    if plan.service == "lambda" and not plan.role("dns"):
        return ()
    several = len(plan.places) > 1
    commands = ["read -r -p 'Public name of the application, as in app.example.com: ' DOMAIN"]
    for place in plan.places:
        word = "CERTIFICATE_" + place.code.upper().replace("-", "_") if several else "CERTIFICATE"
        commands += [
            f'{word}=$(aws acm request-certificate --region {place.code} --domain-name "$DOMAIN" '
            "--validation-method DNS --query CertificateArn --output text)",
            f'aws acm describe-certificate --region {place.code} --certificate-arn "${word}" --query '
            "'Certificate.[CertificateArn,DomainValidationOptions[].ResourceRecord]'",
        ]
    return (
        Step(
            title="Request the certificate" + ("s" if several else ""),
            commands=tuple(commands),
            note="Add the CNAME record that is printed where the domain is managed, and leave it there: ACM renews with it.",
            check=f"`aws acm list-certificates --region {plan.places[0].code}` says ISSUED, which takes a few minutes.",
        ),
    )


def secrets(plan: Plan) -> tuple[Step, ...]:
    if not plan.secrets:
        return ()
    project, region = plan.draft.project, plan.places[0].code
    commands: list[str] = []
    for secret in plan.secrets:
        commands += [
            f"read -r -s -p '{secret.name}: ' VALUE",
            f'printf %s "$VALUE" | aws secretsmanager create-secret --region {region} '
            f"--name {project}/{secret.name} --secret-string file:///dev/stdin --query ARN --output text",
            "unset VALUE",
        ]
    return (
        Step(
            title="Store the application's secrets",
            commands=tuple(commands),
            note="\n".join(f"- `{s.name}`: {s.purpose}" for s in plan.secrets),
            check="each command prints an ARN; the configuration takes them.",
        ),
    )
