# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

terraform {
  required_version = ">= 1.10.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  backend "s3" {
    key          = "fare-search/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
