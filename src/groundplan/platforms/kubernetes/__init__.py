"""Kubernetes, wherever it runs: what the option matrix says of it. Planned and priced in part; no code yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="kubernetes",
    name="Kubernetes",
    services=("managed_k8s", "self_managed_k8s"),
    scaling="By CPU and memory of the pods; more nodes only where something adds them.",
    monitoring="None by itself; Prometheus and Alertmanager are installed and run by you.",
    budget_alarm="That of the provider under the cluster.",
    code="Manifests, Helm, Terraform; groundplan does not write them yet.",
    risk="Two layers to keep current, cluster and application; a small system pays for a large machine room.",
    burden="high",
    operations="Cluster and node upgrades, ingress, certificates, monitoring, and every operator in it.",
    unmanageable=("cloudformation",),
)
