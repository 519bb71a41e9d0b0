"""The runbook's steps around the region: account, image, secrets, certificate. Knows AWS CLI commands."""

from __future__ import annotations

from groundplan.model.graph import Value
from groundplan.model.plan import Plan
from groundplan.platforms.aws.function import ADAPTER
from groundplan.platforms.aws.instances import stated_image
from groundplan.platforms.aws.spot import Spot, slug
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document

_KEPT: Value = {
    "rules": (
        {
            "rulePriority": 1,
            "description": "Keep the last 30 images",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
            "action": {"type": "expire"},
        },
    )
}

_ADAPTER = (
    "A function is given events; the AWS Lambda Web Adapter turns each into a request to the port of the application. "
    f"The Dockerfile needs this line: `COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter`."
)


def sign_in(plan: Plan) -> Step:
    return Step(
        title="Sign in",
        commands=(
            'export AWS_PAGER=""',
            "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)",
            'echo "$ACCOUNT"',
        ),
        note="Without access yet: `aws configure sso`, or `aws configure` with the key of an administrator. "
        f"Everything is tagged with Project={plan.draft.project}; activate that tag under Billing, Cost allocation tags.",
        check="the number is that of the account which will pay.",
    )


def region(spot: Spot) -> Step:
    zones = (
        "aws ec2 describe-availability-zones --filters Name=zone-type,Values=availability-zone "
        "Name=state,Values=available --query 'AvailabilityZones[:2].ZoneName' --output text"
    )
    return Step(
        title=f"Work in {spot.place.city} ({spot.code})",
        commands=(f"export AWS_REGION={spot.code}", f'read -r ZONE_A ZONE_B <<< "$({zones})"'),
        note="Later steps mean this region until another one is named." if spot.several else "",
        check=f'`echo "$ZONE_A $ZONE_B"` prints two zones of {spot.code}.',
    )


def image(spot: Spot) -> Step:
    name = slug(spot.plan.draft.project)
    stated = None if spot.serverless else spot.plan.draft.app.image
    stated = stated_image(spot) if spot.on_machines else stated
    processor = spot.web.settings.get("architecture", "amd64")
    registry = f'"$ACCOUNT.dkr.ecr.{spot.code}.amazonaws.com"'
    made = (
        f"aws ecr create-repository --repository-name {name} --image-tag-mutability IMMUTABLE "
        f"--image-scanning-configuration scanOnPush=true --tags Key=Project,Value={name}"
    )
    kept = f"aws ecr put-lifecycle-policy --repository-name {name} --lifecycle-policy-text {document(_KEPT)}"
    if stated:
        return Step(
            title="Create the image repository",
            commands=(made, kept),
            note=f"The {spot.runs} run the stated image; push to the repository when you build your own.",
            check=f"`aws ecr describe-repositories --repository-names {name}` shows its address.",
        )
    return Step(
        title=f"Create the image repository and push an image{spot.where if spot.serverless else ''}",
        commands=(
            made,
            kept,
            f"aws ecr get-login-password | docker login --username AWS --password-stdin {registry}",
            "read -r -p 'Tag of this release, as in 1.0.0: ' TAG",
            f'IMAGE={registry}"/{name}:$TAG"',
            f'docker build --platform linux/{processor}{" --provenance=false" if spot.serverless else ""} -t "$IMAGE" '
            f"{spot.plan.draft.app.context()}",
            'docker push "$IMAGE"',
        ),
        note=_ADAPTER if spot.serverless else "",
        check=f"`aws ecr describe-images --repository-name {name}` lists the tag.",
    )


def secrets(plan: Plan) -> tuple[Step, ...]:
    if not plan.secrets:
        return ()
    project, commands = plan.draft.project, []
    for secret in plan.secrets:
        commands += [
            f"read -r -s -p '{secret.name}: ' VALUE",
            f'{secret.name}_ARN=$(printf %s "$VALUE" | aws secretsmanager create-secret '
            f"--name {project}/{secret.name} --secret-string file:///dev/stdin "
            f"--tags Key=Project,Value={project} --query ARN --output text)",
            "unset VALUE",
        ]
    return (
        Step(
            title="Store the application's secrets",
            commands=tuple(commands),
            note="\n".join(f"- `{s.name}`: {s.purpose}" for s in plan.secrets),
            check=f"`aws secretsmanager list-secrets --filters Key=name,Values={project}/ --query "
            f"'SecretList[].Name'` lists {', '.join(s.name for s in plan.secrets)}.",
        ),
    )


def certificate(spot: Spot) -> Step:
    return Step(
        title=f"Request the certificate{spot.where}",
        commands=(
            "read -r -p 'Public name of the application, as in app.example.com: ' DOMAIN",
            'CERTIFICATE=$(aws acm request-certificate --domain-name "$DOMAIN" --validation-method DNS '
            "--query CertificateArn --output text)",
            'aws acm describe-certificate --certificate-arn "$CERTIFICATE" '
            "--query 'Certificate.DomainValidationOptions[].ResourceRecord'",
            "read -r -p 'Add the CNAME record above where the domain is managed, then press Enter. '",
            'aws acm wait certificate-validated --certificate-arn "$CERTIFICATE"',
        ),
        note="The record stays: ACM renews the certificate with it each year.",
        check='`aws acm describe-certificate --certificate-arn "$CERTIFICATE" --query Certificate.Status` says ISSUED.',
    )
