# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

data "aws_availability_zones" "main" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags = {
    Name = "fare-search-vpc"
  }
}

# Without rules: what forgets to name a group reaches nothing.
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name = "fare-search-igw"
  }
}

resource "aws_subnet" "main_public_0" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = data.aws_availability_zones.main.names[0]
  tags = {
    Name = "fare-search-public-0"
  }
}

resource "aws_subnet" "main_public_1" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.main.names[1]
  tags = {
    Name = "fare-search-public-1"
  }
}

resource "aws_route_table" "main_public" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name = "fare-search-public"
  }

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "main_public_0" {
  subnet_id      = aws_subnet.main_public_0.id
  route_table_id = aws_route_table.main_public.id
}

resource "aws_route_table_association" "main_public_1" {
  subnet_id      = aws_subnet.main_public_1.id
  route_table_id = aws_route_table.main_public.id
}

resource "aws_subnet" "main_private_0" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.10.0/24"
  availability_zone = data.aws_availability_zones.main.names[0]
  tags = {
    Name = "fare-search-private-0"
  }
}

resource "aws_subnet" "main_private_1" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.11.0/24"
  availability_zone = data.aws_availability_zones.main.names[1]
  tags = {
    Name = "fare-search-private-1"
  }
}

resource "aws_eip" "main_nat" {
  domain = "vpc"
  tags = {
    Name = "fare-search-nat"
  }
}

# One gateway for both zones: half the price, and the way out is lost with its zone.
resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.main_nat.id
  subnet_id     = aws_subnet.main_public_0.id
  tags = {
    Name = "fare-search-nat"
  }

  depends_on = [aws_internet_gateway.main]
}

resource "aws_route_table" "main_private" {
  vpc_id = aws_vpc.main.id
  tags = {
    Name = "fare-search-private"
  }

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main.id
  }
}

resource "aws_route_table_association" "main_private_0" {
  subnet_id      = aws_subnet.main_private_0.id
  route_table_id = aws_route_table.main_private.id
}

resource "aws_route_table_association" "main_private_1" {
  subnet_id      = aws_subnet.main_private_1.id
  route_table_id = aws_route_table.main_private.id
}

resource "aws_security_group" "main_balancer" {
  name        = "fare-search-balancer"
  description = "Requests from the internet"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group" "main_nodes" {
  name        = "fare-search-nodes"
  description = "Requests from the balancer"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "main_balancer_80" {
  security_group_id = aws_security_group.main_balancer.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  description       = "HTTP, answered by a redirect, from everywhere"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "main_balancer_443" {
  security_group_id = aws_security_group.main_balancer.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  description       = "HTTPS, from everywhere"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "main_nodes" {
  security_group_id            = aws_security_group.main_nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 30080
  to_port                      = 30080
  description                  = "From the balancer"
  referenced_security_group_id = aws_security_group.main_balancer.id
}

resource "aws_vpc_security_group_egress_rule" "main_balancer" {
  security_group_id            = aws_security_group.main_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 30080
  to_port                      = 30080
  description                  = "To the nodes"
  referenced_security_group_id = aws_security_group.main_nodes.id
}

resource "aws_vpc_security_group_egress_rule" "main_nodes" {
  security_group_id = aws_security_group.main_nodes.id
  description       = "Images, databases and other services"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "main_database" {
  name        = "fare-search-database"
  description = "Connections from the nodes"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "main_database" {
  security_group_id            = aws_security_group.main_database.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  description                  = "From the nodes"
  referenced_security_group_id = aws_security_group.main_nodes.id
}
