"""Neon: what it can watch or carry, which secret it needs and how it is set up."""

from decimal import Decimal

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="neon",
    name="Neon",
    kinds=("database",),
    pricing=(
        Pricing(
            name="Compute, one small unit that never sleeps",
            price="neon.launch.cu_hour",
            times=Decimal("182.5"),
            note="a quarter of a compute unit, 730 hours",
        ),
        Pricing(name="Storage", price="neon.launch.storage", per="database GB"),
    ),
    alerts_on=(),
    secrets=(Secret(name="DATABASE_URL", purpose="address and password of the PostgreSQL database"),),
    steps=(
        "Create the project in the region nearest to the application.",
        "Put the pooled connection address into the secret `DATABASE_URL`.",
    ),
    source="",
)
