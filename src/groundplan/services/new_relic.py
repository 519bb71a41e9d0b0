"""New Relic: what it can watch or carry, which secret it needs and how it is set up."""

from decimal import Decimal

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="new_relic",
    name="New Relic",
    kinds=("metrics", "logs", "errors", "performance"),
    pricing=(
        Pricing(name="Data", price="new_relic.data", per="log GB", free=Decimal(100)),
        Pricing(
            name="Full users",
            price="new_relic.standard.user",
            per="responder",
            free=Decimal(1),
            note="one full user is free",
        ),
    ),
    alerts_on=("cpu", "memory", "latency", "error_rate", "downtime"),
    secrets=(Secret(name="NEW_RELIC_LICENSE_KEY", purpose="the agent reports with it"),),
    steps=(
        "Choose the US, EU or Japan data centre when the account is created.",
        "Put the license key into the secret `NEW_RELIC_LICENSE_KEY` and load the agent in the application.",
        "Create one alert condition for each alarm of this plan and add the receivers as destinations.",
    ),
    source="new_relic_prices",
)
