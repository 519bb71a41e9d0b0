"""Grafana: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service

SERVICE = Service(
    key="grafana",
    name="Grafana",
    kinds=("metrics", "logs"),
    pricing=(
        Pricing(
            name="Grafana Cloud, free plan",
            price="grafana.free",
            note="10,000 series, 50 GB of logs, 3 users, 14 days",
        ),
    ),
    alerts_on=("cpu", "memory", "latency", "error_rate", "disk", "queue"),
    secrets=(),
    steps=(
        "Add the platform's metrics as a data source.",
        "Create one alert rule for each alarm of this plan and a contact point for each receiver.",
    ),
    source="",
)
