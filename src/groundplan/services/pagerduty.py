"""PagerDuty: what it can watch or carry, which secret it needs and how it is set up."""

from decimal import Decimal

from groundplan.model.knowledge import Pricing, Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="pagerduty",
    name="PagerDuty",
    kinds=("channel",),
    pricing=(
        Pricing(
            name="Users",
            price="pagerduty.professional.user",
            per="responder",
            free=Decimal(5),
            note="the free plan serves up to 5 users; above that Professional is paid for all of them",
        ),
    ),
    alerts_on=(),
    secrets=(Secret(name="PAGERDUTY_ROUTING_KEY", purpose="events are sent to the on-call service with it"),),
    steps=(
        "Create a service with an Events API v2 integration and put its integration key into the secret "
        "`PAGERDUTY_ROUTING_KEY`.",
        "Send a test event and see that the person on call is paged.",
    ),
    source="pagerduty_prices",
)
