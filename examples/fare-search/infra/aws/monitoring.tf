# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_cloudwatch_log_group" "main_control" {
  name              = "/aws/eks/fare-search/cluster"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_cloudwatch_log_group" "main_application" {
  name              = "/aws/containerinsights/fare-search/application"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_cloudwatch_log_group" "main_dataplane" {
  name              = "/aws/containerinsights/fare-search/dataplane"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_cloudwatch_log_group" "main_host" {
  name              = "/aws/containerinsights/fare-search/host"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_cloudwatch_log_group" "main_performance" {
  name              = "/aws/containerinsights/fare-search/performance"
  retention_in_days = 30
  kms_key_id        = aws_kms_key.main.arn
}

data "aws_caller_identity" "main" {}

# CloudWatch may not use the key that AWS manages for SNS, so this one is our own.
resource "aws_kms_key" "main" {
  description             = "Alarm messages and logs of fare-search"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.main.account_id}:root"
        }
        Action   = "kms:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.main.account_id
          }
        }
      },
      {
        Effect = "Allow"
        Principal = {
          Service = "logs.eu-west-1.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:${data.aws_caller_identity.main.account_id}:log-group:*"
          }
        }
      },
    ]
  })
}

resource "aws_kms_alias" "main" {
  name          = "alias/fare-search"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_sns_topic" "main_pagerduty" {
  name              = "fare-search-pagerduty"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sns_topic_subscription" "main_pagerduty" {
  topic_arn              = aws_sns_topic.main_pagerduty.arn
  protocol               = "https"
  endpoint               = var.pagerduty_endpoint
  endpoint_auto_confirms = true
}

resource "aws_sns_topic" "main_slack" {
  name              = "fare-search-slack"
  kms_master_key_id = aws_kms_key.main.arn
}

# It may show messages and nothing else.
resource "aws_iam_role" "main_slack" {
  name = "fare-search-eu-west-1-slack"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = "chatbot.amazonaws.com"
        }
      },
    ]
  })
}

resource "aws_chatbot_slack_channel_configuration" "main_slack" {
  configuration_name = "fare-search-alarms"
  iam_role_arn       = aws_iam_role.main_slack.arn
  slack_team_id      = var.slack_team_id
  slack_channel_id   = var.slack_channel_id
  sns_topic_arns     = [aws_sns_topic.main_slack.arn]
  logging_level      = "ERROR"
}

resource "aws_sns_topic" "main_email" {
  name              = "fare-search-email"
  kms_master_key_id = aws_kms_key.main.arn
}

# The receiver confirms the subscription by a link in the first message.
resource "aws_sns_topic_subscription" "main_email" {
  topic_arn = aws_sns_topic.main_email.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "main_downtime" {
  alarm_name  = "fare-search-downtime"
  namespace   = "AWS/ApplicationELB"
  metric_name = "HealthyHostCount"
  statistic   = "Maximum"
  period      = 60
  dimensions = {
    LoadBalancer = aws_lb.main.arn_suffix
    TargetGroup  = aws_lb_target_group.main.arn_suffix
  }
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "breaching"
  evaluation_periods  = 2
  datapoints_to_alarm = 2
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_error_rate" {
  alarm_name          = "fare-search-error-rate"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "share"
    expression  = "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))"
    label       = "5xx answers, per cent"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_Target_5XX_Count"
      stat        = "Sum"
      period      = 60
      dimensions = {
        LoadBalancer = aws_lb.main.arn_suffix
      }
    }
  }

  metric_query {
    id = "refused"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_ELB_5XX_Count"
      stat        = "Sum"
      period      = 60
      dimensions = {
        LoadBalancer = aws_lb.main.arn_suffix
      }
    }
  }

  metric_query {
    id = "all"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "RequestCount"
      stat        = "Sum"
      period      = 60
      dimensions = {
        LoadBalancer = aws_lb.main.arn_suffix
      }
    }
  }

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions       = [aws_sns_topic.main_slack.arn]
  ok_actions          = [aws_sns_topic.main_slack.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_latency" {
  alarm_name  = "fare-search-latency"
  namespace   = "AWS/ApplicationELB"
  metric_name = "TargetResponseTime"
  period      = 60
  dimensions = {
    LoadBalancer = aws_lb.main.arn_suffix
  }
  extended_statistic                    = "p95"
  evaluate_low_sample_count_percentiles = "ignore"
  comparison_operator                   = "GreaterThanThreshold"
  threshold                             = 0.8
  treat_missing_data                    = "notBreaching"
  evaluation_periods                    = 5
  datapoints_to_alarm                   = 5
  alarm_actions                         = [aws_sns_topic.main_email.arn]
  ok_actions                            = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_cpu" {
  alarm_name  = "fare-search-cpu"
  namespace   = "ContainerInsights"
  metric_name = "pod_cpu_utilization_over_pod_limit"
  statistic   = "Average"
  period      = 60
  dimensions = {
    ClusterName = aws_eks_cluster.main.name
    Namespace   = "fare-search"
    PodName     = "web"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 85
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_memory" {
  alarm_name  = "fare-search-memory"
  namespace   = "ContainerInsights"
  metric_name = "pod_memory_utilization_over_pod_limit"
  statistic   = "Average"
  period      = 60
  dimensions = {
    ClusterName = aws_eks_cluster.main.name
    Namespace   = "fare-search"
    PodName     = "web"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
  ok_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
}

resource "aws_cloudwatch_metric_alarm" "main_disk" {
  alarm_name  = "fare-search-disk"
  namespace   = "ContainerInsights"
  metric_name = "node_filesystem_utilization"
  statistic   = "Maximum"
  period      = 60
  dimensions = {
    ClusterName = aws_eks_cluster.main.name
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
  ok_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
}

resource "aws_cloudwatch_metric_alarm" "main_disk_2" {
  alarm_name  = "fare-search-disk-2"
  namespace   = "AWS/RDS"
  metric_name = "FreeStorageSpace"
  statistic   = "Minimum"
  period      = 60
  dimensions = {
    DBInstanceIdentifier = aws_db_instance.main.identifier
  }
  comparison_operator = "LessThanThreshold"
  threshold           = 4294967296
  treat_missing_data  = "missing"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
  ok_actions = [
    aws_sns_topic.main_pagerduty.arn,
    aws_sns_topic.main_slack.arn,
    aws_sns_topic.main_email.arn,
  ]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_pagerduty" {
  alarm_name  = "fare-search-unreachable-pagerduty"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "fare-search-pagerduty"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_slack.arn, aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_slack.arn, aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_slack" {
  alarm_name  = "fare-search-unreachable-slack"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "fare-search-slack"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_email" {
  alarm_name  = "fare-search-unreachable-email"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "fare-search-email"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_slack.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_slack.arn]
}
