"""AWS, ECS on Fargate: what the option matrix says of it. The modules beside this one plan and build for it."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="aws",
    name="AWS",
    services=("fargate", "ecs"),
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
)
