# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

output "address" {
  description = "https address of the API in eu-central-1, with a certificate of its own"
  value       = aws_apigatewayv2_api.main.api_endpoint
}

output "repository" {
  description = "Where images for eu-central-1 are pushed to"
  value       = aws_ecr_repository.main.repository_url
}
