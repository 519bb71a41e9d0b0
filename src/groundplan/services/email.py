"""E-mail: what it can watch or carry, which secret it needs and how it is set up."""

from groundplan.model.knowledge import Service

SERVICE = Service(
    key="email",
    name="E-mail",
    kinds=("channel",),
    alerts_on=(),
    secrets=(),
    steps=("Use a shared mailbox that more than one person reads, and send a test alert to it.",),
    source="",
)
