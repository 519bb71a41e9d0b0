# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Project   = "fare-search"
      ManagedBy = "terraform"
    }
  }
}
