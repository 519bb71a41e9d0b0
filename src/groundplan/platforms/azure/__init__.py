"""Azure, Container Apps and App Service: what the option matrix says of it. Planned and priced; no code yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="azure",
    name="Azure",
    services=("container_apps", "app_service"),
    scaling="By requests in flight, CPU, memory or a queue; to zero on requests and queues.",
    monitoring="Azure Monitor with action groups; each alert is paid by its time series.",
    budget_alarm="Cost Management budgets, 8 to 24 hours behind.",
    code="Terraform and Pulumi manage it; groundplan does not write that code yet.",
    risk="Prices differ much by region and operating system; several regions need Front Door.",
    sla="azure.container_apps",
    burden="low",
    operations="No servers to run; a registry, a log workspace and identities to keep.",
    unmanageable=("cloudformation",),
)
