"""PagerDuty: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="pagerduty",
    name="PagerDuty",
    kinds=("channel",),
    alerts_on=(),
    secrets=(Secret(name="PAGERDUTY_ROUTING_KEY", purpose="events are sent to the on-call service with it"),),
    steps=(
        "Create a service with an Events API v2 integration and put its integration key into the secret "
        "`PAGERDUTY_ROUTING_KEY`.",
        "Send a test event and see that the person on call is paged.",
    ),
    source="pagerduty_prices",
)
