"""What the plan holds, each target holds: components, alarms and routes against resources, with no extras."""

from collections import Counter

import pytest
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, planned

from groundplan.lower import lower
from groundplan.model.graph import Graph
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.plan import TRACKED
from groundplan.platforms.aws.watching import RELAYED, buildable, where

CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, "hostile": HOSTILE}
EVERY = [(n, t) for n in sorted(CASES) for t in ("terraform", "pulumi", "cloudformation")]
EVERY += [(n, t) for n in sorted(CLUSTERS) for t in ("terraform", "pulumi", "cloudformation")]
# part of the plan -> the kinds that stand for it, in each vocabulary
STANDS_FOR = {
    "web": ("aws_ecs_service", "AWS::ECS::Service"),
    "balancer": ("aws_lb", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    "network": ("aws_nat_gateway", "AWS::EC2::NatGateway"),
    "database": ("aws_db_instance", "AWS::RDS::DBInstance"),
    "cache": ("aws_elasticache_replication_group", "AWS::ElastiCache::ReplicationGroup"),
    "registry": ("aws_ecr_repository", "AWS::ECR::Repository"),
    "logs": ("aws_cloudwatch_log_group", "AWS::Logs::LogGroup"),
    "bounds": ("aws_appautoscaling_target", "AWS::ApplicationAutoScaling::ScalableTarget"),
    "triggers": ("aws_appautoscaling_policy", "AWS::ApplicationAutoScaling::ScalingPolicy"),
    "alarms": ("aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm"),
    "routes": ("aws_sns_topic", "AWS::SNS::Topic"),
    "budget": ("aws_budgets_budget", "AWS::Budgets::Budget"),
    "key": ("aws_kms_key", "AWS::KMS::Key"),
    "dns": ("aws_route53_record", "AWS::Route53::RecordSet"),
    "nights": ("aws_appautoscaling_scheduled_action", "ScheduledActions"),
    "relays": ("aws_cloudwatch_event_rule", "AWS::Events::Rule"),
}
INSTEAD = {
    "web": ("aws_lambda_function", "AWS::Lambda::Function"),
    "balancer": ("aws_apigatewayv2_api", "AWS::ApiGatewayV2::Api"),
    "checks": ("aws_route53_health_check", "AWS::Route53::HealthCheck"),
    "ready": ("aws_lambda_provisioned_concurrency_config", "ProvisionedConcurrencyConfig"),
}
"""What stands for a part of a function in the place of the above."""
# kinds that only serve the ones above
SUPPORT = {
    "terraform": {
        "aws_availability_zones", "aws_vpc", "aws_internet_gateway", "aws_subnet", "aws_route_table",
        "aws_route_table_association", "aws_eip", "aws_security_group", "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule", "aws_lb_target_group", "aws_lb_listener", "aws_ecs_cluster",
        "aws_ecs_task_definition", "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment",
        "aws_db_subnet_group", "aws_elasticache_subnet_group", "aws_sns_topic_subscription", "aws_ecr_lifecycle_policy",
        "aws_default_security_group", "aws_kms_alias", "aws_caller_identity",
        "aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration",
        "aws_cloudwatch_event_api_destination", "aws_cloudwatch_event_connection",
        "aws_cloudwatch_event_target",
    },
    "cloudformation": {
        "AWS::EC2::VPC", "AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::Subnet",
        "AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::EIP",
        "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress",
        "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ECS::Cluster",
        "AWS::ECS::TaskDefinition", "AWS::IAM::Role", "AWS::RDS::DBSubnetGroup", "AWS::ElastiCache::SubnetGroup",
        "AWS::SNS::Subscription", "AWS::Chatbot::SlackChannelConfiguration",
        "AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "AWS::KMS::Alias", "AWS::Events::Connection",
        "AWS::Events::ApiDestination",
    },
}  # fmt: skip


FUNCTION_SUPPORT = {
    "terraform": {"aws_lambda_alias", "aws_lambda_permission", "aws_apigatewayv2_integration", "aws_apigatewayv2_route",
                  "aws_apigatewayv2_stage", "aws_apigatewayv2_domain_name", "aws_apigatewayv2_api_mapping"},
    "cloudformation": {"AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::Permission",
                       "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage",
                       "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping"},
}  # fmt: skip


INSTANCES_INSTEAD = {
    "web": ("aws_autoscaling_group", "AWS::AutoScaling::AutoScalingGroup"),
    "triggers": ("aws_autoscaling_policy", "AWS::AutoScaling::ScalingPolicy"),
    "nights": ("aws_autoscaling_schedule", "AWS::AutoScaling::ScheduledAction"),
}
INSTANCE_SUPPORT = {
    "terraform": {"aws_launch_template", "aws_iam_instance_profile", "aws_ssm_parameter"},
    "cloudformation": {"AWS::EC2::LaunchTemplate", "AWS::IAM::InstanceProfile"},
}
CLUSTER_INSTEAD = {
    "web": ("aws_eks_node_group", "AWS::EKS::Nodegroup"),
    "control": ("aws_eks_cluster", "AWS::EKS::Cluster"),
}
CLUSTER_SUPPORT = {
    "terraform": {"aws_launch_template", "aws_eks_addon", "aws_eks_access_entry", "aws_eks_access_policy_association",
                  "aws_eks_pod_identity_association", "aws_autoscaling_attachment"},
    "cloudformation": {"AWS::EC2::LaunchTemplate", "AWS::EKS::Addon", "AWS::EKS::AccessEntry",
                       "AWS::EKS::PodIdentityAssociation"},
}  # fmt: skip
OTHERS = {
    "lambda": (INSTEAD, FUNCTION_SUPPORT),
    "ec2": (INSTANCES_INSTEAD, INSTANCE_SUPPORT),
    "eks": (CLUSTER_INSTEAD, CLUSTER_SUPPORT),
}
"""What stands for the parts of a service in the place of the usual, and what serves that."""


def stands_for(plan) -> dict[str, tuple[str, str]]:
    return {**STANDS_FOR, **OTHERS[plan.service][0]} if plan.service in OTHERS else STANDS_FOR


def expected(plan) -> dict[str, int]:
    """How many of each part the plan holds, counted from the plan alone."""
    regions, wish = len(plan.places), plan.draft.scaling
    counted = ("alarms", "routes", "budget", "key", "bounds", "triggers", "nights", "relays")
    count = {role: len(plan.role(role)) for role in STANDS_FOR if role not in counted}
    count |= {role: len(plan.role(role, "aws")) for role in ("database", "cache")}
    tracked = {t.metric for t in wish.triggers if t.metric in TRACKED} or {"cpu"}
    scaled = wish.mode != "manual"
    hours = nights(wish.schedule) is not None
    count["bounds"] = regions if scaled or hours else 0
    count["nights"] = 2 * regions if hours else 0
    count["dns"] = regions * len(plan.role("dns"))
    count["key"] = sum(1 for c in plan.components if c.key.startswith("key."))
    if plan.service == "lambda":
        kept = plan.role("web")[0].minimum
        scaled, hours = False, hours and kept > 0
        count["ready"] = regions if kept else 0
        count["checks"] = count["dns"]
        count["bounds"] = regions if hours else 0
        count["nights"] = 2 * regions if hours else 0
    if plan.service == "ec2":
        count["bounds"] = 0  # the group holds them itself
    count["triggers"] = len(tracked) * regions if scaled else 0
    if plan.service == "eks":
        count |= {"bounds": 0, "triggers": 0, "nights": 0, "control": regions, "logs": 5 * regions}
        count["network"] -= regions  # of which the control plane is one
    raised = [a for a in plan.alarms if buildable(a)]
    count["alarms"] = sum(len(where(a, plan.draft)) for a in raised)
    relayed = sum(1 for r in plan.routes if r.channel in RELAYED)
    count["routes"] = (len(plan.routes) - relayed) * regions if raised else 0
    count["relays"] = relayed * regions if raised else 0
    count["budget"] = 1 if plan.budget.limit else 0
    return count


@pytest.mark.parametrize(("name", "tool"), EVERY)
def test_the_graph_holds_the_plan_and_nothing_else(name, tool):
    made = planned({**CASES, **CLUSTERS}[name], tool)
    graph = lower(made)
    assert isinstance(graph, Graph) and made.target == tool
    column = ("terraform", "cloudformation").index(graph.vocabulary)
    kinds = Counter(r.kind for r in graph.resources)
    if column:
        kinds["ProvisionedConcurrencyConfig"] = sum(
            1 for r in graph.resources if "ProvisionedConcurrencyConfig" in r.arguments
        )
        kinds["ScheduledActions"] = sum(len(r.arguments.get("ScheduledActions", ())) for r in graph.resources)
    parts = stands_for(made)
    assert {part: kinds.get(parts[part][column], 0) for part in parts} == expected(made)
    support = set(SUPPORT[graph.vocabulary])
    support |= OTHERS[made.service][1][graph.vocabulary] if made.service in OTHERS else set()
    assert {k for k, n in kinds.items() if n} <= support | {pair[column] for pair in parts.values()}


@pytest.mark.parametrize("name", sorted(CASES))
def test_each_alarm_reaches_exactly_its_receivers(name):
    made = planned(CASES[name], "cloudformation")
    alarms = [r for r in lower(made).resources if r.kind == "AWS::CloudWatch::Alarm" and r.provider]
    first = [r for r in alarms if r.provider == alarms[0].provider]
    raised = [a for a in made.alarms if buildable(a)]
    assert len(first) == len(raised)
    for resource, alarm in zip(first, raised, strict=True):
        topics = [r.name for r in resource.arguments["AlarmActions"]]
        assert [t.removesuffix("Topic").lower() for t in topics] == [
            r for r in alarm.routes if r not in RELAYED
        ]
        assert resource.arguments["AlarmActions"] == resource.arguments["OKActions"]
