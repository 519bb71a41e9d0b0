"""Google Cloud, Cloud Run: what the option matrix says of it. Planned and priced; code is not written yet."""

from groundplan.model.knowledge import Platform, Unwritten

PLATFORM = Platform(
    key="gcp",
    name="Google Cloud",
    services=("cloud_run",),
    scaling="By CPU and requests in flight; to zero when nobody asks.",
    monitoring="Cloud Monitoring, logging and uptime checks, with channels for mail, Slack and PagerDuty.",
    budget_alarm="Cloud Billing budgets, up to 24 hours behind; caps for some services.",
    code="Terraform and Pulumi manage it; groundplan does not write that code yet.",
    risk="A service is regional, so more regions need a load balancer; idle instances are cheap, busy ones are not.",
    sla="gcp.cloud_run",
    burden="low",
    operations="No servers, network or balancer to run in one region; IAM and a registry to keep.",
    unwritten={
        "gke": Unwritten(
            scaling="By CPU and memory of the pods; the cluster autoscaler adds nodes.",
            risk="The cluster fee and two nodes cost the same when idle; a regional pool counts its nodes in each zone.",
            operations="Upgrades of node pools, ingress, metrics and policies; Google runs the control plane.",
            burden="high",
            sla="gcp.gke.zonal",
        ),
        "app_engine": Unwritten(
            scaling="By CPU, throughput, requests in flight or latency; to zero in the standard environment.",
            risk="One application in a project, in one region for ever; the runtimes are those that Google supports.",
            operations="No servers, network or balancer to run; the runtime's version to follow.",
            burden="low",
            sla="gcp.app_engine",
        ),
    },
    unmanageable=("cloudformation",),
)
