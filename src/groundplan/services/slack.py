"""Slack: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Service
from groundplan.model.plan import Secret

SERVICE = Service(
    key="slack",
    name="Slack",
    kinds=("channel",),
    alerts_on=(),
    secrets=(Secret(name="SLACK_WEBHOOK_URL", purpose="messages are posted to the channel with it"),),
    steps=(
        "Create an incoming webhook for the alert channel and put its address into the secret "
        "`SLACK_WEBHOOK_URL`; whoever knows the address can post.",
        "Post a test message and see it in the channel.",
    ),
    source="",
)
