# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      Project   = "ledger-api"
      ManagedBy = "terraform"
    }
  }
}
