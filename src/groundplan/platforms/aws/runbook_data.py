"""The runbook's databases and caches: private, encrypted, with passwords that only AWS knows."""

from __future__ import annotations

from groundplan.platforms.aws.runbook_network import allow, group, runner, task_subnets
from groundplan.platforms.aws.spot import CACHE_VERSION, PORTS, VERSIONS, Spot
from groundplan.syntax.runbook import Step


def database(spot: Spot) -> tuple[Step, ...]:
    found = spot.database
    if found is None:
        return ()
    name, engine = f"{spot.label}-db", str(found.settings["engine"])
    zones = "--multi-az" if found.settings["multi_az"] else "--no-multi-az"
    described = f"aws rds describe-db-instances --db-instance-identifier {name} --output text --query"
    return (
        Step(
            title=f"Create the database{spot.where}",
            commands=(
                group(spot, "DATABASE_GROUP", "database", f"Connections from the {spot.runs}"),
                allow("DATABASE_GROUP", PORTS[engine], f'--source-group "${runner(spot)}"'),
                f"aws rds create-db-subnet-group --db-subnet-group-name {name} "
                f"--db-subnet-group-description 'Subnets of the database' --subnet-ids {_subnets(spot)} {_tags(spot)}",
                f"aws rds create-db-instance --db-instance-identifier {name} --engine {engine} "
                f"--engine-version {VERSIONS[engine]} "
                f"--db-instance-class {found.sku.split(',')[0]} --allocated-storage {found.settings['storage_gb']} "
                "--storage-type gp3 --storage-encrypted --db-name app --master-username app "
                f"--manage-master-user-password {zones} --db-subnet-group-name {name} "
                '--vpc-security-group-ids "$DATABASE_GROUP" --no-publicly-accessible '
                f"--backup-retention-period {spot.backup_days} "
                f"--deletion-protection --auto-minor-version-upgrade {_tags(spot)}",
                f"aws rds wait db-instance-available --db-instance-identifier {name}",
                f"DATABASE_HOST=$({described} 'DBInstances[0].Endpoint.Address')",
                f"DATABASE_SECRET=$({described} 'DBInstances[0].MasterUserSecret.SecretArn')",
            ),
            note="RDS makes and rotates the password itself and keeps it in Secrets Manager. It takes about ten minutes.",
            check='`echo "$DATABASE_HOST $DATABASE_SECRET"` prints an address and an ARN.',
        ),
    )


def cache(spot: Spot) -> tuple[Step, ...]:
    found = spot.cache
    if found is None:
        return ()
    name = f"{spot.label}-cache"
    standby = "--automatic-failover-enabled --multi-az-enabled"
    failover = standby if found.settings["multi_az"] else "--no-automatic-failover-enabled"
    described = (
        f"aws elasticache describe-replication-groups --replication-group-id {name} --output text --query"
    )
    return (
        Step(
            title=f"Create the cache{spot.where}",
            commands=(
                group(spot, "CACHE_GROUP", "cache", f"Connections from the {spot.runs}"),
                allow("CACHE_GROUP", 6379, f'--source-group "${runner(spot)}"'),
                f"aws elasticache create-cache-subnet-group --cache-subnet-group-name {name} "
                f"--cache-subnet-group-description 'Subnets of the cache' --subnet-ids {_subnets(spot)} {_tags(spot)}",
                f"aws elasticache create-replication-group --replication-group-id {name} "
                "--replication-group-description 'Cache of the application' --engine redis "
                f"--engine-version {CACHE_VERSION} "
                f"--cache-node-type {found.sku} --num-cache-clusters {found.settings['nodes']} {failover} "
                f'--cache-subnet-group-name {name} --security-group-ids "$CACHE_GROUP" '
                f"--at-rest-encryption-enabled --transit-encryption-enabled {_tags(spot)}",
                f"aws elasticache wait replication-group-available --replication-group-id {name}",
                f"REDIS_HOST=$({described} 'ReplicationGroups[0].NodeGroups[0].PrimaryEndpoint.Address')",
            ),
            note="Connections are encrypted: the client's address starts with `rediss://`.",
            check='`echo "$REDIS_HOST"` prints an address.',
        ),
    )


def _subnets(spot: Spot) -> str:
    return " ".join(f'"${name}"' for name in task_subnets(spot))


def _tags(spot: Spot) -> str:
    return f"--tags Key=Project,Value={spot.plan.draft.project}"
