# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_cloudwatch_log_group" "main" {
  name              = "/ecs/ledger-api"
  retention_in_days = 365
}

resource "aws_sns_topic" "main_pagerduty" {
  name = "ledger-api-pagerduty"
}

resource "aws_sns_topic_subscription" "main_pagerduty" {
  topic_arn = aws_sns_topic.main_pagerduty.arn
  protocol  = "https"
  endpoint  = var.pagerduty_endpoint
}

resource "aws_sns_topic" "main_slack" {
  name = "ledger-api-slack"
}

resource "aws_sns_topic_subscription" "main_slack" {
  topic_arn = aws_sns_topic.main_slack.arn
  protocol  = "https"
  endpoint  = var.slack_endpoint
}

resource "aws_sns_topic" "main_email" {
  name = "ledger-api-email"
}

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
    expression  = "100 * FILL(failed, 0) / all"
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

  evaluation_periods = 5
  alarm_actions      = [aws_sns_topic.main_pagerduty.arn]
  ok_actions         = [aws_sns_topic.main_pagerduty.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_latency" {
  alarm_name  = "ledger-api-latency"
  namespace   = "AWS/ApplicationELB"
  metric_name = "TargetResponseTime"
  period      = 60
  dimensions = {
    LoadBalancer = aws_lb.main.arn_suffix
  }
  extended_statistic  = "p95"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.8
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.main_slack.arn]
  ok_actions          = [aws_sns_topic.main_slack.arn]
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
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}
