"""Datadog: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="datadog",
    name="Datadog",
    kinds=("metrics", "logs", "errors", "performance"),
    pricing=(
        Pricing(
            name="Infrastructure Pro hosts",
            price="datadog.infrastructure.host",
            per="instance",
            note="each instance counts as one host, billed by the year; serverless tasks may be billed lower",
        ),
        Pricing(name="Log ingestion", price="datadog.logs.gb", per="log GB"),
    ),
    alerts_on=("cpu", "memory", "latency", "error_rate", "disk", "queue", "downtime"),
    secrets=(Secret(name="DD_API_KEY", purpose="the agent sends metrics and logs with it"),),
    steps=(
        "Choose the Datadog site (US, EU, Japan, Australia or UK) when the account is created; it cannot be changed later.",
        "Put an API key into the secret `DD_API_KEY` and run the agent beside the application.",
        "Create one monitor for each alarm of this plan and route it to the receivers named here.",
    ),
    source="datadog_prices",
)
