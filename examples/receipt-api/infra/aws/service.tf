# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_ecr_repository" "main" {
  name                 = "receipt-api"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "main" {
  repository = aws_ecr_repository.main.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep the last 30 images"
        selection = {
          tagStatus   = "any"
          countType   = "imageCountMoreThan"
          countNumber = 30
        }
        action = {
          type = "expire"
        }
      },
    ]
  })
}

# The function runs with it; add a policy for what the application itself may do.
resource "aws_iam_role" "main_function" {
  name = "receipt-api-eu-central-1-function"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "sts:AssumeRole"
        Principal = {
          Service = "lambda.amazonaws.com"
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "main_function" {
  name = "logs-and-secrets"
  role = aws_iam_role.main_function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.main.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [aws_db_instance.main.master_user_secret[0].secret_arn]
      },
    ]
  })
}

# Makes the network interfaces by which the function reaches the database.
resource "aws_iam_role_policy_attachment" "main_function" {
  role       = aws_iam_role.main_function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
}

# Reserved concurrency is the maximum: more requests at once than that are refused.
resource "aws_lambda_function" "main" {
  function_name                  = "receipt-api"
  package_type                   = "Image"
  image_uri                      = "${aws_ecr_repository.main.repository_url}:${var.image_tag}"
  architectures                  = ["x86_64"]
  role                           = aws_iam_role.main_function.arn
  memory_size                    = 1024
  timeout                        = 30
  reserved_concurrent_executions = 20
  publish                        = true

  environment {
    variables = {
      PORT                         = "${var.container_port}"
      AWS_LWA_PORT                 = "${var.container_port}"
      AWS_LWA_READINESS_CHECK_PATH = var.health_path
      DATABASE_HOST                = aws_db_instance.main.address
      DATABASE_PORT                = "5432"
      DATABASE_NAME                = "app"
      DATABASE_SECRET_ARN          = aws_db_instance.main.master_user_secret[0].secret_arn
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.main.name
  }

  vpc_config {
    subnet_ids         = [aws_subnet.main_private_0.id, aws_subnet.main_private_1.id]
    security_group_ids = [aws_security_group.main_function.id]
  }

  depends_on = [aws_iam_role_policy.main_function, aws_iam_role_policy_attachment.main_function]
}

resource "aws_lambda_alias" "main" {
  name             = "live"
  description      = "What the API calls"
  function_name    = aws_lambda_function.main.function_name
  function_version = aws_lambda_function.main.version
}

resource "aws_apigatewayv2_api" "main" {
  name          = "receipt-api"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "main" {
  api_id                 = aws_apigatewayv2_api.main.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.main.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "main" {
  api_id    = aws_apigatewayv2_api.main.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.main.id}"
}

resource "aws_apigatewayv2_stage" "main" {
  api_id      = aws_apigatewayv2_api.main.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "main" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.main.function_name
  qualifier     = aws_lambda_alias.main.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.main.execution_arn}/*/*"
}
