"""Where our prices of AWS stand in its bulk price list, which needs no account."""

from groundplan.model.knowledge import Listed, PriceList

_HOURS = ("hrs", "hours", "hour")
_POSTGRES = {"databaseEngine": "PostgreSQL", "instanceType": "db\\.t4g\\.small"}


def _database(size: str, zones: str, meter: str, deployment: str) -> Listed:
    return Listed(
        id=f"aws.rds.{size}.{zones}",
        unit="hour",
        offer="AmazonRDS",
        meters=(f"{meter}:{size}",),
        units=_HOURS,
        attributes=_POSTGRES | {"deploymentOption": deployment},
    )


PRICE_LIST = PriceList(
    url="https://pricing.us-east-1.amazonaws.com",
    title="AWS bulk price list",
    shape="aws",
    listed=(
        Listed(
            id="aws.fargate.vcpu",
            unit="vCPU-hour",
            offer="AmazonECS",
            meters=("Fargate-vCPU-Hours:perCPU",),
            units=_HOURS,
        ),
        Listed(
            id="aws.fargate.gb",
            unit="GB-hour",
            offer="AmazonECS",
            meters=("Fargate-GB-Hours",),
            units=_HOURS,
        ),
        Listed(
            id="aws.fargate.vcpu_arm",
            unit="vCPU-hour",
            offer="AmazonECS",
            meters=("Fargate-ARM-vCPU-Hours:perCPU",),
            units=_HOURS,
        ),
        Listed(
            id="aws.fargate.gb_arm",
            unit="GB-hour",
            offer="AmazonECS",
            meters=("Fargate-ARM-GB-Hours",),
            units=_HOURS,
        ),
        Listed(
            id="aws.alb.hour",
            unit="hour",
            offer="AWSELB",
            meters=("LoadBalancerUsage",),
            units=_HOURS,
            attributes={"operation": "LoadBalancing:Application"},
        ),
        Listed(
            id="aws.alb.lcu",
            unit="LCU-hour",
            offer="AWSELB",
            meters=("LCUUsage",),
            units=("lcu-hrs", *_HOURS),
            attributes={"operation": "LoadBalancing:Application"},
        ),
        _database("db.t4g.small", "single", "InstanceUsage", "Single-AZ"),
        _database("db.t4g.small", "multi", "Multi-AZUsage", "Multi-AZ"),
        Listed(
            id="aws.elasticache.cache.t4g.micro",
            unit="hour",
            offer="AmazonElastiCache",
            meters=("NodeUsage:cache.t4g.micro",),
            units=_HOURS,
            attributes={"cacheEngine": "Redis"},
        ),
        Listed(
            id="aws.logs.ingest",
            unit="GB",
            offer="AmazonCloudWatch",
            meters=("DataProcessing-Bytes",),
            units=("gb",),
            attributes={"operation": "PutLogEvents"},
        ),
    ),
)
