"""One encryption key a region at the quality level secure, for messages and logs, and who may use it.

CloudWatch cannot write to a topic under the key that AWS manages for SNS, so it must be a key of one's own.
Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, 2026-11-24.
"""

from __future__ import annotations

from groundplan.model.graph import Json, Ref, Resource, Value
from groundplan.platforms.aws.key_policy import key_policy
from groundplan.platforms.aws.terraform_site import Site


def key_of(site: Site) -> Ref | None:
    return site.ref("aws_kms_key", "arn") if _wanted(site) else None


def key(site: Site) -> list[Resource]:
    if not _wanted(site):
        return []
    account = Ref("aws_caller_identity", site.named(), "account_id", data=True)
    arguments: dict[str, Value] = {
        "description": f"Alarm messages and logs of {site.label}",
        "enable_key_rotation": True,
        "deletion_window_in_days": 30,
        "policy": Json(key_policy(site.place.code, account)),
    }
    alias: dict[str, Value] = {
        "name": f"alias/{site.label}",
        "target_key_id": site.ref("aws_kms_key", "key_id"),
    }
    return [
        site.resource("aws_caller_identity", {}, file="monitoring", data=True),
        site.resource(
            "aws_kms_key",
            arguments,
            file="monitoring",
            comment="CloudWatch may not use the key that AWS manages for SNS, so this one is our own.",
        ),
        site.resource("aws_kms_alias", alias, file="monitoring"),
    ]


def _wanted(site: Site) -> bool:
    return any(c.region == site.place.code for c in site.plan.role("secrets"))
