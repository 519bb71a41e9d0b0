# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

output "address" {
  description = "Name of the balancer in eu-west-1; point the public name at it"
  value       = aws_lb.main.dns_name
}

output "cluster" {
  description = "Kubernetes cluster in eu-west-1"
  value       = aws_eks_cluster.main.name
}

output "repository" {
  description = "Where images are pushed to"
  value       = aws_ecr_repository.main.repository_url
}

output "redis_url_secret_arn" {
  description = "Secret with the address and password of the redis"
  value       = var.redis_url_secret_arn
}

output "database_host" {
  description = "Address of the database"
  value       = aws_db_instance.main.address
}

output "master_secret_arn" {
  description = "Secret with its user and password"
  value       = aws_db_instance.main.master_user_secret[0].secret_arn
}
