# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_cloudwatch_log_group" "main" {
  name              = "/aws/lambda/receipt-api"
  retention_in_days = 30
}

resource "aws_sns_topic" "main_pagerduty" {
  name = "receipt-api-pagerduty"
}

resource "aws_sns_topic_subscription" "main_pagerduty" {
  topic_arn              = aws_sns_topic.main_pagerduty.arn
  protocol               = "https"
  endpoint               = var.pagerduty_endpoint
  endpoint_auto_confirms = true
}

resource "aws_sns_topic" "main_email" {
  name = "receipt-api-email"
}

# The receiver confirms the subscription by a link in the first message.
resource "aws_sns_topic_subscription" "main_email" {
  topic_arn = aws_sns_topic.main_email.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "main_downtime" {
  alarm_name          = "receipt-api-downtime"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 100
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "share"
    expression  = "100 * (FILL(failed, 0) + FILL(refused, 0)) / (FILL(all, 0) + FILL(refused, 0))"
    label       = "requests that failed or were throttled, per cent"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      stat        = "Sum"
      period      = 60
      dimensions = {
        FunctionName = aws_lambda_function.main.function_name
      }
    }
  }

  metric_query {
    id = "refused"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Throttles"
      stat        = "Sum"
      period      = 60
      dimensions = {
        FunctionName = aws_lambda_function.main.function_name
      }
    }
  }

  metric_query {
    id = "all"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      stat        = "Sum"
      period      = 60
      dimensions = {
        FunctionName = aws_lambda_function.main.function_name
      }
    }
  }

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_error_rate" {
  alarm_name          = "receipt-api-error-rate"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 2
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
      namespace   = "AWS/ApiGateway"
      metric_name = "5xx"
      stat        = "Sum"
      period      = 60
      dimensions = {
        ApiId = aws_apigatewayv2_api.main.id
      }
    }
  }

  metric_query {
    id = "all"

    metric {
      namespace   = "AWS/ApiGateway"
      metric_name = "Count"
      stat        = "Sum"
      period      = 60
      dimensions = {
        ApiId = aws_apigatewayv2_api.main.id
      }
    }
  }

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_latency" {
  alarm_name  = "receipt-api-latency"
  namespace   = "AWS/ApiGateway"
  metric_name = "Latency"
  period      = 60
  dimensions = {
    ApiId = aws_apigatewayv2_api.main.id
  }
  extended_statistic                    = "p95"
  evaluate_low_sample_count_percentiles = "ignore"
  comparison_operator                   = "GreaterThanThreshold"
  threshold                             = 1500
  treat_missing_data                    = "notBreaching"
  evaluation_periods                    = 5
  datapoints_to_alarm                   = 5
  alarm_actions                         = [aws_sns_topic.main_email.arn]
  ok_actions                            = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_disk" {
  alarm_name  = "receipt-api-disk"
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
  alarm_actions       = [aws_sns_topic.main_email.arn]
  ok_actions          = [aws_sns_topic.main_email.arn]
}

resource "aws_cloudwatch_metric_alarm" "main_unreachable_pagerduty" {
  alarm_name  = "receipt-api-unreachable-pagerduty"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "receipt-api-pagerduty"
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
  alarm_name  = "receipt-api-unreachable-email"
  namespace   = "AWS/SNS"
  metric_name = "NumberOfNotificationsFailed"
  statistic   = "Sum"
  period      = 300
  dimensions = {
    TopicName = "receipt-api-email"
  }
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  alarm_actions       = [aws_sns_topic.main_pagerduty.arn]
  ok_actions          = [aws_sns_topic.main_pagerduty.arn]
}
