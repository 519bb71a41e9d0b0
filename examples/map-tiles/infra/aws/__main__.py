# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

"""The production foundation; see README.md for the commands."""

import base64
import json

import pulumi
import pulumi_aws as aws


def encoded(text: pulumi.Output[str]) -> pulumi.Output[str]:
    """Text as the base64 that the provider takes."""
    return text.apply(lambda plain: base64.b64encode(plain.encode()).decode())


config = pulumi.Config()
image = config.require("image")
container_port = config.require_int("container_port")
health_path = config.require("health_path")
deletion_protection = config.require_bool("deletion_protection")
schedule_timezone = config.require("schedule_timezone")
certificate_arn = config.require("certificate_arn")
pagerduty_endpoint = config.require_secret("pagerduty_endpoint")
slack_team_id = config.require("slack_team_id")
slack_channel_id = config.require("slack_channel_id")
alert_email = config.require("alert_email")
budget_email = config.require("budget_email")

provider = aws.Provider(
    "us-east-1",
    region="us-east-1",
    default_tags=aws.ProviderDefaultTagsArgs(
        tags={"Project": "map-tiles", "ManagedBy": "terraform"},
    ),
)

# Network, way out and security groups.
availability_zones = aws.get_availability_zones_output(
    state="available",
    filters=[
        aws.GetAvailabilityZonesFilterArgs(
            name="opt-in-status",
            values=["opt-in-not-required"],
        ),
    ],
    opts=pulumi.InvokeOutputOptions(provider=provider),
)

vpc = aws.ec2.Vpc(
    "main",
    cidr_block="10.0.0.0/16",
    enable_dns_hostnames=True,
    tags={"Name": "map-tiles-vpc"},
    opts=pulumi.ResourceOptions(provider=provider),
)

