"""Upstash: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="upstash",
    name="Upstash",
    kinds=("cache", "queue"),
    pricing=(Pricing(name="Fixed plan, 250 MB", price="upstash.redis.fixed.250mb"),),
    alerts_on=(),
    secrets=(Secret(name="REDIS_URL", purpose="address and password of the Redis database"),),
    steps=(
        "Create the Redis database in the region nearest to the application; its primary region cannot "
        "be changed later.",
        "Put its address into the secret `REDIS_URL`.",
    ),
    source="upstash_redis",
)
