# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

output "address" {
  description = "Name of the balancer in eu-central-1; point the public name at it"
  value       = aws_lb.main.dns_name
}

output "cluster" {
  description = "ECS cluster in eu-central-1; the service has the same name"
  value       = aws_ecs_cluster.main.name
}

output "repository" {
  description = "Where images are pushed to"
  value       = aws_ecr_repository.main.repository_url
}
