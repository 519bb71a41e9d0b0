# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_lambda_provisioned_concurrency_config" "main" {
  function_name                     = aws_lambda_function.main.function_name
  qualifier                         = aws_lambda_alias.main.name
  provisioned_concurrent_executions = 1
}
