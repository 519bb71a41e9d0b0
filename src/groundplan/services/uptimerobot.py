"""UptimeRobot: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Pricing, Service

SERVICE = Service(
    key="uptimerobot",
    name="UptimeRobot",
    kinds=("uptime",),
    pricing=(Pricing(name="Free plan", price="uptimerobot.free", note="50 checks every 5 minutes"),),
    alerts_on=("downtime",),
    secrets=(),
    steps=(
        "At uptimerobot.com add an HTTP(s) monitor for the public address and the health path, every 5 "
        "minutes (the free plan's interval).",
        "Attach the receivers named in this plan as alert contacts of the monitor.",
    ),
    source="uptimerobot_plans",
)
