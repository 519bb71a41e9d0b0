"""Where images are pushed to: one for everything, or one a region where functions are. Keeps the last images."""

from __future__ import annotations

from groundplan.model.graph import Block, Json, Ref, Resource, Value
from groundplan.platforms.aws.spot import slug
from groundplan.platforms.aws.terraform_site import Site


def registries(found: tuple[Site, ...]) -> list[Resource]:
    """A function takes images from its own region alone; tasks take them from the first."""
    if found[0].serverless:
        return [resource for site in found for resource in _registry(site, site.name)]
    return _registry(found[0], "main")


def _registry(site: Site, name: str) -> list[Resource]:
    arguments: dict[str, Value] = {
        "name": slug(site.plan.draft.project),
        "image_tag_mutability": "IMMUTABLE",
        "image_scanning_configuration": Block({"scan_on_push": True}),
    }
    old: Value = {
        "rulePriority": 1,
        "description": "Keep the last 30 images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 30},
        "action": {"type": "expire"},
    }
    kept: dict[str, Value] = {
        "repository": Ref("aws_ecr_repository", name, "name"),
        "policy": Json({"rules": (old,)}),
    }
    return [
        _resource(site, "aws_ecr_repository", name, arguments),
        _resource(site, "aws_ecr_lifecycle_policy", name, kept),
    ]


def _resource(site: Site, kind: str, name: str, arguments: dict[str, Value]) -> Resource:
    return Resource(kind=kind, name=name, arguments=arguments, file="service", provider=site.alias)
