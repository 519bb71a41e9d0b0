# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

variable "image_tag" {
  description = "Tag of the image that the function runs, in the repository of its region"
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag))
    error_message = "A tag is letters, digits, dots, underscores and hyphens, at most 128."
  }
}

variable "container_port" {
  description = "Port that the application listens on"
  type        = number
  default     = 8000

  validation {
    condition     = var.container_port > 0 && var.container_port < 65536
    error_message = "A port is between 1 and 65535."
  }
}

variable "health_path" {
  description = "Path that answers with 200 to 399 while the application is well"
  type        = string
  default     = "/healthz"

  validation {
    condition     = startswith(var.health_path, "/")
    error_message = "The path starts with a slash."
  }
}

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted; false only on the way to destroy"
  type        = bool
  default     = true
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
