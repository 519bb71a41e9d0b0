"""Steps of the Terraform README that only a function has: image with adapter, address, a new version."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.platforms.aws.function import ADAPTER, ALIAS
from groundplan.platforms.aws.terraform_site import Site

Step = tuple[str, str, tuple[str, ...]]


def function_images(found: tuple[Site, ...]) -> Iterator[Step]:
    """A function takes images from the registry of its own region alone, so each region is pushed to."""
    yield (
        "Adapter in the image",
        "A function is given events; the AWS Lambda Web Adapter turns each into a request to the port that the "
        "application listens on. Elsewhere the same image runs as before. Add this line to the Dockerfile: "
        f"`COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter`.",
        (),
    )
    context = found[0].plan.draft.app.context("../..")
    targets = " ".join(f"-target=aws_ecr_repository.{s.name}" for s in found)
    pushes = [command for site in found for command in _push(site)]
    yield (
        "Registry and first image",
        "The function needs an image to start from, so the registry is made first. Tags are immutable: every build has "
        "a tag of its own. Give the same one to the variable `image_tag`.",
        (
            "TAG=$(git rev-parse --short HEAD)",
            f'terraform apply {targets} -var image_tag="$TAG"',
            f"docker build --platform linux/amd64 --provenance=false -t built {context}",
            *pushes,
            'echo "image_tag = \\"$TAG\\""   # this line belongs into terraform.tfvars',
        ),
    )
    yield (
        "Room for concurrency",
        "Reserved concurrency is taken from what the account has; AWS keeps 100 for functions without any. A new account "
        "may have as few as 10: ask for more first, in Service Quotas, where the number is too small.",
        tuple(
            f"aws lambda get-account-settings --region {s.place.code} "
            "--query AccountLimit.UnreservedConcurrentExecutions"
            for s in found
        ),
    )


def _push(site: Site) -> tuple[str, ...]:
    output = "repository" if site.name == "main" else f"repository_{site.place.code.replace('-', '_')}"
    return (
        f"REPOSITORY=$(terraform output -raw {output})",
        f"aws ecr get-login-password --region {site.place.code} "
        "| docker login --username AWS --password-stdin ${REPOSITORY%%/*}",
        'docker tag built "$REPOSITORY:$TAG" && docker push "$REPOSITORY:$TAG"',
    )


def function_name(found: tuple[Site, ...], health_path: str) -> Step:
    names = ["address" if s.name == "main" else f"address_{s.place.code.replace('-', '_')}" for s in found]
    several = " One record for each region, with a health check, is yours to add." if len(found) > 1 else ""
    return (
        "Address",
        "The API has an https address of its own. For a name of yours, request a certificate, make a custom domain name "
        f"in API Gateway with a mapping to this API, and point your DNS at it.{several}",
        tuple(f'curl -fsS "$(terraform output -raw {name}){health_path}"' for name in names),
    )


def function_version(found: tuple[Site, ...]) -> Iterator[str]:
    first = found[0]
    yield "## A new version"
    yield (
        f"Push an image under a new tag, set `image_tag` to it and apply: a version is published, and the alias `{ALIAS}` "
        "moves to it. To go back, set the earlier tag and apply again."
    )
    yield "\n".join(
        (
            "```sh",
            "terraform apply",
            f"aws lambda get-alias --region {first.place.code} --function-name {first.label} --name {ALIAS}",
            "```",
        )
    )
