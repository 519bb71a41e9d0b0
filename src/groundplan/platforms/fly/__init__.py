"""Fly.io: what the option matrix says of it. The modules beside this one plan, price and build for it."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="fly",
    name="Fly.io",
    services=("machines",),
    targets=("native", "none"),
    iac={"platform": "native", "none": "none"},
    scaling="By concurrent requests in the proxy; on CPU, memory or latency with one more app, fly-autoscaler.",
    monitoring="Metrics and dashboards included; no alerting, so a small app of your own sends the alarms.",
    budget_alarm="No billing alerts; a scheduled check prices the running Machines instead.",
    code="fly.toml and flyctl; no Terraform provider is maintained.",
    risk="One vendor's Machines and a regional Managed Postgres; no published availability figure.",
    sla="fly.machines",
    burden="low",
    operations="Little; a small app for alarms, and one for scaling on CPU, are yours to keep.",
    unmanageable=("terraform", "opentofu", "pulumi", "cloudformation"),
)
