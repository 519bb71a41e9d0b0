"""Databases and caches of the primary region: private, encrypted, with passwords that only AWS knows."""

from __future__ import annotations

from groundplan.model.graph import Resource, Var
from groundplan.platforms.aws.terraform_network import store_firewall, task_subnets
from groundplan.platforms.aws.terraform_site import Site

_PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306}
_VERSIONS = {"postgres": "17", "mysql": "8.4", "mariadb": "11.4"}
"""Major versions, so that an upgrade is a decision; https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/, 2026-11-24."""


def data(site: Site) -> list[Resource]:
    if not site.primary:
        return []
    return [*_database(site), *_cache(site)]


def _database(site: Site) -> list[Resource]:
    component = next(iter(site.plan.role("database", "aws")), None)
    if component is None:
        return []
    engine = str(component.settings["engine"])
    return [
        *store_firewall(site, "database", _PORTS[engine]),
        site.resource(
            "aws_db_subnet_group", {"name": f"{site.label}-db", "subnet_ids": task_subnets(site)}, file="data"
        ),
        site.resource(
            "aws_db_instance",
            {
                "identifier": f"{site.label}-db",
                "engine": engine,
                "engine_version": _VERSIONS[engine],
                "instance_class": component.settings["class"],
                "allocated_storage": component.settings["storage_gb"],
                "storage_type": "gp3",
                "storage_encrypted": True,
                "db_name": "app",
                "username": "app",
                "manage_master_user_password": True,
                "multi_az": component.settings["multi_az"],
                "db_subnet_group_name": site.ref("aws_db_subnet_group", "name"),
                "vpc_security_group_ids": (site.ref("aws_security_group", "id", "database"),),
                "publicly_accessible": False,
                "backup_retention_period": 30 if site.plan.draft.quality == "secure" else 7,
                "copy_tags_to_snapshot": True,
                "deletion_protection": Var("deletion_protection"),
                "final_snapshot_identifier": f"{site.label}-db-final",
                "auto_minor_version_upgrade": True,
            },
            file="data",
            comment="The password is made and rotated by RDS; it is in no file and not in the state.",
        ),
    ]


def _cache(site: Site) -> list[Resource]:
    found = next(iter(site.plan.role("cache", "aws")), None)
    if found is None:
        return []
    standby = found.settings["multi_az"]
    return [
        *store_firewall(site, "cache", 6379),
        site.resource(
            "aws_elasticache_subnet_group",
            {"name": f"{site.label}-cache", "subnet_ids": task_subnets(site)},
            file="data",
        ),
        site.resource(
            "aws_elasticache_replication_group",
            {
                "replication_group_id": f"{site.label}-cache",
                "description": "Cache of the application",
                "engine": "redis",
                "engine_version": "7.1",
                "node_type": found.sku,
                "num_cache_clusters": found.settings["nodes"],
                **({"automatic_failover_enabled": True, "multi_az_enabled": True} if standby else {}),
                "subnet_group_name": site.ref("aws_elasticache_subnet_group", "name"),
                "security_group_ids": (site.ref("aws_security_group", "id", "cache"),),
                "at_rest_encryption_enabled": True,
                "transit_encryption_enabled": True,
            },
            file="data",
        ),
    ]
