"""Sentry: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="sentry",
    name="Sentry",
    kinds=("errors", "performance"),
    pricing=(
        Pricing(
            name="Developer plan",
            price="sentry.developer",
            note="one user and 5,000 errors; Team is 26 USD a month, billed by the year",
        ),
    ),
    alerts_on=("error_rate",),
    secrets=(Secret(name="SENTRY_DSN", purpose="where the application sends its errors"),),
    steps=(
        "Create a project at sentry.io; for data that must stay in the EU choose the EU data region when "
        "the organisation is created, it cannot be changed later.",
        "Put the project's DSN into the secret `SENTRY_DSN`; the application's SDK reads it.",
        "Under Alerts, add an issue alert that notifies the receiver named in this plan.",
    ),
    source="sentry_plans",
)