# Without rules: what forgets to name a group reaches nothing.
default_security_group = aws.ec2.DefaultSecurityGroup(
    "main",
    vpc_id=vpc.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

internet_gateway = aws.ec2.InternetGateway(
    "main",
    vpc_id=vpc.id,
    tags={"Name": "map-tiles-igw"},
    opts=pulumi.ResourceOptions(provider=provider),
)

subnet_public_0 = aws.ec2.Subnet(
    "main_public_0",
    vpc_id=vpc.id,
    cidr_block="10.0.0.0/24",
    availability_zone=availability_zones.names[0],
    tags={"Name": "map-tiles-public-0"},
    opts=pulumi.ResourceOptions(provider=provider),
)

subnet_public_1 = aws.ec2.Subnet(
    "main_public_1",
    vpc_id=vpc.id,
    cidr_block="10.0.1.0/24",
    availability_zone=availability_zones.names[1],
    tags={"Name": "map-tiles-public-1"},
    opts=pulumi.ResourceOptions(provider=provider),
)

route_table_public = aws.ec2.RouteTable(
    "main_public",
    vpc_id=vpc.id,
    tags={"Name": "map-tiles-public"},
    routes=[
        aws.ec2.RouteTableRouteArgs(
            cidr_block="0.0.0.0/0",
            gateway_id=internet_gateway.id,
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

route_table_association_public_0 = aws.ec2.RouteTableAssociation(
    "main_public_0",
    subnet_id=subnet_public_0.id,
    route_table_id=route_table_public.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

route_table_association_public_1 = aws.ec2.RouteTableAssociation(
    "main_public_1",
    subnet_id=subnet_public_1.id,
    route_table_id=route_table_public.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

subnet_private_0 = aws.ec2.Subnet(
    "main_private_0",
    vpc_id=vpc.id,
    cidr_block="10.0.10.0/24",
    availability_zone=availability_zones.names[0],
    tags={"Name": "map-tiles-private-0"},
    opts=pulumi.ResourceOptions(provider=provider),
)

subnet_private_1 = aws.ec2.Subnet(
    "main_private_1",
    vpc_id=vpc.id,
    cidr_block="10.0.11.0/24",
    availability_zone=availability_zones.names[1],
    tags={"Name": "map-tiles-private-1"},
    opts=pulumi.ResourceOptions(provider=provider),
)

eip_nat = aws.ec2.Eip(
    "main_nat",
    domain="vpc",
    tags={"Name": "map-tiles-nat"},
    opts=pulumi.ResourceOptions(provider=provider),
)

# One gateway for both zones: half the price, and the way out is lost with its zone.
nat_gateway = aws.ec2.NatGateway(
    "main",
    allocation_id=eip_nat.id,
    subnet_id=subnet_public_0.id,
    tags={"Name": "map-tiles-nat"},
    opts=pulumi.ResourceOptions(provider=provider, depends_on=[internet_gateway]),
)

route_table_private = aws.ec2.RouteTable(
    "main_private",
    vpc_id=vpc.id,
    tags={"Name": "map-tiles-private"},
    routes=[
        aws.ec2.RouteTableRouteArgs(
            cidr_block="0.0.0.0/0",
            nat_gateway_id=nat_gateway.id,
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

route_table_association_private_0 = aws.ec2.RouteTableAssociation(
    "main_private_0",
    subnet_id=subnet_private_0.id,
    route_table_id=route_table_private.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

route_table_association_private_1 = aws.ec2.RouteTableAssociation(
    "main_private_1",
    subnet_id=subnet_private_1.id,
    route_table_id=route_table_private.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

security_group_balancer = aws.ec2.SecurityGroup(
    "main_balancer",
    name="map-tiles-balancer",
    description="Requests from the internet",
    vpc_id=vpc.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

security_group_instances = aws.ec2.SecurityGroup(
    "main_instances",
    name="map-tiles-instances",
    description="Requests from the balancer",
    vpc_id=vpc.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

ingress_rule_balancer_80 = aws.vpc.SecurityGroupIngressRule(
    "main_balancer_80",
    security_group_id=security_group_balancer.id,
    ip_protocol="tcp",
    from_port=80,
    to_port=80,
    description="HTTP, answered by a redirect, from everywhere",
    cidr_ipv4="0.0.0.0/0",
    opts=pulumi.ResourceOptions(provider=provider),
)

ingress_rule_balancer_443 = aws.vpc.SecurityGroupIngressRule(
    "main_balancer_443",
    security_group_id=security_group_balancer.id,
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
    description="HTTPS, from everywhere",
    cidr_ipv4="0.0.0.0/0",
    opts=pulumi.ResourceOptions(provider=provider),
)

ingress_rule_instances = aws.vpc.SecurityGroupIngressRule(
    "main_instances",
    security_group_id=security_group_instances.id,
    ip_protocol="tcp",
    from_port=container_port,
    to_port=container_port,
    description="From the balancer",
    referenced_security_group_id=security_group_balancer.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

egress_rule_balancer = aws.vpc.SecurityGroupEgressRule(
    "main_balancer",
    security_group_id=security_group_balancer.id,
    ip_protocol="tcp",
    from_port=container_port,
    to_port=container_port,
    description="To the instances",
    referenced_security_group_id=security_group_instances.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

egress_rule_instances = aws.vpc.SecurityGroupEgressRule(
    "main_instances",
    security_group_id=security_group_instances.id,
    description="Images, databases and other services",
    ip_protocol="-1",
    cidr_ipv4="0.0.0.0/0",
    opts=pulumi.ResourceOptions(provider=provider),
)

security_group_database = aws.ec2.SecurityGroup(
    "main_database",
    name="map-tiles-database",
    description="Connections from the instances",
    vpc_id=vpc.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

ingress_rule_database = aws.vpc.SecurityGroupIngressRule(
    "main_database",
    security_group_id=security_group_database.id,
    ip_protocol="tcp",
    from_port=5432,
    to_port=5432,
    description="From the instances",
    referenced_security_group_id=security_group_instances.id,
    opts=pulumi.ResourceOptions(provider=provider),
)

# Databases and caches.
db_subnet_group = aws.rds.SubnetGroup(
    "main",
    name="map-tiles-db",
    subnet_ids=[subnet_private_0.id, subnet_private_1.id],
    opts=pulumi.ResourceOptions(provider=provider),
)

# The password is made and rotated by RDS; it is in no file and not in the state.
db_instance = aws.rds.Instance(
    "main",
    identifier="map-tiles-db",
    engine="postgres",
    engine_version="17",
    instance_class="db.t4g.small",
    allocated_storage=20,
    storage_type="gp3",
    storage_encrypted=True,
    db_name="app",
    username="app",
    manage_master_user_password=True,
    multi_az=False,
    db_subnet_group_name=db_subnet_group.name,
    vpc_security_group_ids=[security_group_database.id],
    publicly_accessible=False,
    backup_retention_period=7,
    copy_tags_to_snapshot=True,
    deletion_protection=deletion_protection,
    final_snapshot_identifier="map-tiles-db-final",
    auto_minor_version_upgrade=True,
    opts=pulumi.ResourceOptions(provider=provider),
)

# Balancer, cluster, tasks and their permissions.
ecr_repository = aws.ecr.Repository(
    "main",
    name="map-tiles",
    image_tag_mutability="IMMUTABLE",
    image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(
        scan_on_push=True,
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

ecr_lifecycle_policy = aws.ecr.LifecyclePolicy(
    "main",
    repository=ecr_repository.name,
    policy=json.dumps(
        {
            "rules": [
                {
                    "rulePriority": 1,
                    "description": "Keep the last 30 images",
                    "selection": {
                        "tagStatus": "any",
                        "countType": "imageCountMoreThan",
                        "countNumber": 30,
                    },
                    "action": {"type": "expire"},
                },
            ],
        },
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

lb = aws.lb.LoadBalancer(
    "main",
    name="map-tiles",
    load_balancer_type="application",
    security_groups=[security_group_balancer.id],
    subnets=[subnet_public_0.id, subnet_public_1.id],
    drop_invalid_header_fields=True,
    enable_deletion_protection=deletion_protection,
    opts=pulumi.ResourceOptions(provider=provider),
)

lb_target_group = aws.lb.TargetGroup(
    "main",
    name="map-tiles",
    port=container_port,
    protocol="HTTP",
    target_type="instance",
    vpc_id=vpc.id,
    deregistration_delay=30,
    health_check=aws.lb.TargetGroupHealthCheckArgs(
        path=health_path,
        matcher="200-399",
        interval=15,
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

lb_listener_https = aws.lb.Listener(
    "main_https",
    load_balancer_arn=lb.arn,
    port=443,
    protocol="HTTPS",
    ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificate_arn=certificate_arn,
    default_actions=[
        aws.lb.ListenerDefaultActionArgs(
            type="forward",
            target_group_arn=lb_target_group.arn,
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

lb_listener_http = aws.lb.Listener(
    "main_http",
    load_balancer_arn=lb.arn,
    port=80,
    protocol="HTTP",
    default_actions=[
        aws.lb.ListenerDefaultActionArgs(
            type="redirect",
            redirect=aws.lb.ListenerDefaultActionRedirectArgs(
                port="443",
                protocol="HTTPS",
                status_code="HTTP_301",
            ),
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

# The instance uses it. The container cannot: its requests for credentials come from one hop too far.
iam_role_instance = aws.iam.Role(
    "main_instance",
    name="map-tiles-us-east-1-instance",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRole",
                    "Principal": {"Service": "ec2.amazonaws.com"},
                },
            ],
        },
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

iam_instance_profile_instance = aws.iam.InstanceProfile(
    "main_instance",
    name="map-tiles-us-east-1-instance",
    role=iam_role_instance.name,
    opts=pulumi.ResourceOptions(provider=provider),
)

# The newest Amazon Linux 2023: once there is another one, an apply replaces the instances.
ssm_parameter_image = aws.ssm.get_parameter_output(
    name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    opts=pulumi.InvokeOutputOptions(provider=provider),
)

# Logs, alarms and who is told.
cloudwatch_log_group = aws.cloudwatch.LogGroup(
    "main",
    name="/ec2/map-tiles",
    retention_in_days=30,
    opts=pulumi.ResourceOptions(provider=provider),
)

# Balancer, cluster, tasks and their permissions.
iam_role_policy_instance = aws.iam.RolePolicy(
    "main_instance",
    name="run-the-application",
    role=iam_role_instance.id,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["ecr:GetAuthorizationToken"],
                    "Resource": "*",
                },
                {
                    "Effect": "Allow",
                    "Action": [
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:BatchGetImage",
                        "ecr:GetDownloadUrlForLayer",
                    ],
                    "Resource": [ecr_repository.arn],
                },
                {
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogStream",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents",
                    ],
                    "Resource": pulumi.Output.format("{0}:*", cloudwatch_log_group.arn),
                },
                {
                    "Effect": "Allow",
                    "Action": ["cloudwatch:PutMetricData"],
                    "Resource": "*",
                    "Condition": {"StringEquals": {"cloudwatch:namespace": "CWAgent"}},
                },
                {
                    "Effect": "Allow",
                    "Action": [
                        "ec2:DescribeTags",
                        "ssm:UpdateInstanceInformation",
                        "ssmmessages:CreateControlChannel",
                        "ssmmessages:CreateDataChannel",
                        "ssmmessages:OpenControlChannel",
                        "ssmmessages:OpenDataChannel",
                    ],
                    "Resource": "*",
                },
                {
                    "Effect": "Allow",
                    "Action": ["secretsmanager:GetSecretValue"],
                    "Resource": [db_instance.master_user_secrets[0].secret_arn],
                },
            ],
        },
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

launch_template = aws.ec2.LaunchTemplate(
    "main",
    name="map-tiles",
    image_id=ssm_parameter_image.insecure_value,
    instance_type="t3.large",
    update_default_version=True,
    user_data=encoded(
        pulumi.Output.format(
            "".join(
                [
                    "#!/bin/bash\n",
                    "# Runs once, when the instance starts; the log group holds what it says.\n",
                    "set -euo pipefail\n",
                    "dnf install -y docker amazon-cloudwatch-agent jq\n",
                    "systemctl enable --now docker\n",
                    "# Reads the secrets each time that it starts; systemd starts it again when it ends.\n",
                    "cat >/usr/local/bin/web <<'WEB'\n",
                    "#!/bin/bash\n",
                    "set -euo pipefail\n",
                    "export HOME=/root AWS_DEFAULT_REGION=us-east-1\n",
                    "IMAGE='{0}'\n",
                    'secret() {{ aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text; }}\n',
                    "export PORT='{1}'\n",
                    "export DATABASE_HOST='{2}'\n",
                    "export DATABASE_PORT='5432'\n",
                    "export DATABASE_NAME='app'\n",
                    "DATABASE_USER=$(secret '{3}' | jq -r .username)\n",
                    "DATABASE_PASSWORD=$(secret '{4}' | jq -r .password)\n",
                    "export DATABASE_USER DATABASE_PASSWORD\n",
                    'case "$IMAGE" in *.dkr.ecr.*)\n',
                    '  REGISTRY=$(cut -d/ -f1 <<<"$IMAGE")\n',
                    '  aws ecr get-login-password --region "$(cut -d. -f4 <<<"$REGISTRY")" |\n',
                    '    docker login --username AWS --password-stdin "$REGISTRY" ;;\n',
                    "esac\n",
                    "docker rm --force web >/dev/null 2>&1 || true\n",
                    'exec docker run --rm --name web --publish "$PORT:$PORT" \\\n',
                    "  --log-driver awslogs --log-opt awslogs-group='{5}' \\\n",
                    '  --log-opt awslogs-region=us-east-1 --log-opt awslogs-stream="web/$HOSTNAME" \\\n',
                    "  --env PORT --env DATABASE_HOST --env DATABASE_PORT --env DATABASE_NAME --env DATABASE_USER --env DATABASE_PASSWORD \\\n",
                    '  "$IMAGE"\n',
                    "WEB\n",
                    "chmod 755 /usr/local/bin/web\n",
                    "cat >/etc/systemd/system/web.service <<'UNIT'\n",
                    "[Unit]\n",
                    "Description=The application, in a container\n",
                    "Requires=docker.service\n",
                    "After=docker.service network-online.target\n",
                    "[Service]\n",
                    "ExecStart=/usr/local/bin/web\n",
                    "ExecStop=/usr/bin/docker stop web\n",
                    "Restart=always\n",
                    "RestartSec=5\n",
                    "[Install]\n",
                    "WantedBy=multi-user.target\n",
                    "UNIT\n",
                    "systemctl enable --now web\n",
                    "# Memory and disk, which EC2 does not see from outside.\n",
                    "cat >/opt/aws/amazon-cloudwatch-agent/etc/instance.json <<'AGENT'\n",
                    "{{\n",
                    '  "agent": {{\n',
                    '    "metrics_collection_interval": 60,\n',
                    '    "run_as_user": "root"\n',
                    "  }},\n",
                    '  "metrics": {{\n',
                    '    "namespace": "CWAgent",\n',
                    '    "append_dimensions": {{\n',
                    '      "AutoScalingGroupName": "${{aws:AutoScalingGroupName}}"\n',
                    "    }},\n",
                    '    "metrics_collected": {{\n',
                    '      "mem": {{\n',
                    '        "measurement": ["mem_used_percent"]\n',
                    "      }},\n",
                    '      "disk": {{\n',
                    '        "measurement": ["used_percent"],\n',
                    '        "resources": ["/"],\n',
                    '        "drop_device": true\n',
                    "      }}\n",
                    "    }}\n",
                    "  }},\n",
                    '  "logs": {{\n',
                    '    "logs_collected": {{\n',
                    '      "files": {{\n',
                    '        "collect_list": [\n',
                    "          {{\n",
                    '            "file_path": "/var/log/cloud-init-output.log",\n',
                    '            "log_group_name": "/ec2/map-tiles",\n',
                    '            "log_stream_name": "start/{{instance_id}}"\n',
                    "          }}\n",
                    "        ]\n",
                    "      }}\n",
                    "    }}\n",
                    "  }}\n",
                    "}}\n",
                    "AGENT\n",
                    "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/opt/aws/amazon-cloudwatch-agent/etc/instance.json\n",
                ],
            ),
            image,
            container_port,
            db_instance.address,
            db_instance.master_user_secrets[0].secret_arn,
            db_instance.master_user_secrets[0].secret_arn,
            cloudwatch_log_group.name,
        ),
    ),
    iam_instance_profile=aws.ec2.LaunchTemplateIamInstanceProfileArgs(
        arn=iam_instance_profile_instance.arn,
    ),
    metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
        http_endpoint="enabled",
        http_tokens="required",
        http_put_response_hop_limit=1,
    ),
    monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=True),
    network_interfaces=[
        aws.ec2.LaunchTemplateNetworkInterfaceArgs(
            associate_public_ip_address="false",
            delete_on_termination="true",
            security_groups=[security_group_instances.id],
        ),
    ],
    block_device_mappings=[
        aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
            device_name="/dev/xvda",
            ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
                volume_size=20,
                volume_type="gp3",
                encrypted="true",
                delete_on_termination="true",
            ),
        ),
    ],
    tag_specifications=[
        aws.ec2.LaunchTemplateTagSpecificationArgs(
            resource_type="volume",
            tags={
                "Name": "map-tiles",
                "Project": "map-tiles",
                "ManagedBy": "terraform",
            },
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

# A change of the template replaces the instances, new ones first; it goes back by itself if they do not become healthy.
autoscaling_group = aws.autoscaling.Group(
    "main",
    name="map-tiles",
    min_size=2,
    max_size=8,
    desired_capacity=2,
    vpc_zone_identifiers=[subnet_private_0.id, subnet_private_1.id],
    target_group_arns=[lb_target_group.arn],
    health_check_type="ELB",
    health_check_grace_period=300,
    default_instance_warmup=180,
    launch_template=aws.autoscaling.GroupLaunchTemplateArgs(
        id=launch_template.id,
        version=pulumi.Output.format("{0}", launch_template.latest_version),
    ),
    instance_refresh=aws.autoscaling.GroupInstanceRefreshArgs(
        strategy="Rolling",
        preferences=aws.autoscaling.GroupInstanceRefreshPreferencesArgs(
            min_healthy_percentage=100,
            max_healthy_percentage=200,
            auto_rollback=True,
        ),
    ),
    tags=[
        aws.autoscaling.GroupTagArgs(
            key="Name",
            value="map-tiles",
            propagate_at_launch=True,
        ),
        aws.autoscaling.GroupTagArgs(
            key="Project",
            value="map-tiles",
            propagate_at_launch=True,
        ),
        aws.autoscaling.GroupTagArgs(
            key="ManagedBy",
            value="terraform",
            propagate_at_launch=True,
        ),
    ],
    opts=pulumi.ResourceOptions(
        provider=provider,
        depends_on=[
            iam_role_policy_instance,
            lb_listener_https,
            route_table_association_private_0,
            route_table_association_private_1,
            egress_rule_instances,
        ],
        ignore_changes=["desired_capacity"],
    ),
)

# Minimum, maximum and triggers.
autoscaling_policy_cpu = aws.autoscaling.Policy(
    "main_cpu",
    name="map-tiles-cpu",
    autoscaling_group_name=autoscaling_group.name,
    policy_type="TargetTrackingScaling",
    target_tracking_configuration=aws.autoscaling.PolicyTargetTrackingConfigurationArgs(
        target_value=40,
        predefined_metric_specification=aws.autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs(
            predefined_metric_type="ASGAverageCPUUtilization",
        ),
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

autoscaling_policy_memory = aws.autoscaling.Policy(
    "main_memory",
    name="map-tiles-memory",
    autoscaling_group_name=autoscaling_group.name,
    policy_type="TargetTrackingScaling",
    target_tracking_configuration=aws.autoscaling.PolicyTargetTrackingConfigurationArgs(
        target_value=45,
        customized_metric_specification=aws.autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationArgs(
            namespace="CWAgent",
            metric_name="mem_used_percent",
            statistic="Average",
            metric_dimensions=[
                aws.autoscaling.PolicyTargetTrackingConfigurationCustomizedMetricSpecificationMetricDimensionArgs(
                    name="AutoScalingGroupName",
                    value=autoscaling_group.name,
                ),
            ],
        ),
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

# -1 leaves the number alone where it lies between the two.
autoscaling_schedule_evening = aws.autoscaling.Schedule(
    "main_evening",
    scheduled_action_name="map-tiles-evening",
    autoscaling_group_name=autoscaling_group.name,
    recurrence="0 20 * * *",
    time_zone=schedule_timezone,
    min_size=1,
    max_size=8,
    desired_capacity=-1,
    opts=pulumi.ResourceOptions(provider=provider),
)

autoscaling_schedule_morning = aws.autoscaling.Schedule(
    "main_morning",
    scheduled_action_name="map-tiles-morning",
    autoscaling_group_name=autoscaling_group.name,
    recurrence="0 6 * * *",
    time_zone=schedule_timezone,
    min_size=2,
    max_size=8,
    desired_capacity=-1,
    opts=pulumi.ResourceOptions(provider=provider),
)

# Logs, alarms and who is told.
sns_topic_pagerduty = aws.sns.Topic(
    "main_pagerduty",
    name="map-tiles-pagerduty",
    opts=pulumi.ResourceOptions(provider=provider),
)

sns_topic_subscription_pagerduty = aws.sns.TopicSubscription(
    "main_pagerduty",
    topic=sns_topic_pagerduty.arn,
    protocol="https",
    endpoint=pagerduty_endpoint,
    endpoint_auto_confirms=True,
    opts=pulumi.ResourceOptions(provider=provider),
)

sns_topic_slack = aws.sns.Topic(
    "main_slack",
    name="map-tiles-slack",
    opts=pulumi.ResourceOptions(provider=provider),
)

# It may show messages and nothing else.
iam_role_slack = aws.iam.Role(
    "main_slack",
    name="map-tiles-us-east-1-slack",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRole",
                    "Principal": {"Service": "chatbot.amazonaws.com"},
                },
            ],
        },
    ),
    opts=pulumi.ResourceOptions(provider=provider),
)

chatbot_slack_channel_configuration_slack = aws.chatbot.SlackChannelConfiguration(
    "main_slack",
    configuration_name="map-tiles-alarms",
    iam_role_arn=iam_role_slack.arn,
    slack_team_id=slack_team_id,
    slack_channel_id=slack_channel_id,
    sns_topic_arns=[sns_topic_slack.arn],
    logging_level="ERROR",
    opts=pulumi.ResourceOptions(provider=provider),
)

sns_topic_email = aws.sns.Topic(
    "main_email",
    name="map-tiles-email",
    opts=pulumi.ResourceOptions(provider=provider),
)

# The receiver confirms the subscription by a link in the first message.
sns_topic_subscription_email = aws.sns.TopicSubscription(
    "main_email",
    topic=sns_topic_email.arn,
    protocol="email",
    endpoint=alert_email,
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_downtime = aws.cloudwatch.MetricAlarm(
    "main_downtime",
    name="map-tiles-downtime",
    namespace="AWS/ApplicationELB",
    metric_name="HealthyHostCount",
    statistic="Maximum",
    period=60,
    dimensions={
        "LoadBalancer": lb.arn_suffix,
        "TargetGroup": lb_target_group.arn_suffix,
    },
    comparison_operator="LessThanThreshold",
    threshold=1,
    treat_missing_data="breaching",
    evaluation_periods=2,
    datapoints_to_alarm=2,
    alarm_actions=[sns_topic_pagerduty.arn],
    ok_actions=[sns_topic_pagerduty.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_error_rate = aws.cloudwatch.MetricAlarm(
    "main_error_rate",
    name="map-tiles-error-rate",
    comparison_operator="GreaterThanThreshold",
    threshold=2,
    treat_missing_data="notBreaching",
    metric_queries=[
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="share",
            expression="100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))",
            label="5xx answers, per cent",
            return_data=True,
        ),
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="failed",
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace="AWS/ApplicationELB",
                metric_name="HTTPCode_Target_5XX_Count",
                stat="Sum",
                period=60,
                dimensions={"LoadBalancer": lb.arn_suffix},
            ),
        ),
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="refused",
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace="AWS/ApplicationELB",
                metric_name="HTTPCode_ELB_5XX_Count",
                stat="Sum",
                period=60,
                dimensions={"LoadBalancer": lb.arn_suffix},
            ),
        ),
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id="all",
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace="AWS/ApplicationELB",
                metric_name="RequestCount",
                stat="Sum",
                period=60,
                dimensions={"LoadBalancer": lb.arn_suffix},
            ),
        ),
    ],
    evaluation_periods=5,
    datapoints_to_alarm=5,
    alarm_actions=[sns_topic_slack.arn],
    ok_actions=[sns_topic_slack.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_latency = aws.cloudwatch.MetricAlarm(
    "main_latency",
    name="map-tiles-latency",
    namespace="AWS/ApplicationELB",
    metric_name="TargetResponseTime",
    period=60,
    dimensions={"LoadBalancer": lb.arn_suffix},
    extended_statistic="p95",
    evaluate_low_sample_count_percentiles="ignore",
    comparison_operator="GreaterThanThreshold",
    threshold=1.2,
    treat_missing_data="notBreaching",
    evaluation_periods=5,
    datapoints_to_alarm=5,
    alarm_actions=[sns_topic_email.arn],
    ok_actions=[sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_memory = aws.cloudwatch.MetricAlarm(
    "main_memory",
    name="map-tiles-memory",
    namespace="CWAgent",
    metric_name="mem_used_percent",
    statistic="Average",
    period=60,
    dimensions={"AutoScalingGroupName": autoscaling_group.name},
    comparison_operator="GreaterThanThreshold",
    threshold=90,
    treat_missing_data="notBreaching",
    evaluation_periods=5,
    datapoints_to_alarm=5,
    alarm_actions=[sns_topic_email.arn],
    ok_actions=[sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_disk = aws.cloudwatch.MetricAlarm(
    "main_disk",
    name="map-tiles-disk",
    namespace="CWAgent",
    metric_name="disk_used_percent",
    statistic="Maximum",
    period=60,
    dimensions={
        "AutoScalingGroupName": autoscaling_group.name,
        "fstype": "xfs",
        "path": "/",
    },
    comparison_operator="GreaterThanThreshold",
    threshold=80,
    treat_missing_data="notBreaching",
    evaluation_periods=5,
    datapoints_to_alarm=5,
    alarm_actions=[sns_topic_email.arn],
    ok_actions=[sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_disk_2 = aws.cloudwatch.MetricAlarm(
    "main_disk_2",
    name="map-tiles-disk-2",
    namespace="AWS/RDS",
    metric_name="FreeStorageSpace",
    statistic="Minimum",
    period=60,
    dimensions={"DBInstanceIdentifier": db_instance.identifier},
    comparison_operator="LessThanThreshold",
    threshold=4294967296,
    treat_missing_data="missing",
    evaluation_periods=5,
    datapoints_to_alarm=5,
    alarm_actions=[sns_topic_email.arn],
    ok_actions=[sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_unreachable_pagerduty = aws.cloudwatch.MetricAlarm(
    "main_unreachable_pagerduty",
    name="map-tiles-unreachable-pagerduty",
    namespace="AWS/SNS",
    metric_name="NumberOfNotificationsFailed",
    statistic="Sum",
    period=300,
    dimensions={"TopicName": "map-tiles-pagerduty"},
    comparison_operator="GreaterThanThreshold",
    threshold=0,
    treat_missing_data="notBreaching",
    evaluation_periods=1,
    datapoints_to_alarm=1,
    alarm_actions=[sns_topic_slack.arn, sns_topic_email.arn],
    ok_actions=[sns_topic_slack.arn, sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_unreachable_slack = aws.cloudwatch.MetricAlarm(
    "main_unreachable_slack",
    name="map-tiles-unreachable-slack",
    namespace="AWS/SNS",
    metric_name="NumberOfNotificationsFailed",
    statistic="Sum",
    period=300,
    dimensions={"TopicName": "map-tiles-slack"},
    comparison_operator="GreaterThanThreshold",
    threshold=0,
    treat_missing_data="notBreaching",
    evaluation_periods=1,
    datapoints_to_alarm=1,
    alarm_actions=[sns_topic_pagerduty.arn, sns_topic_email.arn],
    ok_actions=[sns_topic_pagerduty.arn, sns_topic_email.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

cloudwatch_metric_alarm_unreachable_email = aws.cloudwatch.MetricAlarm(
    "main_unreachable_email",
    name="map-tiles-unreachable-email",
    namespace="AWS/SNS",
    metric_name="NumberOfNotificationsFailed",
    statistic="Sum",
    period=300,
    dimensions={"TopicName": "map-tiles-email"},
    comparison_operator="GreaterThanThreshold",
    threshold=0,
    treat_missing_data="notBreaching",
    evaluation_periods=1,
    datapoints_to_alarm=1,
    alarm_actions=[sns_topic_pagerduty.arn, sns_topic_slack.arn],
    ok_actions=[sns_topic_pagerduty.arn, sns_topic_slack.arn],
    opts=pulumi.ResourceOptions(provider=provider),
)

# The budget and its alerts.
# Updated a few times a day; it notifies and stops nothing.
budgets_budget = aws.budgets.Budget(
    "main",
    name="map-tiles-monthly",
    budget_type="COST",
    limit_amount="700.00",
    limit_unit="USD",
    time_unit="MONTHLY",
    notifications=[
        aws.budgets.BudgetNotificationArgs(
            comparison_operator="GREATER_THAN",
            threshold=80,
            threshold_type="PERCENTAGE",
            notification_type="ACTUAL",
            subscriber_email_addresses=[budget_email],
        ),
        aws.budgets.BudgetNotificationArgs(
            comparison_operator="GREATER_THAN",
            threshold=100,
            threshold_type="PERCENTAGE",
            notification_type="FORECASTED",
            subscriber_email_addresses=[budget_email],
        ),
    ],
    opts=pulumi.ResourceOptions(provider=provider),
)

# Name of the balancer in us-east-1; point the public name at it.
pulumi.export("address", lb.dns_name)
# Auto scaling group in us-east-1.
pulumi.export("group", autoscaling_group.name)
# Where images are pushed to.
pulumi.export("repository", ecr_repository.repository_url)
