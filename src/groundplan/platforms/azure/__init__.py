"""Azure, Container Apps and App Service: what the option matrix says of it. Planned and priced; no code yet."""

from groundplan.model.knowledge import Platform, Unwritten

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
    unwritten={
        "aks": Unwritten(
            scaling="By CPU and memory of the pods; the cluster autoscaler adds nodes.",
            risk="Two nodes, a balancer and the fee cost the same when idle; the Free tier has no service level.",
            operations="Upgrades of node pools, ingress, metrics and policies; Azure runs the control plane.",
            burden="high",
            sla="azure.aks.no_zones",
        ),
    },
    unmanageable=("cloudformation",),
)
