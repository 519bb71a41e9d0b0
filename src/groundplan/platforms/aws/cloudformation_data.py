"""Databases and caches of the primary stack: private, encrypted, with passwords that only AWS knows."""

from __future__ import annotations

from groundplan.model.graph import Resource, Value
from groundplan.platforms.aws.cloudformation_network import allow, group, runner, task_subnets
from groundplan.platforms.aws.cloudformation_part import part, ref
from groundplan.platforms.aws.spot import CACHE_VERSION, PORTS, VERSIONS, Spot


def data(spot: Spot) -> list[Resource]:
    return [*_database(spot), *_cache(spot)]


def _database(spot: Spot) -> list[Resource]:
    found = spot.database
    if found is None:
        return []
    engine = str(found.settings["engine"])
    return [
        group(spot, "DatabaseGroup", "database", f"Connections from the {spot.runs}"),
        _reach(spot, "Database", PORTS[engine]),
        part(
            spot,
            "AWS::RDS::DBSubnetGroup",
            "DatabaseSubnets",
            {"DBSubnetGroupDescription": "Subnets of the database", "SubnetIds": task_subnets(spot)},
        ),
        part(
            spot,
            "AWS::RDS::DBInstance",
            "Database",
            {
                "DBInstanceIdentifier": f"{spot.label}-db",
                "Engine": engine,
                "EngineVersion": VERSIONS[engine],
                "DBInstanceClass": found.sku.split(",")[0],
                "AllocatedStorage": str(found.settings["storage_gb"]),
                "StorageType": "gp3",
                "StorageEncrypted": True,
                "DBName": "app",
                "MasterUsername": "app",
                "ManageMasterUserPassword": True,
                "MultiAZ": found.settings["multi_az"],
                "DBSubnetGroupName": ref("DatabaseSubnets"),
                "VPCSecurityGroups": (ref("DatabaseGroup", "GroupId"),),
                "PubliclyAccessible": False,
                "BackupRetentionPeriod": spot.backup_days,
                "CopyTagsToSnapshot": True,
                "DeletionProtection": True,
                "AutoMinorVersionUpgrade": True,
            },
            comment="The password is made and rotated by RDS; it is in no file and no parameter.\n"
            "The version is the major one: RDS takes its newest minor, which cfn-lint's list does not know.",
            keep="Snapshot",
            unlinted=("E3691", "W3691"),
        ),
    ]


def _cache(spot: Spot) -> list[Resource]:
    found = spot.cache
    if found is None:
        return []
    return [
        group(spot, "CacheGroup", "cache", f"Connections from the {spot.runs}"),
        _reach(spot, "Cache", 6379),
        part(
            spot,
            "AWS::ElastiCache::SubnetGroup",
            "CacheSubnets",
            {"Description": "Subnets of the cache", "SubnetIds": task_subnets(spot)},
        ),
        part(
            spot,
            "AWS::ElastiCache::ReplicationGroup",
            "Cache",
            {
                "ReplicationGroupId": f"{spot.label}-cache",
                "ReplicationGroupDescription": "Cache of the application",
                "Engine": "redis",
                "EngineVersion": CACHE_VERSION,
                "CacheNodeType": found.sku,
                "NumCacheClusters": found.settings["nodes"],
                "AutomaticFailoverEnabled": found.settings["multi_az"],
                **({"MultiAZEnabled": True} if found.settings["multi_az"] else {}),
                "CacheSubnetGroupName": ref("CacheSubnets"),
                "SecurityGroupIds": (ref("CacheGroup", "GroupId"),),
                "AtRestEncryptionEnabled": True,
                "TransitEncryptionEnabled": True,
            },
            comment="Connections are encrypted: the client's address starts with rediss://.",
        ),
    ]


def _reach(spot: Spot, name: str, port: int) -> Resource:
    runs: dict[str, Value] = {"SourceSecurityGroupId": ref(runner(spot), "GroupId")}
    return allow(spot, name, f"{name}Group", port, f"From the {spot.runs}", runs)
