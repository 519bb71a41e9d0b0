"""Better Stack: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="better_stack",
    name="Better Stack",
    kinds=("uptime", "logs"),
    pricing=(
        Pricing(
            name="Responders",
            price="better_stack.responder",
            per="responder",
            note="billed by the year; the free plan is for personal projects",
        ),
    ),
    alerts_on=("downtime",),
    secrets=(Secret(name="BETTER_STACK_SOURCE_TOKEN", purpose="logs are sent with it"),),
    steps=(
        "Add an uptime monitor for the public address and the health path.",
        "Attach the receivers named in this plan to its escalation policy.",
    ),
    source="",
)
