"""Steps of the Terraform README that only instances have: a new version, a look inside, patches."""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.platforms.aws.terraform_site import Site


def instance_version(found: tuple[Site, ...]) -> Iterator[str]:
    yield "## A new version"
    yield (
        "Push an image under a new tag, set `image` to it and apply. The instances are replaced, new ones first; where "
        "they do not become healthy, the earlier ones come back by themselves."
    )
    yield _block(
        "terraform apply",
        *(
            f"aws autoscaling describe-instance-refreshes --region {s.place.code} --auto-scaling-group-name {s.label} "
            "--max-records 1"
            for s in found
        ),
    )
    yield "## Patches and a look inside"
    yield (
        "AWS renews Amazon Linux every week or two. Apply once a month at least: an instance is patched by being "
        "replaced. There is no SSH; Session Manager opens a shell on an instance."
    )
    yield _block(
        f"aws autoscaling describe-auto-scaling-groups --region {found[0].place.code} --auto-scaling-group-names "
        f"{found[0].label} --query 'AutoScalingGroups[0].Instances[].[InstanceId,HealthStatus]' --output text",
        f"aws ssm start-session --region {found[0].place.code} --target INSTANCE_ID",
    )


def _block(*commands: str) -> str:
    return "\n".join(["```sh", *commands, "```"])
