# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_cloudwatch_log_group" "main" {
  name              = "/ecs/clinic-booking"
  retention_in_days = 30
}

resource "aws_sns_topic" "main_pagerduty" {
  name = "clinic-booking-pagerduty"
}

resource "aws_sns_topic_subscription" "main_pagerduty" {
  topic_arn              = aws_sns_topic.main_pagerduty.arn
  protocol               = "https"
  endpoint               = var.pagerduty_endpoint
  endpoint_auto_confirms = true
}

resource "aws_sns_topic" "main_email" {
  name = "clinic-booking-email"
}

# The receiver confirms the subscription by a link in the first message.
resource "aws_sns_topic_subscription" "main_email" {
  topic_arn = aws_sns_topic.main_email.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "main_downtime" {
  alarm_name  = "clinic-booking-downtime"
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

resource "aws_cloudwatch_metric_alarm" "main_cpu" {
  alarm_name  = "clinic-booking-cpu"
  namespace   = "AWS/ECS"
  metric_name = "CPUUtilization"
  statistic   = "Average"
  period      = 60
  dimensions = {
    ClusterName = aws_ecs_cluster.main.name
    ServiceName = aws_ecs_service.main.name
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 85
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_pagerduty" {
  alarm_name  = "clinic-booking-unreachable-pagerduty"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "clinic-booking-pagerduty"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_email" {
  alarm_name  = "clinic-booking-unreachable-email"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "clinic-booking-email"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn]
}
