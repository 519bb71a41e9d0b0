# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

variable "cluster_admin_arn" {
  description = "ARN of the IAM role, or user, that deploys with kubectl and may do everything in the cluster"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::", var.cluster_admin_arn))
    error_message = "The ARN of a role or a user of IAM, not of a session."
  }
}

variable "api_cidr" {
  description = "Addresses that reach the API of the cluster from outside: office, VPN or pipeline"
  type        = string

  validation {
    condition     = can(cidrhost(var.api_cidr, 0)) && var.api_cidr != "0.0.0.0/0"
    error_message = "A range of addresses such as 198.51.100.7/32, and not the whole internet."
  }
}

variable "deletion_protection" {
  description = "Whether the balancer, the cluster and the database refuse to be deleted; false only on the way to destroy"
  type        = bool
  default     = true
}

variable "certificate_arn" {
  description = "ARN of the ACM certificate in eu-west-1 for the public name"
  type        = string

  validation {
    condition     = startswith(var.certificate_arn, "arn:aws")
    error_message = "The ARN of an ACM certificate starts with arn:aws."
  }
}

variable "pagerduty_endpoint" {
  description = "https address of the pagerduty integration for alarms"
  type        = string
  sensitive   = true

  validation {
    condition     = startswith(var.pagerduty_endpoint, "https://")
    error_message = "The address starts with https://."
  }
}

variable "slack_team_id" {
  description = "Id of the Slack workspace, authorised once in Amazon Q Developer in chat applications"
  type        = string
}

variable "slack_channel_id" {
  description = "Id of the Slack channel that alarms are sent to"
  type        = string
}

variable "alert_email" {
  description = "Address that alarms are sent to"
  type        = string

  validation {
    condition     = can(regex("@", var.alert_email))
    error_message = "An e-mail address holds an @."
  }
}

variable "budget_email" {
  description = "Address that the budget notifies"
  type        = string

  validation {
    condition     = can(regex("@", var.budget_email))
    error_message = "An e-mail address holds an @."
  }
}

variable "redis_url_secret_arn" {
  description = "ARN of the secret in Secrets Manager with the address and password of the redis"
  type        = string
}
