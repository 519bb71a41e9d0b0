# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Project   = "receipt-api"
      ManagedBy = "terraform"
    }
  }
}
