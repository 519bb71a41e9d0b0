# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_cloudwatch_log_group" "main" {
  name              = "/ecs/ledger-api"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.main.arn
}

data "aws_caller_identity" "main" {}

# CloudWatch may not use the key that AWS manages for SNS, so this one is our own.
resource "aws_kms_key" "main" {
  description             = "Alarm messages and logs of ledger-api"
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
          Service = "logs.us-east-1.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:${data.aws_caller_identity.main.account_id}:log-group:*"
          }
        }
      },
    ]
  })
}

resource "aws_kms_alias" "main" {
  name          = "alias/ledger-api"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_sns_topic" "main_pagerduty" {
  name              = "ledger-api-pagerduty"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sns_topic_subscription" "main_pagerduty" {
  topic_arn              = aws_sns_topic.main_pagerduty.arn
  protocol               = "https"
  endpoint               = var.pagerduty_endpoint
  endpoint_auto_confirms = true
}

resource "aws_sns_topic" "main_slack" {
  name              = "ledger-api-slack"
  kms_master_key_id = aws_kms_key.main.arn
}

# It may show messages and nothing else.
resource "aws_iam_role" "main_slack" {
  name = "ledger-api-us-east-1-slack"
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
  configuration_name = "ledger-api-alarms"
  iam_role_arn       = aws_iam_role.main_slack.arn
  slack_team_id      = var.slack_team_id
  slack_channel_id   = var.slack_channel_id
  sns_topic_arns     = [aws_sns_topic.main_slack.arn]
  logging_level      = "ERROR"
}

resource "aws_sns_topic" "main_email" {
  name              = "ledger-api-email"
  kms_master_key_id = aws_kms_key.main.arn
}

# The receiver confirms the subscription by a link in the first message.
resource "aws_sns_topic_subscription" "main_email" {
  topic_arn = aws_sns_topic.main_email.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "main_error_rate" {
  alarm_name          = "ledger-api-error-rate"
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
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_latency" {
  alarm_name  = "ledger-api-latency"
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
  alarm_actions                         = [aws_sns_topic.main_slack.arn]
  ok_actions                            = [aws_sns_topic.main_slack.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_memory" {
  alarm_name  = "ledger-api-memory"
  namespace   = "AWS/ECS"
  metric_name = "MemoryUtilization"
  statistic   = "Average"
  period      = 60
  dimensions = {
    ClusterName = aws_ecs_cluster.main.name
    ServiceName = aws_ecs_service.main.name
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_pagerduty" {
  alarm_name  = "ledger-api-unreachable-pagerduty"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "ledger-api-pagerduty"
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
  alarm_name  = "ledger-api-unreachable-slack"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "ledger-api-slack"
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
  alarm_name  = "ledger-api-unreachable-email"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "ledger-api-email"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_slack.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn, aws_sns_topic.main_slack.arn]
}
