"""Neon: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="neon",
    name="Neon",
    kinds=("database",),
    alerts_on=(),
    secrets=(Secret(name="DATABASE_URL", purpose="address and password of the PostgreSQL database"),),
    steps=(
        "Create the project in the region nearest to the application.",
        "Put the pooled connection address into the secret `DATABASE_URL`.",
    ),
    source="",
)
