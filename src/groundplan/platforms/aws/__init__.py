"""AWS: what the option matrix says of its services. The modules beside this one plan and build for them."""

from groundplan.model.knowledge import Alternative, Platform, Unwritten

PLATFORM = Platform(
    key="aws",
    name="AWS",
    services=("fargate", "ecs", "ec2", "lambda", "eks"),
    targets=("terraform", "pulumi", "cloudformation", "none"),
    iac={
        "terraform": "terraform",
        "opentofu": "terraform",
        "pulumi": "pulumi",
        "cloudformation": "cloudformation",
        "none": "none",
    },
    scaling="By CPU, memory or requests per task, with target tracking; schedules too.",
    monitoring="CloudWatch metrics, logs and alarms, routed by SNS.",
    budget_alarm="AWS Budgets, 8 to 12 hours behind.",
    code="Terraform, OpenTofu, Pulumi in Python or CloudFormation.",
    risk="Many parts to operate; a balancer and a NAT gateway cost the same when idle.",
    sla="aws.compute.zones",
    burden="medium",
    operations="No servers to run; a network, a balancer, roles and alarms to keep.",
    variants={
        "lambda": Alternative(
            scaling="One instance for each request in flight, to zero; reserved concurrency is the maximum.",
            risk="A cold start where none is kept ready, 15 minutes at most for a request, and many database connections.",
            operations="No servers; no network or balancer to keep without a database. Images carry an adapter.",
            burden="low",
            sla="aws.lambda",
        ),
        "ec2": Alternative(
            scaling="By CPU, memory or requests per instance, with target tracking; schedules too. A new one takes minutes.",
            risk="Machines are patched, replaced and right-sized by you; burstable ones slow down above their baseline.",
            operations="Machines to renew and disks, besides a network, a balancer, roles and alarms.",
            burden="high",
            sla="aws.compute.zones",
        ),
        "eks": Alternative(
            scaling="By CPU and memory of the pods; an autoscaler of nodes follows them.",
            risk="The cluster fee and two nodes cost the same when idle; an old version costs six times the fee.",
            operations="Upgrades of the cluster, its nodes and its add-ons, besides a network, a balancer, roles and alarms.",
            burden="high",
            sla="aws.eks",
        ),
    },
    unwritten={
        "ecs_ec2": Unwritten(
            scaling="By CPU or requests, of the tasks and of the instances under them; a new instance takes minutes.",
            risk="Machines are patched, replaced and right-sized by you; burstable ones slow down above their baseline.",
            operations="A cluster, its machines and disks, besides a network, a balancer, roles and alarms.",
            burden="high",
            sla="aws.compute.zones",
        ),
    },
)
